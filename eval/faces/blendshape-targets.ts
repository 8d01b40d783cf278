import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ActionUnitCode } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { table } from '../voice/section.ts';
import { largestFace, READING } from './photo.ts';

/** The blendshapes nearest to each unit. `cheekSquint` and `noseSneer` are dead outputs: AU6 and AU9 have none. */
const NEAREST: Partial<Record<ActionUnitCode, readonly string[]>> = {
  AU1: ['browInnerUp'],
  AU2: ['browOuterUpLeft', 'browOuterUpRight'],
  AU4: ['browDownLeft', 'browDownRight'],
  AU5: ['eyeWideLeft', 'eyeWideRight'],
  AU7: ['eyeSquintLeft', 'eyeSquintRight'],
  AU10: ['mouthUpperUpLeft', 'mouthUpperUpRight'],
  AU12: ['mouthSmileLeft', 'mouthSmileRight'],
  AU15: ['mouthFrownLeft', 'mouthFrownRight'],
  AU16: ['mouthLowerDownLeft', 'mouthLowerDownRight'],
  AU17: ['mouthShrugLower'],
  AU18: ['mouthPucker'],
  AU20: ['mouthStretchLeft', 'mouthStretchRight'],
  AU22: ['mouthFunnel'],
  AU24: ['mouthPressLeft', 'mouthPressRight'],
  AU26: ['jawOpen'],
  AU45: ['eyeBlinkLeft', 'eyeBlinkRight'],
};
const COUNT = 52;

const half = (bits: number): number => {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return exponent === 31 ? Number.NaN : size;
};

const ranks = (values: readonly number[]): number[] => {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (const [rank, { index }] of order.entries()) {
    result[index] = rank;
  }
  return result;
};

const spearman = (one: readonly number[], other: readonly number[]): number => {
  const [a, b] = [ranks(one), ranks(other)];
  const middle = (a.length - 1) / 2;
  const spread = a.reduce((sum, rank) => sum + (rank - middle) ** 2, 0);
  return a.reduce((sum, rank, index) => sum + (rank - middle) * ((b[index] ?? 0) - middle), 0) / spread;
};

/**
 * Rank correlation of our units with Google's blendshapes on faces of ../shared/train/muxspace, one of every `step`th
 * person, spread over the alphabet.
 */
export const blendshapeTargets = async (folder: string, pipeline: Pipeline, faces = 240): Promise<string> => {
  const rows = z
    .array(z.object({ row: z.coerce.number(), image: z.string(), identity: z.string() }))
    .parse(parse(readFileSync(join(folder, 'index.csv')), { columns: true }));
  const names = z.array(z.string()).parse(JSON.parse(readFileSync(join(folder, 'blendshape_names.json'), 'utf8')));
  const targets = readFileSync(join(folder, 'blendshapes.f16.bin'));
  const people = [...new Map(rows.map((row) => [row.identity, row])).values()];
  const step = Math.max(1, Math.floor(people.length / faces));
  const read: Array<{ row: number; values: Partial<Record<string, number>> }> = [];
  const times: number[] = [];
  for (const { row, image } of people.filter((_, index) => index % step === 0)) {
    const { percepts, analysis } = await pipeline.observe(join(folder, 'images', image), READING);
    const face = largestFace(percepts);
    times.push(analysis.timings.perceive ?? 0);
    if (face !== undefined) {
      const values = Object.entries(face.actionUnits).map(([code, { both }]) => [code, both[0] ?? 0] as const);
      read.push({ row, values: Object.fromEntries(values) });
    }
  }
  const target = (row: number, shapes: readonly string[]): number =>
    shapes.reduce((sum, shape) => sum + half(targets.readUInt16LE((row * COUNT + names.indexOf(shape)) * 2)), 0);
  const body = Object.entries(NEAREST).map(([code, shapes]) => {
    const pairs = read.map(({ row, values }) => ({ ours: values[code] ?? 0, theirs: target(row, shapes) }));
    const finite = pairs.filter(({ theirs }) => Number.isFinite(theirs));
    const agreement = spearman(
      finite.map(({ ours }) => ours),
      finite.map(({ theirs }) => theirs),
    );
    return { code, shapes, agreement };
  });
  const mean = body.reduce((sum, { agreement }) => sum + agreement, 0) / body.length;
  const median = [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
  return [
    '### Action units beside blendshapes',
    `Rank correlation (Spearman) of the unit's intensity with the nearest output of Google's Face Landmarker, over ${read.length} people of \`../shared/train/muxspace\`, one photo each. The targets were not trained on; neutral and smiling faces of this folder were, without them. Blendshapes are no coder: a low figure can be theirs (\`eyeSquint\`, \`mouthStretch\`).`,
    table(
      ['unit', 'blendshape', 'correlation'],
      [
        ...body.map(({ code, shapes, agreement }) => [code, shapes.join(' + '), agreement.toFixed(2)]),
        ['mean', '', mean.toFixed(2)],
      ],
    ),
    `Time a photo of 224 × 224 pixels, decoding and everything measured, one process: median ${median.toFixed(0)} ms of ${times.length}.`,
  ].join('\n\n');
};
