import type { JSX } from 'preact';
import type { Correction } from '../../../contracts/index.ts';
import { isTimeless } from '../../../contracts/timeless.ts';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { Chip } from '../explanation/chip.tsx';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** What was said so far. */
export const CorrectionList = ({
  clip,
  corrections,
}: {
  clip: OpenClip;
  corrections: readonly Correction[];
}): JSX.Element | null => {
  const { revision, reviser, names } = usePage();
  const busy = useStore(revision, (state) => state.busy);
  const timed = !isTimeless(clip.analysis.clip);
  if (corrections.length === 0) {
    return null;
  }
  return (
    <section class="part" aria-label="Corrections">
      <h3>What you said</h3>
      <ul class="corrections">
        {corrections.map((each) => (
          <li key={each.id}>
            <p>
              <What correction={each} />
              <span class="fine">
                {' '}
                {each.subject === null ? '' : `${names.of(each.subject)}`}
                {timed ? `, ${rangeText(each.range)}` : ''}
              </span>
              {each.kind !== 'note' && each.note !== '' && <span class="said-why">{each.note}</span>}
            </p>
            <button
              type="button"
              class="link"
              disabled={busy}
              aria-label={`Take back ${each.id}`}
              onClick={() => void reviser.withdraw(each.id)}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

const What = ({ correction }: { correction: Correction }): JSX.Element => {
  switch (correction.kind) {
    case 'action-unit': {
      const { au, observation, replaces } = correction;
      const state =
        au.status === 'present' ? `${au.letter ?? ''}${au.side === 'both' ? '' : `, ${au.side}`}` : 'absent';
      return (
        <>
          <Chip id={observation} /> {au.code} {state}
          {replaces !== null && (
            <span class="fine">
              {' '}
              in the place of <Chip id={replaces} />
            </span>
          )}
        </>
      );
    }
    case 'label':
      return <b>{correction.label}</b>;
    case 'note':
      return <span class="said">{correction.note}</span>;
  }
};
