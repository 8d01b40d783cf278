/** The FACS reasoner: deterministic, offline, from the observations alone. */
import type { Analysis, Judgement, TimeRange } from '../../contracts/index.ts';
import { FACS_VERSION } from '../../facs/index.ts';
import type { Reasoner } from '../reasoner.ts';
import { counterfactuals } from './counterfactuals.ts';
import { collectEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import { readEvidence } from './reading.ts';
import { WEIGHTS } from './weights.ts';
import { writeAnswer } from './write/index.ts';

/**
 * A reasoner that scores every moment of the range against the FACS knowledge base and writes down why. The same
 * request gives the same bytes; it needs neither pictures nor a network.
 *
 * @throws DOMException `AbortError` when the signal is aborted.
 */
export const createFacsReasoner = (): Reasoner => ({
  specificationVersion: 'v1',
  id: 'facs',
  capabilities: { needsStills: false, needsNetwork: false },
  doReason: async ({ analysis, subject, range }, { signal }) => {
    signal?.throwIfAborted();
    const reading = readEvidence(collectEvidence(analysis, subject, range));
    const { judgement, abstention } = judge(reading);
    const answer = { ...writeAnswer(reading, judgement, abstention), judgement, wouldChange: counterfactuals(reading) };
    return {
      answer,
      reference: {
        id: 'facs',
        model: null,
        promptId: null,
        promptSha256: null,
        parameters: { knowledge: FACS_VERSION, ...WEIGHTS },
        fallback: false,
      },
    };
  },
});

/** The judgement alone, without the words: what the FACS reasoner concludes of a person in a range. Pure. */
export const facsJudgement = (analysis: Analysis, subject: string | null, range: TimeRange): Judgement =>
  judge(readEvidence(collectEvidence(analysis, subject, range))).judgement;
