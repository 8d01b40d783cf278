import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { EXPRESSION_LABELS, FACE_REGIONS, modelAttribution, type Still } from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { attributeStill } from '../../src/perceive/attribute-still.ts';
import type { FaceEngine } from '../../src/perceive/face/face-engine.ts';
import { ROOT } from '../support/shared.ts';

const { points } = z
  .object({ points: z.array(z.tuple([z.number(), z.number()])) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'astronaut.landmarks.json'), 'utf8')));
const LIP_CORNER = 291;
const landmarks = Float32Array.from(points.flatMap(([x, y]) => [x, y, 0]));
const [cornerX, cornerY] = points[LIP_CORNER] ?? [0, 0];

/** An expression model that looks at one spot: the whiter, the surer. */
const engine = (sees: 'expression' | 'action-unit' | 'nothing'): FaceEngine => {
  const spot = (data: Uint8Array, width: number): number =>
    (data[(Math.round(cornerY) * width + Math.round(cornerX)) * 3] ?? 0) / 255;
  const unused = () => {
    throw new Error('not needed here');
  };
  return {
    shortRange: { run: unused },
    fullRange: unused,
    mesh: { run: async () => ({ landmarks, score: 1 }), crop: new Float32Array(), side: 192, layout: 'interleaved' },
    blendshapes: null,
    expression:
      sees === 'expression'
        ? async ({ data, width }) => {
            const happiness = 0.2 + 0.7 * spot(data, width);
            return {
              scores: { ...recordOf(EXPRESSION_LABELS, () => (1 - happiness) / 7), happiness },
              valence: 0,
              arousal: 0,
            };
          }
        : null,
    actionUnits:
      sees === 'action-unit'
        ? {
            thresholds: { AU12: 1, AU4: 1 },
            read: async ({ data, width }) => ({
              units: {
                AU12: { both: 5 * spot(data, width), left: null, right: null },
                AU4: { both: 1.2, left: null, right: null },
              },
              covered: recordOf(FACE_REGIONS, () => 0),
            }),
          }
        : null,
  };
};

const stillOf = async (): Promise<Still> => {
  const jpeg = await sharp({ create: { width: 512, height: 512, channels: 3, background: { r: 40, g: 40, b: 40 } } })
    .composite([
      {
        input: { create: { width: 24, height: 24, channels: 3, background: { r: 255, g: 255, b: 255 } } },
        left: Math.round(cornerX) - 12,
        top: Math.round(cornerY) - 12,
      },
    ])
    .jpeg()
    .toBuffer();
  return { subject: 'P1', ms: 0, jpeg: new Uint8Array(jpeg), width: 512, height: 512, landmarks: points };
};

it('finds the spot that the answer hangs on, and nothing elsewhere', async () => {
  for (const sees of ['expression', 'action-unit'] as const) {
    let steps = 0;
    const found = await attributeStill(engine(sees), await stillOf(), () => {
      steps += 1;
    });
    const { grid, cells, target, unit } = modelAttribution.parse(found);
    expect(steps).toBeGreaterThan(50);
    expect([target.kind, unit]).toEqual([sees, sees === 'expression' ? 'log-odds' : 'intensity']);
    expect('code' in target ? target.code : target.label).toBe(sees === 'expression' ? 'happiness' : 'AU12');
    for (const [cell, value] of cells.entries()) {
      const x = grid.x + (((cell % grid.columns) + 0.5) * grid.width) / grid.columns;
      const y = grid.y + ((Math.floor(cell / grid.columns) + 0.5) * grid.height) / grid.rows;
      const reach = (grid.patch / 2) * 1.15;
      const far = Math.max(
        Math.abs(x - cornerX) / (grid.width / grid.columns),
        Math.abs(y - cornerY) / (grid.height / grid.rows),
      );
      if (value !== null && far > reach) {
        expect(Math.abs(value)).toBeLessThan(0.05);
      }
      if (value !== null && far < reach - 0.5) {
        expect(value).toBeGreaterThan(0.5);
      }
    }
  }
});

it('has nothing to say where no model answers', async () => {
  expect(await attributeStill(engine('nothing'), await stillOf(), () => undefined)).toBeNull();
});
