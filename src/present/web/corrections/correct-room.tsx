import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import { Answer } from '../explanation/answer.tsx';
import { inForce } from '../state/revision.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { CorrectionList } from './correction-list.tsx';
import { RemarkForm } from './remark-form.tsx';
import { SaveCorrections } from './save-corrections.tsx';
import { UnitForm } from './unit-form.tsx';
import './corrections.css';

const KINDS = [
  { id: 'unit', name: 'Action unit' },
  { id: 'label', name: 'Label' },
  { id: 'note', name: 'Note' },
] as const;

/** Where a person says what was measured wrong, and sees what that does to the reading. */
export const CorrectRoom = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { revision } = usePage();
  const [kind, setKind] = useState<(typeof KINDS)[number]['id']>('unit');
  const { log, before, after, busy, failure } = useStore(revision, (all) => all);
  const corrections = inForce(log);
  const timed = !isTimeless(clip.analysis.clip);
  return (
    <section class={after === null ? 'explanation correct' : 'explanation correct two'} aria-label="Correct it">
      <p class="fine">
        What you say stands in the place of what was measured; the FACS rules reason again at once. The measurements
        stay as they are, and everything can be taken back.
      </p>
      <fieldset class="choices bare">
        <legend class="hidden-text">What to add</legend>
        {KINDS.map(({ id, name }) => (
          <button key={id} type="button" class="toggle" aria-pressed={kind === id} onClick={() => setKind(id)}>
            {name}
          </button>
        ))}
      </fieldset>
      {kind === 'unit' ? <UnitForm clip={clip} /> : <RemarkForm key={kind} kind={kind} clip={clip} />}
      {failure !== null && (
        <p class="notice-box" role="alert">
          {failure.message}
        </p>
      )}
      <CorrectionList clip={clip} corrections={corrections} />
      {corrections.length > 0 && <SaveCorrections clip={clip} corrections={corrections} />}
      {after !== null && (
        <div class="answers versions" aria-busy={busy}>
          <div>
            <p class="eyebrow version">As measured</p>
            {before === null ? (
              <p class="fine">The measurements alone do not know this person.</p>
            ) : (
              <Answer explanation={before} without={null} timed={timed} />
            )}
          </div>
          <div class="beside">
            <p class="eyebrow version">As corrected</p>
            <Answer explanation={after} without={null} timed={timed} />
          </div>
        </div>
      )}
    </section>
  );
};
