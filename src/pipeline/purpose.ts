import type { Percepts, Purpose, VoicePercepts } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';

/**
 * Whether emotions may be inferred for this purpose: not at work and not in education (EU AI Act Art. 5(1)(f)); a
 * medical or safety purpose is stated as such.
 */
export const inferenceAllowed = (purpose: Purpose): boolean => purpose !== 'workplace' && purpose !== 'education';

/** Throws `purpose-refused` where emotions must not be inferred. */
export const assertInferenceAllowed = (purpose: Purpose): void => {
  if (!inferenceAllowed(purpose)) {
    throw new WhyfaceError({
      code: 'purpose-refused',
      stage: 'config',
      message:
        `Emotion inference is refused for the purpose "${purpose}" (EU AI Act Art. 5(1)(f)); ` +
        '"whyface observe" gives the measurements without it.',
    });
  }
};

/** The percepts without what infers an emotion: expression and affect become not-measured. */
export const withoutInference = (percepts: Percepts, purpose: Purpose): Percepts => ({
  ...percepts,
  subjects: percepts.subjects.map((subject) => ({ ...subject, expression: null, affect: null })),
  ...(percepts.voice === undefined || percepts.voice === null ? {} : { voice: withoutAffect(percepts.voice) }),
  notMeasured: [
    ...percepts.notMeasured,
    { what: 'expression, valence and arousal', why: `Emotion inference is refused for the purpose "${purpose}".` },
  ],
});

const withoutAffect = ({ affect: _, ...voice }: VoicePercepts): VoicePercepts => voice;
