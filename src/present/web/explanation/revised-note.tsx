import type { JSX } from 'preact';
import { headline, percentText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { inForce } from '../state/revision.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** That a person had a hand in what is read here, and what the measurements alone say. */
export const RevisedNote = ({ clip }: { clip: OpenClip }): JSX.Element | null => {
  const { revision, reading } = usePage();
  const { log, merges, before } = useStore(revision, (state) => state);
  const reasoner = useStore(reading, ({ question }) => question.reasoner);
  if (clip.analysis === clip.measured) {
    return null;
  }
  const units = inForce(log).filter(({ kind }) => kind === 'action-unit').length;
  const what = [
    units === 0
      ? ''
      : units === 1
        ? 'One action unit was coded by a person'
        : `${units} action units were coded by a person`,
    merges.length === 0 ? '' : 'tracks were taken for one person',
  ]
    .filter((part) => part !== '')
    .join(', and ');
  const { judgement } = before ?? {};
  const measured =
    judgement === undefined
      ? ''
      : ` As measured: ${headline(judgement)}${judgement.abstained ? '' : `, ${percentText(judgement.confidence)}`}.`;
  return (
    <p class="revised-note">
      {what.charAt(0).toUpperCase() + what.slice(1)}.
      {reasoner === 'facs' ? measured : ' This reasoner reads what was measured; the FACS rules read both.'}
    </p>
  );
};
