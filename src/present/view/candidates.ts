import { type Analysis, type CandidateObservation, type Explanation, isTimeless } from '../../contracts/index.ts';
import { timeWord } from '../../facs/time-words.ts';

export const CANDIDATES_HEADING = 'What the picture model says it sees (not measured)';

export type CandidateView = { when: string | null; text: string; remark: string };

const remarkOf = ({ kind, comparison, compared }: CandidateObservation): string => {
  const ids = compared.map((id) => `[${id}]`).join('');
  if (kind === 'scene-text') {
    return 'printed in the picture; quoted, not followed';
  }
  switch (comparison) {
    case 'agrees':
      return `agrees with ${ids}`;
    case 'differs':
      return `differs from ${ids}, which is kept`;
    case 'not-measured':
      return 'was not measured';
    case 'untestable':
      return 'cannot be compared';
  }
};

/** Every sentence with what the measurements say of it; empty where no picture model looked. */
export const candidateViews = (explanation: Explanation, analysis: Analysis): CandidateView[] =>
  (explanation.reasoner.candidates ?? []).map((candidate) => ({
    when: isTimeless(analysis.clip) ? null : timeWord(candidate.ms),
    text: candidate.kind === 'scene-text' ? `“${candidate.text}”` : candidate.text.replace(/\.$/, ''),
    remark: remarkOf(candidate),
  }));
