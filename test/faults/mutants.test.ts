import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { WhyfaceError } from '../../src/kit/error.ts';
import { createPipeline, type Pipeline } from '../../src/pipeline.ts';
import { makeMutants, makeSmallClips, SMALL_CLIPS } from '../fixtures/hostile-media.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Mutants of each kind of file: a sample here (test/media/hostile.test.ts decodes 20 of each), 500 in `npm run faults`. */
const COUNT = Number(process.env.WHYFACE_FAULT_MUTANTS ?? 4);
const SEED = Number(process.env.WHYFACE_FAULT_SEED ?? 20_261_123);
/** A mutant ends within this, the wait for a free worker included (`npm run faults` runs on an idle machine). */
const DEADLINE_MS = 10_000;
const MEBIBYTE = 1024 * 1024;

const folder = temporaryFolder('mutants');
const options = { ...observeOptions.parse({ fps: 2 }), ...explainOptions.parse({}) };
let pipeline: Pipeline;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => {
  unhandled.push(reason);
};

beforeAll(async () => {
  makeSmallClips(folder);
  pipeline = createPipeline({ env: { ...process.env, WHYFACE_OFFLINE: '1' }, workers: Math.min(2, cpus().length) });
  process.on('unhandledRejection', note);
  // The first picture loads the networks.
  await pipeline.explain(join(ROOT, 'examples', 'astronaut.png'), options);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await pipeline.close();
});

type Outcome = { path: string; code: string; milliseconds: number; confidence: number | null; flagged: boolean };

const explain = async (path: string): Promise<Outcome> => {
  const started = performance.now();
  const outcome = { path, confidence: null, flagged: false };
  try {
    const { analysis, explanations } = await pipeline.explain(path, options);
    const flagged = analysis.observations.some(
      (observation) => observation.kind === 'quality' && /damaged|truncated/.test(observation.quality.issue),
    );
    const confidence = explanations[0]?.judgement.confidence ?? null;
    return { path, code: 'ok', milliseconds: performance.now() - started, confidence, flagged };
  } catch (thrown) {
    const code = WhyfaceError.isInstance(thrown) ? thrown.code : `untyped: ${String(thrown)}`;
    return { ...outcome, code, milliseconds: performance.now() - started };
  }
};

/** All of them, as many at once as there are workers. */
const explainAll = async (paths: readonly string[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const rest = [...paths];
  const lane = async (): Promise<void> => {
    for (let path = rest.shift(); path !== undefined; path = rest.shift()) {
      outcomes.push(await explain(path));
    }
  };
  await Promise.all([lane(), lane()]);
  return outcomes;
};

const face = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await sharp(join(ROOT, 'examples', 'astronaut.png')).toFile(path);
  return path;
};

/** Codes that a damaged file may end with: each says what is wrong with the file. */
const TYPED = ['ok', 'media-damaged', 'media-unsupported', 'media-too-large', 'media-too-long', 'nothing-to-read', 'media-hung', 'worker-crashed']; // biome-ignore format: one list

describe('M6: damaged copies, through the whole of explain', () => {
  it.each([...Object.keys(SMALL_CLIPS), 'face.jpg', 'face.png', 'face.webp'])(
    '%s: each ends in time and typed, the parent lives and does not grow',
    async (name) => {
      const source = name.startsWith('face') ? await face(name) : join(folder, name);
      const mutants = makeMutants([source], join(folder, 'mutants'), COUNT, SEED);
      const before = process.memoryUsage().rss;
      const outcomes = await explainAll(mutants);
      expect(outcomes).toHaveLength(COUNT);
      expect(outcomes.filter(({ code }) => !TYPED.includes(code))).toEqual([]);
      expect(outcomes.filter(({ milliseconds }) => milliseconds > DEADLINE_MS)).toEqual([]);
      expect(unhandled).toEqual([]);
      // Room for the garbage of a test runner; what a file held would be more.
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEBIBYTE);
      for (const path of mutants) {
        rmSync(path, { force: true });
      }
    },
    COUNT * DEADLINE_MS,
  );
});
