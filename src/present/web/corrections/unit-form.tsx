import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ActionUnitCode, IntensityLetter, ObservationOf, Side, UnitCorrection } from '../../../contracts/index.ts';
import { isTimeless } from '../../../contracts/timeless.ts';
import { ACTION_UNITS } from '../../../facs/action-units.ts';
import { LEVELS } from '../../../facs/levels.ts';
import { nextObservationId } from '../../../pipeline/corrected-analysis.ts';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { nextEntryId } from '../app/reviser.ts';
import { inForce } from '../state/revision.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { momentOf, RangeFields } from './range-fields.tsx';

type Draft = {
  replaces: string | null;
  code: ActionUnitCode;
  present: boolean;
  letter: IntensityLetter;
  side: Side;
  startMs: number;
  endMs: number;
  note: string;
};

const SIDES: readonly Side[] = ['both', 'left', 'right'];
const UNITS = Object.values(ACTION_UNITS);

const draftOf = ({ id, range, au }: ObservationOf<'action-unit'>): Draft => ({
  replaces: id,
  code: au.code,
  present: au.status === 'present',
  letter: au.letter ?? 'B',
  side: au.side,
  ...range,
  note: '',
});

const stateWord = ({ au }: ObservationOf<'action-unit'>): string => {
  const words = {
    present: au.letter ?? 'present',
    'below-threshold': 'absent',
    'not-visible': 'hidden',
    'not-measured': 'not measured',
  };
  return `${words[au.status]}${au.side === 'both' ? '' : `, ${au.side}`}`;
};

/** An action unit as a person sees it: there or not, how strong, on which side, when. */
export const UnitForm = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { reading, revision, reviser, view, playhead, focus, controller } = usePage();
  const subject = useStore(reading, ({ question }) => question.subject) ?? clip.analysis.subjects[0]?.id ?? null;
  const busy = useStore(revision, (state) => state.busy);
  const [draft, setDraft] = useState<Draft | null>(null);
  const timed = !isTimeless(clip.analysis.clip);
  const units = clip.analysis.observations.filter(
    (each): each is ObservationOf<'action-unit'> => each.kind === 'action-unit' && each.subject === subject,
  );
  if (subject === null) {
    return <p>Nobody is in view, so there is no face to correct.</p>;
  }
  const blank = (): Draft => ({
    replaces: null,
    code: 'AU12',
    present: true,
    letter: 'B',
    side: 'both',
    ...momentOf(clip, view.get(), playhead.get().ms),
    note: '',
  });
  const now = draft ?? (units[0] === undefined ? blank() : draftOf(units[0]));
  const change = (part: Partial<Draft>): void => setDraft({ ...now, ...part });
  const submit = (): void => {
    const { log } = revision.get();
    const correction: UnitCorrection = {
      id: nextEntryId(log),
      kind: 'action-unit',
      subject,
      range: { startMs: now.startMs, endMs: timed ? Math.max(now.endMs, now.startMs + 1) : now.endMs },
      note: now.note.trim(),
      // Taken back or not: an id that was given is never given again.
      observation: nextObservationId(
        clip.measured,
        log.flatMap((each) => (each.kind === 'withdrawal' ? [] : [each])),
      ),
      replaces: replacedBy(now.replaces, revision.get().log),
      au: {
        code: now.code,
        status: now.present ? 'present' : 'below-threshold',
        side: now.present ? now.side : 'both',
        letter: now.present ? now.letter : null,
        apexMs: null,
      },
    };
    const again = inForce(log).find((each) => each.kind === 'action-unit' && each.observation === now.replaces);
    setDraft(null);
    void (async () => {
      // A correction of a correction: the first one is taken back.
      if (again !== undefined) {
        await reviser.withdraw(again.id);
      }
      await reviser.correct({ ...correction, id: nextEntryId(revision.get().log) });
      focus.light([correction.observation]);
    })();
  };
  const sided = ACTION_UNITS[now.code].oneSide !== null;
  return (
    <form
      class="correct-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="form-field wide">
        <span>What was measured</span>
        <select
          class="select"
          value={now.replaces ?? ''}
          onChange={(event) => {
            const chosen = units.find(({ id }) => id === event.currentTarget.value);
            setDraft(chosen === undefined ? blank() : draftOf(chosen));
            if (chosen !== undefined) {
              controller.playObservation(chosen.id);
            }
          }}
        >
          {units.map((each) => (
            <option key={each.id} value={each.id}>
              {each.id} {each.au.code} {each.au.name}, {stateWord(each)}
              {timed ? `, ${rangeText(each.range)}` : ''}
            </option>
          ))}
          <option value="">Nothing: add a unit that was missed</option>
        </select>
      </label>
      {now.replaces === null && (
        <label class="form-field wide">
          <span>Action unit</span>
          <select
            class="select"
            value={now.code}
            onChange={(event) => {
              const chosen = UNITS.find(({ code }) => code === event.currentTarget.value);
              change({ code: chosen?.code ?? now.code });
            }}
          >
            {UNITS.map(({ code, name }) => (
              <option key={code} value={code}>
                {code} {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <fieldset class="form-field">
        <legend>It is</legend>
        <div class="choices">
          {[true, false].map((present) => (
            <button
              key={String(present)}
              type="button"
              class="toggle"
              aria-pressed={now.present === present}
              onClick={() => change({ present })}
            >
              {present ? 'Present' : 'Absent'}
            </button>
          ))}
        </div>
      </fieldset>
      {now.present && (
        <fieldset class="form-field">
          <legend>Level</legend>
          <div class="choices">
            {LEVELS.map(({ letter, word }) => (
              <button
                key={letter}
                type="button"
                class="toggle"
                title={word}
                aria-label={`${letter}, ${word}`}
                aria-pressed={now.letter === letter}
                onClick={() => change({ letter })}
              >
                {letter}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {now.present && sided && (
        <fieldset class="form-field">
          <legend>Side, the person’s own</legend>
          <div class="choices">
            {SIDES.map((side) => (
              <button
                key={side}
                type="button"
                class="toggle"
                aria-pressed={now.side === side}
                onClick={() => change({ side })}
              >
                {side}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {timed && <RangeFields clip={clip} range={now} onChange={change} />}
      <label class="form-field wide">
        <span>Why (for others; may stay empty)</span>
        <input
          class="text"
          value={now.note}
          maxLength={4000}
          onInput={(event) => change({ note: event.currentTarget.value })}
        />
      </label>
      <button type="submit" class="button primary" disabled={busy}>
        Correct and reason again
      </button>
    </form>
  );
};

/** The measured observation in the end, also where a correction is corrected. */
const replacedBy = (id: string | null, log: Parameters<typeof inForce>[0]): string | null => {
  const earlier = log.find((each) => each.kind === 'action-unit' && each.observation === id);
  return earlier?.kind === 'action-unit' ? earlier.replaces : id;
};
