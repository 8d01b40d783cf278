import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Analysis, Percepts } from '../../../src/contracts/index.ts';
import { observe } from '../../../src/observe/index.ts';
import { createMeasurementReader } from '../../../src/perceive/import/index.ts';
import { csvHeader, csvRows } from '../../../src/present/csv/rows.ts';
import { clipOf, course, photoOf, subjectOf, timesOf } from '../../observe/synthetic.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('round-trip');

/** As our own head has it: what lies at or above this is present. */
const withThreshold = (percepts: Percepts): Percepts => ({
  ...percepts,
  subjects: percepts.subjects.map((subject) => ({
    ...subject,
    actionUnits: Object.fromEntries(
      Object.entries(subject.actionUnits).map(([code, columns]) => [code, { ...columns, threshold: 1.3 }]),
    ),
  })),
});
const presentIn = ({ observations }: Analysis): unknown[] =>
  observations.flatMap((observation) =>
    observation.kind === 'action-unit' && observation.au.status === 'present'
      ? [[observation.subject, observation.au.code, observation.au.side, observation.au.letter, observation.range]]
      : [],
  );
const analysed = (percepts: Percepts): Promise<Analysis> =>
  observe(percepts, { fps: 'all', purpose: 'unspecified' }, { version: 'test' });

it('reads its own table back to the same movements of the same people, photos and clips in one table', async () => {
  const times = timesOf(4000);
  const smile = course([{ onsetMs: 500, apexMs: 1200, offsetMs: 2600, intensity: 3.6 }], 0.1);
  const brows = course([{ onsetMs: 2000, apexMs: 2300, offsetMs: 3500, intensity: 2.2 }], 0.2);
  const clip = withThreshold(
    clipOf([
      subjectOf({ times, units: { AU12: { left: smile, right: smile }, AU1: brows }, noise: 0.03 }),
      subjectOf({
        id: 'P2',
        times: times.slice(20),
        units: { AU12: { left: smile, right: () => 0.1 } },
        noise: 0.03,
        seed: 2,
        change: { frame: times.slice(20).map((_, index) => index + 20) },
      }),
    ]),
  );
  const photo = withThreshold(photoOf({ units: { AU4: () => 2.9, AU6: () => 0.4 } }));
  const path = join(folder, 'table.csv');
  await writeFile(path, [csvHeader(), ...csvRows('a.mp4', clip), ...csvRows('b.jpg', photo)].join(''));
  const reader = createMeasurementReader();
  expect(await reader.parts(path)).toEqual(['a.mp4', 'b.jpg']);
  for (const [part, original] of [
    ['a.mp4', clip],
    ['b.jpg', photo],
  ] as const) {
    const back = await reader.read(path, { part });
    if (back === null) {
      throw new Error('not taken for measurements');
    }
    const [before, after] = [await analysed(original), await analysed(back)];
    expect(presentIn(before)).not.toEqual([]);
    expect(presentIn(after)).toEqual(presentIn(before));
    expect(after.subjects).toEqual(before.subjects);
  }
});
