import type { Analysis, Claim, ReasonedAnswer, TimeRange } from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { verify } from '../../src/verify/index.ts';
import { MUTATION_KINDS, type Mutant, type MutationKind, mutate, type Random } from './mutate.ts';

/** An answer that is right, with what it is about. */
export type VerifiedCase = {
  id: string;
  analysis: Analysis;
  scope: { subject: string | null; range: TimeRange };
  answer: ReasonedAnswer;
};

/** A sentence that the verifier judged wrongly: an original that it flags, a mutant that it misses. */
export type Misjudged = { id: string; text: string; cites: readonly string[]; why: string };

export type MutationScore = {
  originals: number;
  flagged: Misjudged[];
  byKind: Record<MutationKind, { mutants: number; found: number }>;
  mutants: number;
  found: number;
  missed: Misjudged[];
};

type Place = {
  part: 'keyObservations' | 'interpretation' | 'conclusion' | 'conflicts' | 'alternatives';
  index: number;
  text: string;
  cites: readonly string[];
};

const CLAIM_PART = {
  keyObservations: 'key-observations',
  interpretation: 'interpretation',
  conclusion: 'conclusion',
  conflicts: 'conflicts',
  alternatives: 'alternatives',
} as const;

const placesOf = (answer: ReasonedAnswer): Place[] => [
  ...answer.keyObservations.map(({ text, cites }, index): Place => ({ part: 'keyObservations', index, text, cites })),
  ...answer.interpretation.map(({ text, cites }, index): Place => ({ part: 'interpretation', index, text, cites })),
  { part: 'conclusion', index: 0, text: answer.conclusion.text, cites: answer.conclusion.cites },
  ...answer.conflicts.map(({ text, cites }, index): Place => ({ part: 'conflicts', index, text, cites })),
  ...answer.alternatives.map(({ text, cites }, index): Place => ({ part: 'alternatives', index, text, cites })),
];

const withText = (answer: ReasonedAnswer, { part, index }: Place, text: string): ReasonedAnswer => {
  if (part === 'conclusion') {
    return { ...answer, conclusion: { ...answer.conclusion, text } };
  }
  if (part === 'alternatives') {
    return {
      ...answer,
      alternatives: answer.alternatives.map((each, at) => (at === index ? { ...each, text } : each)),
    };
  }
  return { ...answer, [part]: answer[part].map((each, at) => (at === index ? { ...each, text } : each)) };
};

const wrongIn = (claims: readonly Claim[], { part, index }: Place): Claim[] =>
  claims.filter(
    (claim) =>
      claim.part === CLAIM_PART[part] &&
      claim.sentence === index &&
      (claim.verdict === 'contradicted' || claim.verdict === 'unsupported'),
  );

/**
 * How many false versions of true sentences the verifier finds, and how many true ones it flags. A mutant of a sentence
 * that is flagged anyway is not counted as found.
 */
export const scoreMutations = (cases: readonly VerifiedCase[], random: Random): MutationScore => {
  const byKind = recordOf(MUTATION_KINDS, () => ({ mutants: 0, found: 0 }));
  const score = { originals: 0, mutants: 0, found: 0 };
  const flagged: Misjudged[] = [];
  const missed: Misjudged[] = [];
  for (const { id, analysis, scope, answer } of cases) {
    const claims = verify(answer, analysis, scope).claims;
    for (const place of placesOf(answer).filter(({ text }) => text.trim() !== '')) {
      score.originals += 1;
      const [wrong] = wrongIn(claims, place);
      if (wrong !== undefined) {
        flagged.push({ id, text: place.text, cites: place.cites, why: `${wrong.verdict}: ${wrong.detail}` });
        continue;
      }
      for (const kind of MUTATION_KINDS) {
        const mutant: Mutant | null = mutate(kind, place, analysis, random);
        if (mutant === null) {
          continue;
        }
        const count = byKind[kind];
        count.mutants += 1;
        score.mutants += 1;
        if (wrongIn(verify(withText(answer, place, mutant.text), analysis, scope).claims, place).length > 0) {
          count.found += 1;
          score.found += 1;
        } else {
          missed.push({ id, text: mutant.text, cites: place.cites, why: `${kind}: ${mutant.change}` });
        }
      }
    }
  }
  return { ...score, flagged, missed, byKind };
};
