import type { Judgement, ReasonedAnswer } from '../../../contracts/index.ts';
import type { Abstention } from '../judge.ts';
import type { Reading } from '../reading.ts';
import { alternatives } from './alternatives.ts';
import { conclusion } from './conclusion.ts';
import { conflicts } from './conflicts.ts';
import { interpretation } from './interpretation.ts';
import { keyObservations } from './key-observations.ts';
import { tellerOf } from './teller.ts';

/** The answer in words; `wouldChange` is computed apart, by scoring again. */
export const writeAnswer = (
  reading: Reading,
  judgement: Judgement,
  abstention: Abstention | null,
): Omit<ReasonedAnswer, 'judgement' | 'wouldChange'> => {
  const teller = tellerOf(reading, judgement, abstention);
  return {
    keyObservations: keyObservations(teller),
    interpretation: interpretation(teller),
    conclusion: conclusion(teller),
    conflicts: conflicts(teller),
    alternatives: alternatives(teller),
  };
};
