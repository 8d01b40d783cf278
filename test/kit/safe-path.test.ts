import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInputFile, pathInside, printableName } from '../../src/kit/safe-path.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('safe-path');
const store = join(folder, 'store');
mkdirSync(join(store, 'inner'), { recursive: true });
mkdirSync(join(folder, 'outside'));
writeFileSync(join(folder, 'outside', 'secret'), 'secret');
writeFileSync(join(store, 'file'), 'content');
symlinkSync(join(folder, 'outside'), join(store, 'door'));
symlinkSync(join(folder, 'outside', 'secret'), join(store, 'window'));

describe('openInputFile', () => {
  it('gives the real path, the name as a label and the size', async () => {
    expect(await openInputFile(join(store, 'file'))).toMatchObject({ name: 'file', bytes: 7 });
  });

  it.each([
    ['a missing file', join(store, 'nothing.mp4'), 'input-not-found', /nothing\.mp4 does not exist/],
    ['a path through a file', join(store, 'file', 'x.mp4'), 'input-not-found', /x\.mp4 does not exist/],
    ['a folder', store, 'input-unreadable', /store is a folder/],
    ['a device', '/dev/null', 'input-unreadable', /null is not a regular file/],
    ['a NUL in the name', 'a\0b.mp4', 'input-unreadable', /NUL/],
  ])('refuses %s with a sentence', async (_, path, code, message) => {
    await expect(openInputFile(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('pathInside', () => {
  it('gives places in the folder, existing or not', async () => {
    expect(await pathInside(store, 'file')).toBe(join(store, 'file'));
    expect(await pathInside(store, 'inner/new/deep')).toBe(join(store, 'inner/new/deep'));
  });

  it.each([
    '../outside/secret', 'inner/../../outside/secret', '/etc/passwd', '', '.', '..', 'a\0', 'C:\\x', 'c:x', '..\\x',
    'door/secret', 'door/new', 'door/new/deeper', 'window',
  ])('refuses %j', async (name) => {
    await expect(pathInside(store, name)).rejects.toMatchObject({ code: 'input-unreadable' });
  }); // biome-ignore format: one table

  it('never leads out, whatever the name', async () => {
    const part = fc.constantFrom('..', '.', 'inner', 'door', 'window', 'x', '%2e%2e', '', '…');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const found = await pathInside(store, parts.join('/')).catch(() => null);
        expect(found === null || found.startsWith(`${store}/`)).toBe(true);
      }),
    );
  });
});

describe('printableName', () => {
  it('keeps a name on one line and in one direction', () => {
    expect(printableName('/a/b\n\u001b[31m\u202egpj.exe')).toBe('b??[31m?gpj.exe');
    expect(printableName('x'.repeat(500)).length).toBeLessThanOrEqual(120);
  });
});
