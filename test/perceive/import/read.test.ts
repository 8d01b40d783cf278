import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Percepts, percepts as perceptsSchema } from '../../../src/contracts/index.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { createMeasurementReader } from '../../../src/perceive/import/index.ts';
import { clipOf, subjectOf } from '../../observe/synthetic.ts';
import { SHARED } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder('import');

const readText = async (text: string, name = 'table.csv', part?: string): Promise<Percepts> => {
  const path = join(folder, name);
  await writeFile(path, text);
  const percepts = await createMeasurementReader().read(path, { part });
  if (percepts === null) {
    throw new Error('not taken for measurements');
  }
  return perceptsSchema.parse(percepts);
};

const failureOf = async (text: string, name = 'table.csv'): Promise<WhyfaceError> => {
  try {
    await readText(text, name);
  } catch (thrown) {
    if (WhyfaceError.isInstance(thrown)) {
      return thrown;
    }
    throw thrown;
  }
  throw new Error('it was read');
};

describe('OpenFace tables', () => {
  const header =
    'frame, face_id, timestamp, confidence, success, gaze_angle_x, gaze_angle_y, pose_Rx, pose_Ry, pose_Rz, AU12_r, AU04_r, AU12_c, AU28_c';
  const table = [
    header,
    '1, 0, 0.00, 0.98, 1, 0.1, 0.2, 0.1, -0.2, 0.05, 2.5, 0.2, 1, 0',
    '2, 0, 0.04, 0.96, 1, 0.1, 0.2, 0.1, -0.2, 0.05, 0.4, 0.1, 0, 1',
    '3, 0, 0.08, 0.10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0',
    '4, 0, 0.12, 0.95, 1, 0.1, 0.2, 0.1, -0.2, 0.05, 0.5, 0.3, 0, 0',
  ].join('\n');

  it('keeps intensities, leaves failed frames out, and knows the times', async () => {
    const { clip, subjects, frames, sampling } = await readText(table);
    expect(clip).toMatchObject({ kind: 'percepts', durationMs: 160, fps: 25, hasAudio: false });
    expect(frames.t).toEqual([0, 40, 80, 120]);
    expect(sampling.frames).toBe(4);
    expect(subjects).toHaveLength(1);
    expect(subjects[0]).toMatchObject({ id: 'P1', t: [0, 40, 120], frame: [1, 2, 4] });
    expect(subjects[0]?.actionUnits.AU12?.both).toEqual([2.5, 0.4, 0.5]);
    expect(subjects[0]?.confidence).toEqual([0.98, 0.96, 0.95]);
  });

  it('turns the camera frame into the person and the eyes in the world into eyes in the head', async () => {
    const [subject] = (await readText(table)).subjects;
    const degrees = 180 / Math.PI;
    expect(subject?.head.pitch[0]).toBeCloseTo(-0.1 * degrees, 1);
    expect(subject?.head.yaw[0]).toBeCloseTo(0.2 * degrees, 1);
    expect(subject?.head.roll[0]).toBeCloseTo(0.05 * degrees, 1);
    expect(subject?.gaze?.yaw[0]).toBeCloseTo((0.1 - 0.2) * degrees, 1);
    expect(subject?.gaze?.pitch[0]).toBeCloseTo((-0.2 + 0.1) * degrees, 1);
  });

  it('never makes a zero of what the table does not hold', async () => {
    const { subjects, notMeasured } = await readText(table);
    expect(Object.keys(subjects[0]?.actionUnits ?? {}).sort()).toEqual(['AU12', 'AU28', 'AU4']);
    expect(notMeasured.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['AU1', 'AU6', 'AU45', 'intensity of AU28']),
    );
    expect(subjects[0]?.box.x).toEqual([]);
    expect(subjects[0]?.expression).toBeNull();
    const holed = await readText(table.replace('2.5,', ','));
    expect(holed.subjects[0]?.actionUnits.AU12?.both).toEqual([null, 0.4, 0.5]);
  });

  it('takes its presence column as the border, since both may disagree on any fixed one', async () => {
    const faint = table.replace('0.4, 0.1, 0, 1', '0.7, 0.1, 1, 1');
    const threshold = (await readText(faint)).subjects[0]?.actionUnits.AU12?.threshold ?? 0;
    expect(threshold).toBeGreaterThan(0.5);
    expect(threshold).toBeLessThanOrEqual(0.7);
  });

  it('tells several faces apart by their ids', async () => {
    const two = [
      header,
      '1,7,0,0.9,1,0,0,0,0,0,1,1,1,0',
      '1,3,0,0.9,1,0,0,0,0,0,2,1,1,0',
      '2,3,0.04,0.9,1,0,0,0,0,0,3,1,1,0',
    ];
    const { subjects } = await readText(two.join('\n'));
    expect(subjects.map(({ id, actionUnits }) => [id, actionUnits.AU12?.both])).toEqual([
      ['P1', [1]],
      ['P2', [2, 3]],
    ]);
  });

  it('names line and column of what is wrong', async () => {
    expect((await failureOf(table.replace('0.4, 0.1', 'low, 0.1'))).message).toMatch(
      /table\.csv, line 3, column AU12_r: "low"/,
    );
    expect((await failureOf(table.replace('2, 0, 0.04', 'x, 0, 0.04'))).message).toMatch(/line 3, column frame/);
    expect((await failureOf(`${table}\n5, 0, 0.16`)).message).toMatch(/line 6.*columns than the header/);
    expect((await failureOf(`${table}\n4, 0, 0.16,0.9,1,0,0,0,0,0,1,1,1,1`)).message).toMatch(
      /line 6: the face "0" is there twice/,
    );
    expect((await failureOf('frame,smile\n1,2\n')).message).toMatch(/no columns of action units/);
    expect((await failureOf(`${header}\n`)).message).toMatch(/no rows/);
  });
});

describe('py-feat tables', () => {
  const header =
    'FaceRectX,FaceRectY,FaceRectWidth,FaceRectHeight,FaceScore,Pitch,Roll,Yaw,AU01,AU11,AU12,happiness,input,frame';
  const rows = [
    '10,10,100,100,0.99,1,2,3,0.5,0.4,0.9,0.8,one.jpg,0',
    '300,10,90,90,0.98,1,2,3,,0.4,0.1,0.1,one.jpg,0',
    'nan,nan,nan,nan,nan,nan,nan,nan,nan,nan,nan,nan,two.jpg,0',
  ];

  it('holds several inputs, each with its faces; probabilities become fifths', async () => {
    const text = [header, ...rows].join('\n');
    const path = join(folder, 'feat.csv');
    await writeFile(path, text);
    const reader = createMeasurementReader();
    expect(await reader.parts(path)).toEqual(['one.jpg', 'two.jpg']);
    const one = await reader.read(path, { part: 'one.jpg' });
    expect(one?.subjects.map(({ actionUnits }) => [actionUnits.AU1?.both, actionUnits.AU12?.both])).toEqual([
      [[2.5], [4.5]],
      [[null], [0.5]],
    ]);
    expect(one?.clip.durationMs).toBe(0);
    expect(one?.warnings.map(({ code }) => code)).toEqual(['columns-ignored']);
    const two = await reader.read(path, { part: 'two.jpg' });
    expect(two?.subjects).toEqual([]);
    expect(two?.clip.digest).not.toBe(one?.clip.digest);
    await expect(reader.read(path)).rejects.toMatchObject({ code: 'usage' });
  });

  it('follows a face from frame to frame by its place where nobody names it', async () => {
    const moving = [0, 1, 2].flatMap((frame) => {
      const [left, right] = [
        `${10 + frame},10,100,100,0.9,1,2,3,0.1,0,0.2,0,c.mp4,${frame}`,
        `${300 - frame},10,100,100,0.9,1,2,3,0.3,0,0.4,0,c.mp4,${frame}`,
      ];
      return frame === 1 ? [right, left] : [left, right];
    });
    const { subjects } = await readText([header, ...moving].join('\n'));
    expect(subjects.map(({ actionUnits }) => actionUnits.AU12?.both)).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it.skipIf(SHARED === null)('reads what py-feat and OpenFace wrote', async () => {
    const reader = createMeasurementReader();
    const units = async (name: string): Promise<[string[], number]> => {
      const percepts = await reader.read(join(SHARED ?? '', 'media', 'faces', 'peer_outputs', name));
      const [subject] = perceptsSchema.parse(percepts).subjects;
      return [Object.keys(subject?.actionUnits ?? {}), subject?.t.length ?? 0];
    };
    expect(await units('pyfeat_001.csv')).toEqual([expect.arrayContaining(['AU1', 'AU43']), 40]);
    expect(await units('pyfeat_OpenFace_Test.csv')).toEqual([expect.arrayContaining(['AU28', 'AU45']), 100]);
    const feafa = join(SHARED ?? '', 'eval', 'expllm_rafdb_1000.json');
    const parts = (await reader.parts(feafa)) ?? [];
    expect(parts).toHaveLength(1000);
    const smile = await reader.read(feafa, { part: 'test_0775_aligned.jpg' });
    expect(smile?.subjects[0]?.actionUnits.AU12).toMatchObject({ left: [1.639], right: [1.26], both: [1.639] });
    expect(smile?.subjects[0]?.actionUnits.AU6).toBeUndefined();
  });
});

it('reads quoted cells, tabs, a byte-order mark and Windows line ends; an interrupted reading is that', async () => {
  const rows = ['input\tframe\tAU12', '"C:\\faces, old\\a.jpg"\t0\t0.5', '"b.jpg"\t0\t0.25'];
  const path = join(folder, 'quoted.tsv');
  await writeFile(path, `\uFEFF${rows.join('\r\n')}\r\n`);
  const reader = createMeasurementReader();
  expect(await reader.parts(path)).toEqual(['C:\\faces, old\\a.jpg', 'b.jpg']);
  const second = await reader.read(path, { part: 'b.jpg' });
  expect(second?.subjects[0]?.actionUnits.AU12?.both).toEqual([1.25]);
  const commas = await readText('input,frame,AU12\n"a,b.jpg",0,0.5\n"c.jpg",0,0.1\n', 'commas.csv', 'a,b.jpg');
  expect(commas.subjects).toHaveLength(1);
  await expect(createMeasurementReader().read(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});

describe('percepts and other JSON', () => {
  const percepts = clipOf([subjectOf({ times: [0, 40, 80], units: { AU12: (t) => t / 40 } })]);

  it('gives percepts back as they were', async () => {
    const read = await readText(JSON.stringify(percepts), 'percepts.json');
    expect(read).toEqual({ ...percepts, clip: { ...percepts.clip, kind: 'percepts' } });
  });

  it('names the column that is too short, the entry that is no FEAFA, and JSON that is neither', async () => {
    const [subject] = percepts.subjects;
    const short = { ...percepts, subjects: [{ ...subject, sharpness: [1] }] };
    expect((await failureOf(JSON.stringify(short), 'p.json')).message).toMatch(/P1\.sharpness has 1 entries/);
    const feafa = [{ au: Array.from({ length: 24 }, () => 0.5) }, { au: [1, 2] }];
    expect((await failureOf(JSON.stringify(feafa), 'f.json')).message).toMatch(/f\.json, entry 2: a FEAFA entry/);
    expect((await failureOf('{"a": 1}', 'a.json')).message).toMatch(/no measurements/);
    expect((await failureOf('{"a": ', 'b.json')).message).toMatch(/not valid JSON/);
  });
});

it('reads or refuses whatever a table holds, with a typed error', async () => {
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: -1, max: 7, noNaN: true }).map(String) },
    { weight: 2, arbitrary: fc.constantFrom('', 'nan', '0', '1', '"', '-', '1e999', 'P1', '\u0000', '=1+1') },
    fc.string({ maxLength: 6 }).map((text) => text.replace(/[\n\r]/g, '')),
  );
  const columns = ['frame', 'timestamp', 'face_id', 'success', 'AU12_r', 'AU12_c', 'AU01', 'input', 'x_0', 'pose_Rx'];
  const tables = fc
    .tuple(fc.uniqueArray(fc.constantFrom(...columns), { minLength: 2 }), fc.integer({ min: 1, max: 6 }))
    .chain(([header, count]) =>
      fc
        .array(fc.array(cell, { minLength: header.length, maxLength: header.length }), {
          minLength: count,
          maxLength: count,
        })
        .map((rows) => [header, ...rows].map((row) => row.join(',')).join('\n')),
    );
  const path = join(folder, 'fuzz.csv');
  await fc.assert(
    fc.asyncProperty(tables, async (text) => {
      await writeFile(path, text);
      const reader = createMeasurementReader();
      try {
        const parts = await reader.parts(path);
        for (const part of parts ?? []) {
          perceptsSchema.parse(await reader.read(path, { part }));
        }
      } catch (thrown) {
        expect(WhyfaceError.isInstance(thrown) && thrown.code).toBe('input-invalid');
      }
    }),
    { numRuns: 150 },
  );
});
