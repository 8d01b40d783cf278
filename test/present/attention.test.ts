import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ModelAttribution, modelAttention, type Still } from '../../src/contracts/index.ts';
import { createHtmlRenderer } from '../../src/present/html/report.ts';
import { attentionOf, overlapOf } from '../../src/present/view/attention.ts';
import { buildPercepts, buildRecord, buildStill } from '../support/record-builder.ts';
import { ROOT } from '../support/shared.ts';

const { points: landmarks } = z
  .object({ points: z.array(z.tuple([z.number(), z.number()])) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'astronaut.landmarks.json'), 'utf8')));
const NOSE_TIP = 4;
const noseX = landmarks[NOSE_TIP]?.[0] ?? 0;

/** At 3200 ms the built record shows the left outer brow (o6), among others. */
const still: Still = { ...buildStill(), ms: 3200, width: 512, height: 512, landmarks };
const SIDE = 10;
const attributionWith = (valueAt: (x: number, y: number) => number): ModelAttribution => {
  const xs = landmarks.map(([x]) => x);
  const ys = landmarks.map(([, y]) => y);
  const grid = {
    x: Math.min(...xs),
    y: Math.min(...ys),
    width: Math.max(...xs) - Math.min(...xs),
    height: Math.max(...ys) - Math.min(...ys),
  };
  const cells = Array.from({ length: SIDE * SIDE }, (_, cell) =>
    valueAt(
      grid.x + (((cell % SIDE) + 0.5) * grid.width) / SIDE,
      grid.y + ((Math.floor(cell / SIDE) + 0.5) * grid.height) / SIDE,
    ),
  );
  return {
    subject: 'P1',
    ms: still.ms,
    target: { kind: 'expression', label: 'surprise', score: 0.8 },
    unit: 'log-odds',
    grid: { ...grid, columns: SIDE, rows: SIDE, patch: 1 },
    cells,
  };
};
const attentionWith = (valueAt: (x: number, y: number) => number) => {
  const { analysis } = buildRecord();
  if (analysis === null) {
    throw new Error('the record has no analysis');
  }
  const leftBrow = analysis.observations.filter(({ id }) => id === 'o6');
  return modelAttention.parse(
    attentionOf({
      analysis: { ...analysis, observations: leftBrow },
      percepts: buildPercepts(),
      still,
      attribution: attributionWith(valueAt),
    }),
  );
};

describe('the map of the action units', () => {
  it("marks a movement of the person's left where it is: on the right of the picture, in the upper half", () => {
    const { actionUnits, grid } = attentionWith(() => 0);
    const places = actionUnits.flatMap((value, cell) => ((value ?? 0) > 0 ? [cell] : []));
    expect(places.length).toBeGreaterThan(0);
    for (const cell of places) {
      expect(grid.x + (((cell % SIDE) + 0.5) * grid.width) / SIDE).toBeGreaterThan(noseX);
      expect(Math.floor(cell / SIDE)).toBeLessThan(SIDE / 2);
    }
  });
});

describe('the agreement of both maps', () => {
  it('is whole for a model that looks where the units act, and nothing for one that looks elsewhere', () => {
    const units = attentionWith(() => 0).actionUnits;
    const same = overlapOf(units, units);
    expect(same).toMatchObject({ iou: 1, correlation: 1 });
    expect(same.chance).toBeLessThan(0.5);
    const elsewhere = overlapOf(
      units.map((value) => (value === 0 ? 1 : 0)),
      units,
    );
    expect(elsewhere.iou).toBe(0);
    expect(elsewhere.correlation).toBeLessThan(0);
  });

  it('says nothing where one of the maps is empty', () => {
    const nothing = { iou: null, chance: null, correlation: null };
    expect(overlapOf([0.2, 0.1, null], [0, 0, null])).toEqual(nothing);
    expect(overlapOf([-0.2, -0.1, null], [1, 0, null])).toEqual(nothing);
  });

  it('stays in range whatever the maps hold', () => {
    const cell = fc.option(fc.double({ min: -10, max: 10, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 60 }), (pairs) => {
        const units = pairs.map(([, unit]) => (unit === null ? null : Math.max(0, unit)));
        const { iou, chance, correlation } = overlapOf(
          pairs.map(([looked]) => looked),
          units,
        );
        for (const [value, least] of [
          [iou, 0],
          [chance, 0],
          [correlation, -1],
        ] as const) {
          expect(value === null || (value >= least && value <= 1)).toBe(true);
        }
      }),
    );
  });
});

it('stands in the report only where it was asked for, with its numbers', () => {
  const html = (attention: ReturnType<typeof attentionWith>[] | undefined): string => {
    const renderer = createHtmlRenderer();
    const record = { ...buildRecord(), ...(attention === undefined ? {} : { attention }) };
    return [
      renderer.begin(),
      ...renderer.add({ record, percepts: buildPercepts(), stills: [still] }),
      renderer.end(),
    ].join('');
  };
  expect(html(undefined)).not.toContain('Where the model looks');
  const shown = html([attentionWith((x) => (x > noseX ? 1 : 0))]);
  expect(shown).toContain('Where the model looks');
  expect(shown).toMatch(/intersection over union 0\.\d\d \(0\.\d\d by chance\), correlation 0\.\d\d/);
});
