import { describe, expect, it } from 'vitest';
import type { Percepts } from '../../src/contracts/index.ts';
import { csvHeader, csvRows } from '../../src/present/csv/rows.ts';
import { createCsvRenderer } from '../../src/present/csv/table.ts';
import { buildPercepts } from '../support/record-builder.ts';

const HEADER =
  'input,frame,timestamp,face_id,confidence,success,face_x,face_y,face_w,face_h,pose_Rx,pose_Ry,pose_Rz,gaze_angle_x,gaze_angle_y,' +
  'AU01_r,AU02_r,AU04_r,AU05_r,AU06_r,AU07_r,AU09_r,AU10_r,AU12_r,AU14_r,AU15_r,AU16_r,AU17_r,AU18_r,AU20_r,AU22_r,AU23_r,AU24_r,AU25_r,AU26_r,AU27_r,AU28_r,AU45_r,' +
  'AU01L_r,AU01R_r,AU02L_r,AU02R_r,AU04L_r,AU04R_r,AU05L_r,AU05R_r,AU06L_r,AU06R_r,AU07L_r,AU07R_r,AU09L_r,AU09R_r,AU10L_r,AU10R_r,AU12L_r,AU12R_r,AU14L_r,AU14R_r,AU15L_r,AU15R_r,AU16L_r,AU16R_r,AU20L_r,AU20R_r,AU45L_r,AU45R_r,' +
  'AU01_c,AU02_c,AU04_c,AU05_c,AU06_c,AU07_c,AU09_c,AU10_c,AU12_c,AU14_c,AU15_c,AU16_c,AU17_c,AU18_c,AU20_c,AU22_c,AU23_c,AU24_c,AU25_c,AU26_c,AU27_c,AU28_c,AU45_c,' +
  'expression_anger,expression_contempt,expression_disgust,expression_fear,expression_happiness,expression_neutral,expression_sadness,expression_surprise,valence,arousal\n';

const rowsOf = (percepts: Percepts, input = 'a.png'): Array<Record<string, string>> => {
  const names = HEADER.trim().split(',');
  return [...csvRows(input, percepts)]
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
};

const subjectOf = (percepts: Percepts): Percepts['subjects'][number] => {
  const [subject] = percepts.subjects;
  expect(subject).toBeDefined();
  return subject ?? expect.fail('no subject');
};

describe('observe --format csv', () => {
  it('keeps its header line', () => {
    expect(csvHeader()).toBe(HEADER);
  });

  it('writes a photo as frame 0 with every column filled', () => {
    const [row] = rowsOf(buildPercepts({ kind: 'image' }));
    expect(row).toMatchObject({ input: 'a.png', frame: '0', timestamp: '0', face_id: 'P1', success: '1', AU12_c: '1' });
    expect(Object.values(row ?? {}).filter((cell) => cell === '')).toEqual([]);
  });

  it('turns poses into radians with the signs of OpenFace', () => {
    const percepts = buildPercepts({ kind: 'image' });
    const subject = subjectOf(percepts);
    subject.head = { yaw: [20], pitch: [10], roll: [-5] };
    subject.gaze = { yaw: [-30], pitch: [-10] };
    const [row] = rowsOf(percepts);
    // Turned to the own left is negative, looking up is negative, leaning to the own right shoulder is negative;
    // the eyes look 10° to the own right of the camera and straight ahead in height.
    expect(row).toMatchObject({ pose_Rx: '-0.1745', pose_Ry: '-0.3491', pose_Rz: '-0.0873' });
    expect(row).toMatchObject({ gaze_angle_x: '-0.1745', gaze_angle_y: '0' });
  });

  it('gives a frame without a face one row with success 0, and leaves it empty', () => {
    const percepts = buildPercepts({ frames: 3 });
    percepts.subjects = [];
    const rows = rowsOf(percepts);
    expect(rows.map(({ frame, timestamp, success }) => [frame, timestamp, success])).toEqual([
      ['0', '0', '0'],
      ['1', '0.04', '0'],
      ['2', '0.08', '0'],
    ]);
    expect(rows[0]).toMatchObject({ face_id: '', AU12_r: '', AU12_c: '', valence: '', pose_Rx: '' });
  });

  it('leaves empty what was not measured, and writes 0 for a measured 0', () => {
    const percepts = buildPercepts({ kind: 'image' });
    const subject = subjectOf(percepts);
    subject.expression = null;
    subject.affect = null;
    delete subject.actionUnits.AU9;
    subject.actionUnits.AU4 = { both: [0], left: [0], right: [null], threshold: 1 };
    const [row] = rowsOf(percepts);
    expect(row).toMatchObject({ expression_fear: '', valence: '', AU09_r: '', AU09_c: '' });
    expect(row).toMatchObject({ AU04_r: '0', AU04L_r: '0', AU04R_r: '', AU04_c: '0' });
  });

  it('writes one row a face, people in order within a frame', () => {
    const percepts = buildPercepts({ frames: 2 });
    const [first] = percepts.subjects;
    if (first !== undefined) {
      percepts.subjects = [first, { ...first, id: 'P2' }];
    }
    expect(rowsOf(percepts).map(({ frame, face_id }) => `${frame} ${face_id}`)).toEqual([
      '0 P1',
      '0 P2',
      '1 P1',
      '1 P2',
    ]);
  });

  it('lets no file name become a formula, a second line or a column', () => {
    const [row] = [...csvRows('=HYPERLINK("http://x")\n,y', buildPercepts({ kind: 'image' }))];
    expect(row?.startsWith(`"'=HYPERLINK(""http://x"") ,y",0,0,P1`)).toBe(true);
  });

  it('has no rows for an input that failed', () => {
    const error = { code: 'media-damaged', stage: 'media', message: 'a is damaged' };
    expect([...createCsvRenderer().add({ record: { input: 'a', analysis: null, error }, percepts: null })]).toEqual([]);
  });
});
