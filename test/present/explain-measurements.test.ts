import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whyface } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('explain-measurements');

it('explains a table of measurements: one record for each input in it, and an error that names line and column', async () => {
  const good = join(folder, 'faces.csv');
  const bad = join(folder, 'bad.csv');
  await writeFile(good, 'AU06,AU12,AU25,FaceScore,input,frame\n0.9,0.95,0.9,0.99,a.jpg,0\n0.0,0.0,0.1,0.99,b.jpg,0\n');
  await writeFile(bad, 'frame,AU12_r\n0,1\n1,much\n');
  const { status, stdout } = await whyface(['explain', good, bad, '--format', 'json', '--quiet']);
  const records = JSON.parse(stdout);
  expect(status).toBe(65);
  expect(records.map(({ input }: { input: string }) => input.slice(folder.length + 1))).toEqual([
    'faces.csv#a.jpg',
    'faces.csv#b.jpg',
    'bad.csv',
  ]);
  expect(records[0].explanations[0].judgement.expression.label).toBe('happiness');
  expect(records[0].analysis.clip.kind).toBe('percepts');
  expect(records[2].error).toMatchObject({ code: 'input-invalid' });
  expect(records[2].error.message).toMatch(/bad\.csv, line 3, column AU12_r/);
});
