/** What whyface reports of the made clip, against what the script that made it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Analysis, type ObservationOf, observeOptions } from '../../src/contracts/index.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { ROOT } from '../support/shared.ts';

/** How far an onset or offset may lie from the truth: the threshold is crossed inside the ramp of 400 ms, not at its foot. */
const TOLERANCE_MS = 280;

const truthFile = z.object({
  movements: z.array(
    z.discriminatedUnion('change', [
      z.object({
        units: z.array(z.string()),
        side: z.enum(['both', 'left', 'right']),
        change: z.literal('appears'),
        onsetMs: z.number(),
        apexFromMs: z.number(),
        apexToMs: z.number(),
        offsetMs: z.number(),
      }),
      z.object({
        units: z.array(z.string()),
        side: z.literal('both'),
        change: z.literal('fades'),
        fromMs: z.number(),
        goneMs: z.number(),
      }),
    ]),
  ),
});
const truth = truthFile.parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'clip.truth.json'), 'utf8')));
const appearing = truth.movements.flatMap((movement) => (movement.change === 'appears' ? [movement] : []));
const fading = truth.movements.flatMap((movement) => (movement.change === 'fades' ? [movement] : []));

const pipeline = createPipeline({ env: process.env });
let analysis: Analysis;
beforeAll(async () => {
  ({ analysis } = await pipeline.observe(join(ROOT, 'examples', 'clip.mp4'), observeOptions.parse({})));
}, 180_000);
afterAll(() => pipeline.close());

type Episode = ObservationOf<'action-unit'>;

const episodesOf = (unit: string): Episode[] =>
  analysis.observations.filter(
    (observation): observation is Episode =>
      observation.kind === 'action-unit' && observation.au.code === unit && observation.au.status === 'present',
  );

/** The episode whose middle lies in the movement. */
const episodeDuring = (unit: string, fromMs: number, toMs: number): Episode | undefined =>
  episodesOf(unit).find(({ range }) => {
    const middle = (range.startMs + range.endMs) / 2;
    return middle > fromMs && middle < toMs;
  });

describe('the example clip', () => {
  it('shows one person, all the time', () => {
    expect(analysis.subjects).toMatchObject([{ id: 'P1', frames: 150 }]);
  });

  it.each(appearing.filter(({ units }) => units.includes('AU2')))(
    'reports the brows of $onsetMs–$offsetMs ms with their side ($side), onset, apex and offset',
    ({ side, onsetMs, apexFromMs, apexToMs, offsetMs }) => {
      const episode = episodeDuring('AU2', onsetMs, offsetMs);
      expect(episode?.au.side).toBe(side);
      expect(Math.abs((episode?.range.startMs ?? 0) - onsetMs)).toBeLessThanOrEqual(TOLERANCE_MS);
      expect(Math.abs((episode?.range.endMs ?? 0) - offsetMs)).toBeLessThanOrEqual(TOLERANCE_MS);
      expect(episode?.au.apexMs).toBeGreaterThanOrEqual(apexFromMs - 80);
      expect(episode?.au.apexMs).toBeLessThanOrEqual(apexToMs + 80);
    },
  );

  it.each(fading)(
    'reports a smile that is there from the start and goes between $fromMs and $goneMs ms',
    ({ fromMs, goneMs }) => {
      const first = episodesOf('AU12').find(({ range }) => range.startMs === 0);
      expect(first?.au.onsetMs).toBeNull();
      expect(first?.range.endMs).toBeGreaterThan(fromMs);
      expect(first?.range.endMs).toBeLessThan(goneMs + TOLERANCE_MS);
    },
  );

  it.each(appearing.filter(({ units }) => units.includes('AU45')))(
    'reports the one blink at $apexFromMs ms',
    ({ onsetMs, offsetMs }) => {
      const blinks = analysis.observations.flatMap((observation) =>
        observation.kind === 'blink' ? [observation] : [],
      );
      expect(blinks.reduce((sum, { blink }) => sum + blink.count, 0)).toBe(1);
      expect(blinks[0]?.range.startMs).toBeLessThan(offsetMs);
      expect(blinks[0]?.range.endMs).toBeGreaterThan(onsetMs);
    },
  );
});
