import type { Analysis, Explanation } from '../../contracts/index.ts';

/** What the key observations are called: nobody sees a recording. */
export const evidenceHeading = ({ clip, subjects }: Pick<Analysis, 'clip' | 'subjects'>): string =>
  clip.kind === 'audio' || (subjects.length === 0 && clip.hasSpeech === true) ? 'What was heard' : 'What was seen';

/** What is drawn over time. */
export const overTimeHeading = (
  { clip }: Pick<Analysis, 'clip'>,
  { subject }: Pick<Explanation, 'subject'>,
): string => {
  if (subject === null) {
    return 'The voice over time';
  }
  return clip.hasSpeech === true ? 'Face and voice over time' : 'Movements of the face';
};
