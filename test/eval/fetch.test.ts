import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobId, fetchPublished } from '../../eval/fetch/fetch-published.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const content = new TextEncoder().encode('name,openset\na,"[happy]"\n');
const repositories = [
  {
    repository: 'someone/data',
    commit: 'c0ffee',
    licence: 'research',
    files: [
      { path: 'a b.csv', target: 'x/a.csv', blob: blobId(content) },
      { path: 'c.csv', target: 'x/c.csv', blob: blobId(content) },
    ],
  },
];

describe('whyface eval fetch', () => {
  it('knows the id that git gives a file', () => {
    expect(blobId(new TextEncoder().encode('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });

  it('brings what is missing, leaves what is right, and refuses what is not what was published', async () => {
    const folder = temporaryFolder('fetch');
    const asked: string[] = [];
    const send: typeof fetch = async (address) => {
      asked.push(String(address));
      return new Response(content);
    };
    const options = { fetch: send, repositories };
    expect((await fetchPublished({ folder, base: 'http://mirror' }, options)).values).toEqual({ fetched: 2, total: 2 });
    expect(asked[0]).toBe('http://mirror/someone/data/c0ffee/a%20b.csv');
    writeFileSync(join(folder, 'emer/x/a.csv'), 'damaged');
    expect((await fetchPublished({ folder }, options)).values).toEqual({ fetched: 1, total: 2 });
    writeFileSync(join(folder, 'emer/x/c.csv'), 'old');
    const other = { fetch: async () => new Response('something else'), repositories };
    await expect(fetchPublished({ folder }, other)).rejects.toThrow(/not the file that was published/);
    expect(readFileSync(join(folder, 'emer/x/c.csv'), 'utf8')).toBe('old');
  });
});
