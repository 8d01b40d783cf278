/** `npm run eval:verify`: how well the verifier tells true sentences from falsified ones, by author and kind of change. */
import { readdirSync } from 'node:fs';
import { MUTATION_KINDS } from '../../eval/verify/mutate.ts';
import { type MutationScore, scoreMutations, type VerifiedCase } from '../../eval/verify/mutation-score.ts';
import { explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { observe } from '../../src/observe/index.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import { readScenes } from './free-english/expand.ts';
import { randomFrom, randomPercepts } from './random-percepts.ts';
import { answerOf } from './scene.ts';

const SEED = 7;
const MADE_UP = 100;

const writtenByFacs = async (): Promise<VerifiedCase[]> => {
  const cases: VerifiedCase[] = [];
  for (let seed = 1; seed <= MADE_UP; seed += 1) {
    const analysis = await observe(randomPercepts(seed, seed % 3 === 0), observeOptions.parse({}), { version: 'test' });
    for (const answer of await explainAnalysis(analysis, explainOptions.parse({}), {
      reasoner: createFacsReasoner(),
    })) {
      cases.push({ id: String(seed), analysis, scope: answer, answer });
    }
  }
  return cases;
};

const writtenByPeople = (set: string): VerifiedCase[] =>
  readScenes(set).flatMap(({ analysis, scope, originals }) =>
    originals.map(({ text, cites, part }) => ({
      id: text,
      analysis,
      scope: { subject: scope, range: { startMs: 0, endMs: analysis.clip.durationMs } },
      answer: answerOf(text, cites, part),
    })),
  );

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

const rowOf = (
  author: string,
  cases: readonly VerifiedCase[],
  score: MutationScore,
): Record<string, string | number> => ({
  author,
  answers: cases.length,
  flagged: share(new Set(score.flagged.map(({ id }) => id)).size, cases.length),
  mutants: score.mutants,
  found: share(score.found, score.mutants),
  ...Object.fromEntries(
    MUTATION_KINDS.map((kind) => [kind, share(score.byKind[kind].found, score.byKind[kind].mutants)]),
  ),
});

const sets = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.startsWith('free-english'))
  .sort();
const groups = [
  { author: 'the FACS reasoner', cases: await writtenByFacs() },
  ...sets.map((set) => ({ author: set.replaceAll('-', ' '), cases: writtenByPeople(set) })),
];
console.table(groups.map(({ author, cases }) => rowOf(author, cases, scoreMutations(cases, randomFrom(SEED)))));
