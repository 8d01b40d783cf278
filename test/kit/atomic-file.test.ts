import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../src/kit/atomic-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('atomic-file');

describe('writeFileAtomic', () => {
  it('writes one whole file, also when several write the same name at once', async () => {
    const path = join(folder, 'new', 'result.json');
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(50_000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    expect(contents).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(join(folder, 'new'))).toEqual(['result.json']);
  });

  it('leaves nothing behind when it fails', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(join(taken, 'inner'), { recursive: true });
    await expect(writeFileAtomic(taken, 'content')).rejects.toMatchObject({
      code: 'output-unwritable',
      message: expect.stringContaining(taken),
    });
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });
});
