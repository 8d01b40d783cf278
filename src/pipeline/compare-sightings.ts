/** What the measurements say of sentences that a picture model wrote: the verifier, asked about each of them. */
import type { Analysis, Claim, Observation } from '../contracts/index.ts';
import { isTimeless } from '../contracts/index.ts';
import type { CompareSightings } from '../contracts/vision-models.ts';
import { verify } from '../verify/index.ts';
import { bareAnswer } from './bare-answer.ts';

/** A movement is looked for this long before and after the moment of the picture. */
const AROUND_MS = 150;
/** Observations named at most as what a sentence agrees with or differs from. */
const MOST_COMPARED = 4;

export const compareSightings: CompareSightings = (sentences, { analysis, subject, ms }) => {
  const measured = momentOf(analysis, subject, ms);
  const cites = measured.map(({ id }) => id);
  const range = isTimeless(analysis.clip)
    ? { startMs: 0, endMs: 0 }
    : { startMs: Math.max(0, ms - AROUND_MS), endMs: ms + AROUND_MS };
  const { claims } = verify(bareAnswer(sentences, cites), analysis, { subject, range });
  return sentences.map((_, index) => {
    const about = claims.filter(({ part, sentence }) => part === 'key-observations' && sentence === index);
    const worst =
      withVerdict(about, 'contradicted') ??
      about.find(({ verdict, cites: found }) => verdict === 'unsupported' && found.length > 0) ??
      withVerdict(about, 'supported') ??
      withVerdict(about, 'unsupported');
    const compared = [...new Set(worst?.cites ?? [])].slice(0, MOST_COMPARED);
    if (worst === undefined) {
      return { comparison: 'untestable', compared: [] };
    }
    if (worst.verdict === 'supported') {
      return { comparison: 'agrees', compared };
    }
    return compared.length === 0 ? { comparison: 'not-measured', compared } : { comparison: 'differs', compared };
  });
};

const withVerdict = (claims: readonly Claim[], verdict: Claim['verdict']): Claim | undefined =>
  claims.find((claim) => claim.verdict === verdict);

/** What was measured of the face at the moment; what words and voice say is not to be seen. */
const momentOf = (analysis: Analysis, subject: string | null, ms: number): Observation[] =>
  analysis.observations.filter(
    (observation) =>
      observation.subject === subject &&
      (observation.kind === 'action-unit' || observation.kind === 'head' || observation.kind === 'gaze') &&
      (isTimeless(analysis.clip) ||
        (observation.range.startMs <= ms + AROUND_MS && observation.range.endMs >= ms - AROUND_MS)),
  );
