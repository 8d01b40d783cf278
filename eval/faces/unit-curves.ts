import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../src/contracts/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { largestFace, READING } from './photo.ts';
import { type Curve, type Panel, panelsSvg } from './plot.ts';

/** What `models/training/evaluate.py --curves` writes: true-positive shares at evenly spaced false-positive shares. */
const renderedCurves = z.record(
  z.string(),
  z.object({ present: z.number(), faces: z.number(), auc: z.number(), hits: z.array(z.number()) }),
);

type Read = { name: string; values: Partial<Record<string, number>>; codes: ReadonlyMap<string, boolean> };

/** Present (`true`), not sure (`false`); a unit that is missing was not seen. */
const codesOf = (words: readonly string[]): Map<string, boolean> =>
  new Map(words.map((word) => [`AU${word.replace(/[?LR]/g, '')}`, !word.endsWith('?')]));

const readPhotos = async (folder: string, table: string, pipeline: Pipeline): Promise<Read[]> => {
  const rows = readFileSync(table, 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const read: Read[] = [];
  for (const [name, ...words] of rows) {
    if (name === undefined || name === '' || !existsSync(join(folder, name))) {
      continue;
    }
    const { percepts } = await pipeline.observe(join(folder, name), READING);
    const face = largestFace(percepts);
    if (face !== undefined) {
      const values = Object.entries(face.actionUnits).map(([code, { both }]) => [code, both[0] ?? 0] as const);
      read.push({ name, values: Object.fromEntries(values), codes: codesOf(words) });
    }
  }
  return read;
};

type Roc = { points: Array<{ x: number; y: number }>; auc: number; present: number };

/** ROC curve over scored cases; cases of one score enter together. `null` with fewer than three present or absent. */
export const rocOf = (cases: ReadonlyArray<{ score: number; present: boolean }>): Roc | null => {
  const present = cases.filter((each) => each.present).length;
  const absent = cases.length - present;
  if (present < 3 || absent < 3) {
    return null;
  }
  const order = [...cases].sort((a, b) => b.score - a.score);
  const points = [{ x: 0, y: 0 }];
  let [hits, alarms, auc] = [0, 0, 0];
  for (const [index, each] of order.entries()) {
    hits += each.present ? 1 : 0;
    alarms += each.present ? 0 : 1;
    if (order[index + 1]?.score !== each.score) {
      const last = points.at(-1) ?? { x: 0, y: 0 };
      const next = { x: alarms / absent, y: hits / present };
      auc += ((next.x - last.x) * (next.y + last.y)) / 2;
      points.push(next);
    }
  }
  return { points, auc, present };
};

const rocOfPhotos = (read: readonly Read[], code: ActionUnitCode): Roc | null =>
  rocOf(
    read
      .filter(({ codes }) => codes.get(code) !== false)
      .map(({ values, codes }) => ({ score: values[code] ?? 0, present: codes.get(code) === true })),
  );

/**
 * ROC curves per unit: the photos that a developer read, and, where `evaluate.py` left its curves, rendered people whom no
 * part of the head has seen. Answers the SVG and the sentence under it.
 */
export const unitCurves = async (
  photos: string,
  files: { reading: string; rendered: string },
  pipeline: Pipeline,
): Promise<{ svg: string; text: string }> => {
  const read = await readPhotos(photos, files.reading, pipeline);
  const rendered = existsSync(files.rendered)
    ? renderedCurves.parse(JSON.parse(readFileSync(files.rendered, 'utf8')))
    : null;
  const rocs = recordOf(ACTION_UNIT_CODES, (code) => rocOfPhotos(read, code));
  const panels = ACTION_UNIT_CODES.flatMap((code): Panel[] => {
    const [roc, other] = [rocs[code], rendered?.[code]];
    const curves: Curve[] = [
      // An empty curve keeps the colours apart.
      { name: "photos, a developer's reading", points: roc?.points ?? [] },
      ...(other === undefined
        ? []
        : [
            {
              name: 'rendered people, held out',
              points: other.hits.map((y, index) => ({ x: index / (other.hits.length - 1), y })),
            },
          ]),
    ];
    const note = [
      roc === null ? null : `${roc.auc.toFixed(2)} (${roc.present})`,
      other === undefined ? null : other.auc.toFixed(2),
    ];
    return note.every((word) => word === null) ? [] : [{ title: code, note, x: 'false alarms', y: 'found', curves }];
  });
  const counted = ACTION_UNIT_CODES.flatMap((code) => rocs[code] ?? []);
  const mean = counted.reduce((sum, { auc }) => sum + auc, 0) / Math.max(1, counted.length);
  return {
    svg: panelsSvg('ROC curves of the action units', panels, 5, 172),
    text: `Over each plot the areas under the curves and, in brackets, how many photos show the unit. Photos: ${read.length}, mean over ${counted.length} units ${mean.toFixed(3)}; they were looked at while the head was made (\`models/au-head.md\`).${rendered === null ? '' : ' Rendered: emotion displays of people left out of both parts of the head.'}`,
  };
};
