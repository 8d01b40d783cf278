import type { Analysis, ReasonedAnswer, TimeRange } from '../../../src/contracts/index.ts';
import { createFacsReasoner } from '../../../src/reason/facs/index.ts';

/** The reasoner's answer about P1 over the whole clip, or over a range. */
export const ask = async (analysis: Analysis, range?: TimeRange, subject = 'P1'): Promise<ReasonedAnswer> => {
  const whole = range ?? { startMs: 0, endMs: analysis.clip.durationMs };
  const { answer } = await createFacsReasoner().doReason(
    {
      analysis,
      subject,
      range: whole,
      facts: { subject, range: whole, facts: [], notMeasured: [] },
      stills: [],
      findings: [],
    },
    {},
  );
  return answer;
};

/** Everything the answer says, as one text. */
export const said = (answer: ReasonedAnswer): string =>
  [
    ...answer.keyObservations.map(({ text }) => text),
    ...answer.interpretation.map(({ text }) => text),
    answer.conclusion.text,
    ...answer.conflicts.map(({ text }) => text),
    ...answer.alternatives.map(({ text }) => text),
    ...answer.wouldChange.map(({ text }) => text),
    answer.judgement.reason,
  ].join('\n');
