import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { copyFile, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFileBlobStore } from '../../src/jobs/files/blob-store.ts';
import { createFileReceiver } from '../../src/jobs/files/intake.ts';
import { createSqliteAnalysisStore } from '../../src/jobs/sqlite/analysis-store.ts';
import { createSqliteJobQueue } from '../../src/jobs/sqlite/job-queue.ts';
import { createSqliteKeyStore } from '../../src/jobs/sqlite/key-store.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/jobs/sqlite/migrations.ts';
import { openDatabase } from '../../src/jobs/sqlite/open-database.ts';
import * as tables from '../../src/jobs/sqlite/schema.ts';
import { safeName } from '../../src/jobs/work-folder.ts';
import { fakeClip } from '../support/fake-steps.ts';
import { buildAnalysis, buildExplanation } from '../support/record-builder.ts';
import { openTestService } from '../support/service.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('store');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const errorWith = (code: string): Error => Object.assign(new Error(code), { code });

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    yield bytesOf(text);
  }
}

const LIMITS = { maximumBytes: 1_000, idleMs: 200, minimumRate: 10, reserveBytes: 1_000 };

describe('blobs', () => {
  it('come back as they were, are replaced whole, and go with their analysis', async () => {
    const blobs = await createFileBlobStore(join(folder, 'blobs'));
    await blobs.put('an_1/percepts', bytesOf('first'));
    await blobs.put('an_1/percepts', bytesOf('second'));
    await blobs.put('an_1/still-P1-20', bytesOf('picture'));
    expect(new TextDecoder().decode((await blobs.get('an_1/percepts')) ?? undefined)).toBe('second');
    expect(readdirSync(join(folder, 'blobs', 'an_1'))).toHaveLength(2);
    expect(await blobs.get('an_1/still-P1-2')).toBeNull();
    expect(await blobs.remove('an_1')).toEqual({ files: 2, bytes: 13 });
    expect(await blobs.owners()).toEqual([]);
  });

  it('N1: no name leads out of the store, and no link is followed out of it', async () => {
    const root = join(folder, 'names');
    const blobs = await createFileBlobStore(root);
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, `clip.${'0'.repeat(64)}`), 'secret');
    symlinkSync(outside, join(root, 'an_link'));
    await expect(blobs.get('an_link/clip')).rejects.toMatchObject({ code: 'input-unreadable' });
    for (const key of [
      '../outside/clip',
      '..',
      '../..',
      'an_1/../../x',
      '/etc/passwd',
      'a\0b/c',
      'C:\\x/y',
      'an_1\\x/y',
      '',
      'a/b/c',
      '.',
    ]) {
      await expect(blobs.put(key, bytesOf('x'))).rejects.toMatchObject({ code: 'internal' });
      await expect(blobs.remove(key)).rejects.toMatchObject({ code: 'internal' });
    }
    expect(readdirSync(outside)).toEqual([`clip.${'0'.repeat(64)}`]);
  });

  it('N1: names that senders give are labels', () => {
    const hostile = [
      '../../etc/passwd',
      '..%2f..%2fetc',
      'C:\\Windows\\x.mp4',
      'a\0b',
      '',
      '...',
      '/',
      `${'x'.repeat(500)}.mp4`,
      '.hidden',
      'a\nb',
      '‮gpj.exe',
    ];
    for (const name of hostile) {
      const safe = safeName(name, 'clip');
      expect(safe).toMatch(/^[\p{L}\p{N}_ -][\p{L}\p{N}._ -]{0,79}$/u);
      expect(safe).not.toMatch(/[/\\\0\n]/);
    }
    expect(safeName('Müller lächelt 2.mp4', 'clip')).toBe('Müller lächelt 2.mp4');
  });

  it('D4: a changed file is noticed, and others are still served', async () => {
    const blobs = await createFileBlobStore(join(folder, 'flipped'));
    await blobs.put('an_1/percepts', bytesOf('whole'));
    await blobs.put('an_2/percepts', bytesOf('other'));
    const [name = ''] = readdirSync(join(folder, 'flipped', 'an_1'));
    writeFileSync(join(folder, 'flipped', 'an_1', name), 'whOle');
    await expect(blobs.get('an_1/percepts')).rejects.toMatchObject({ code: 'store-damaged' });
    await expect(blobs.file('an_1/percepts')).rejects.toMatchObject({ code: 'store-damaged' });
    expect(await blobs.get('an_2/percepts')).not.toBeNull();
  });

  it('D3: a full disk is said as such, leaves nothing half written, and passes', async () => {
    let full: 'open' | 'write' | 'rename' | null = 'open';
    const blobs = await createFileBlobStore(join(folder, 'full'), {
      open: async (...given) => {
        if (full === 'open') {
          throw errorWith('ENOSPC');
        }
        const file = await open(...given);
        if (full === 'write') {
          file.writeFile = () => Promise.reject(errorWith('ENOSPC'));
        }
        return file;
      },
      rename: async (...given) => {
        if (full === 'rename') {
          throw errorWith('EDQUOT');
        }
        return rename(...given);
      },
    });
    for (const step of ['open', 'write', 'rename'] as const) {
      full = step;
      await expect(blobs.put('an_1/percepts', bytesOf('x'))).rejects.toMatchObject({
        code: 'storage-full',
        retryable: true,
      });
      expect(existsSync(join(folder, 'full', 'an_1')) ? readdirSync(join(folder, 'full', 'an_1')) : []).toEqual([]);
    }
    full = null;
    await blobs.put('an_1/percepts', bytesOf('x'));
    expect(await blobs.get('an_1/percepts')).not.toBeNull();
  });
});

describe('uploads', () => {
  it('are hashed, counted, and refused where they are empty, too large or broken off', async () => {
    const uploads = join(folder, 'uploads');
    const receiver = await createFileReceiver(uploads, LIMITS);
    const received = await receiver.receive(chunks('ab', 'c'), { name: 'x.mp4', announced: 3 });
    expect(received).toMatchObject({ bytes: 3, name: 'x.mp4', digest: expect.stringMatching(/^ba7816bf/) });
    await received.discard();
    const failing: Array<[AsyncIterable<Uint8Array>, number | null, string]> = [
      [chunks(), null, 'media-empty'],
      [chunks('x'.repeat(600), 'x'.repeat(600)), null, 'media-too-large'],
      [chunks('x'), 5_000, 'media-too-large'],
      [chunks('x'), 5, 'upload-incomplete'],
    ];
    for (const [source, announced, code] of failing) {
      await expect(receiver.receive(source, { name: null, announced })).rejects.toMatchObject({ code });
    }
    expect(readdirSync(uploads)).toEqual([]);
  });

  it('S3: that drip or stop are given up', async () => {
    const receiver = await createFileReceiver(join(folder, 'slow'), LIMITS);
    async function* stuck(): AsyncGenerator<Uint8Array> {
      yield bytesOf('x');
      await new Promise(() => undefined);
    }
    await expect(receiver.receive(stuck(), { name: null, announced: null })).rejects.toMatchObject({
      code: 'upload-too-slow',
    });
    expect(readdirSync(join(folder, 'slow'))).toEqual([]);
  });

  it('D3: are refused before a byte is written where the disk has no room', async () => {
    const receiver = await createFileReceiver(join(folder, 'no-room'), LIMITS, { open, freeBytes: async () => 1_500 });
    await expect(receiver.receive(chunks('x'), { name: null, announced: 600 })).rejects.toMatchObject({
      code: 'storage-full',
    });
    await (await receiver.receive(chunks('x'.repeat(400)), { name: null, announced: 400 })).discard();
  });

  it('of processes that are gone are swept away, those of others stay', async () => {
    const receiver = await createFileReceiver(join(folder, 'sweep'), LIMITS);
    // A number above every kernel's largest.
    writeFileSync(join(folder, 'sweep', '99999999-aa.part'), 'old');
    writeFileSync(join(folder, 'sweep', `${process.pid}-bb.part`), 'own');
    expect(await receiver.sweep()).toBe(1);
    expect(readdirSync(join(folder, 'sweep'))).toEqual([`${process.pid}-bb.part`]);
  });
});

describe('the database', () => {
  it('has the columns that the program believes in', async () => {
    const database = await openDatabase(join(folder, 'columns.db'));
    for (const table of Object.values(tables).filter((each) => is(each, SQLiteTable))) {
      const { rows } = await database.client.execute(`PRAGMA table_info(${getTableName(table)})`);
      expect(rows.map(({ name }) => name)).toEqual(Object.values(getTableColumns(table)).map(({ name }) => name));
    }
    database.close();
  });

  it('V2: takes nothing in of an analysis that has been deleted', async () => {
    const database = await openDatabase(join(folder, 'late.db'));
    const store = createSqliteAnalysisStore(database);
    const explanations = [buildExplanation()];
    await store.saveResult('an_gone', { analysis: buildAnalysis(), explanations, stills: [] });
    await store.addExplanations('an_gone', 'request', explanations);
    for (const table of ['analyses', 'explanations']) {
      const { rows } = await database.client.execute(`SELECT count(*) AS rows FROM ${table}`);
      expect([table, rows[0]?.rows]).toEqual([table, 0]);
    }
    database.close();
  });

  it('D4: says what to do when it is damaged', async () => {
    const path = join(folder, 'garbage.db');
    writeFileSync(path, 'this is no database, whatever its name says. '.repeat(200));
    await expect(openDatabase(path)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringContaining('move it away'),
    });
    const cut = join(folder, 'cut.db');
    const whole = await openDatabase(cut);
    await whole.scrub();
    whole.close();
    truncateSync(cut, 20_000);
    await expect(openDatabase(cut)).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('D7: refuses one that a newer version wrote, without touching it', async () => {
    const path = join(folder, 'newer.db');
    const database = await openDatabase(path);
    await database.client.execute(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    await expect(openDatabase(path)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('newer'),
    });
  });

  it('D7: opens what every released version wrote, and reads all of it', async () => {
    const databases = join(ROOT, 'test', 'jobs', 'databases');
    const kept = readdirSync(databases).filter((name) => name.endsWith('.db'));
    expect(kept).toEqual(MIGRATIONS.map(({ version }) => `v${version}.db`));
    for (const name of kept) {
      const path = join(folder, name);
      await copyFile(join(databases, name), path);
      const database = await openDatabase(path);
      const store = createSqliteAnalysisStore(database);
      const [record] = await store.list(null, { limit: 10, after: null });
      expect(record).toMatchObject({ owner: 'local', input: 'clip.mp4', options: { fps: 'all', stills: true } });
      expect(record?.analysis?.observations.length).toBeGreaterThan(0);
      expect(record?.explanations[0]?.conclusion.text).toBeTruthy();
      const id = record?.id ?? '';
      expect(await store.corrections(id)).toHaveLength(1);
      expect((await store.auditOf(id)).length).toBeGreaterThan(0);
      expect(await createSqliteKeyStore(database).list()).toHaveLength(1);
      const queue = createSqliteJobQueue(database);
      expect((await queue.get(id))?.status).toBe('succeeded');
      const types: string[] = [];
      for await (const { event } of queue.events(id, { after: 0, signal: new AbortController().signal })) {
        types.push(event.type);
      }
      expect(types.at(-1)).toBe('job-end');
      await queue.close();
      database.close();
    }
  });
});

describe('retention', () => {
  it('takes away what nobody asked for in time; keeps it when told to', async () => {
    for (const keep of [false, true]) {
      const dataDir = join(folder, `idle-${keep}`);
      let offset = 0;
      const service = await openTestService(dataDir, { settings: { keep }, now: () => Date.now() + offset });
      try {
        const made = await service.request('/v1/analyses', {
          method: 'POST',
          body: fakeClip({ marker: 'IDLE-MARKER' }),
        });
        const { id, expiresAt } = z
          .object({ id: z.string(), expiresAt: z.string().nullable() })
          .parse(await made.json());
        expect(expiresAt === null).toBe(keep);
        const house = (): Promise<void> => service.services.analyses.expire(new AbortController().signal);
        offset = 59 * 60_000;
        await house();
        // Asking for it starts the hour anew.
        expect((await service.request(`/v1/analyses/${id}`)).status).toBe(200);
        offset = 118 * 60_000;
        await house();
        expect((await service.request(`/v1/analyses/${id}`)).status).toBe(200);
        offset = 200 * 60_000;
        await house();
        expect((await service.request(`/v1/analyses/${id}`)).status).toBe(keep ? 200 : 404);
        const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        const held = files.some((entry) =>
          readFileSync(join(entry.parentPath, entry.name), 'latin1').includes('IDLE-MARKER'),
        );
        expect(held).toBe(keep);
      } finally {
        await service.stop(0);
      }
    }
  });
});
