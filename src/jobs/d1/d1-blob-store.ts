/** `BlobStore` in D1. A row of D1 holds at most 2 MB, so a blob lies in parts. */
import type { D1Database } from '@cloudflare/workers-types';
import { WhyfaceError } from '../../kit/error.ts';
import { sha256Hex } from '../canonical.ts';
import type { BlobStore } from '../ports.ts';

const PART_BYTES = 1_000_000;
const KEY = /^[A-Za-z0-9_-]{1,80}(?:\/[A-Za-z0-9_-]{1,80})?$/;

const checked = (key: string): string => {
  if (!KEY.test(key)) {
    throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'A blob has no such key.' });
  }
  return key;
};

const noFiles = (): never => {
  throw new WhyfaceError({
    code: 'media-unsupported',
    stage: 'jobs',
    message: 'There are no files at the edge: send measurements, not media.',
  });
};

export const createD1BlobStore = (d1: D1Database): BlobStore => ({
  put: async (key, bytes) => {
    const digest = await sha256Hex(bytes);
    const statements = [d1.prepare('DELETE FROM blobs WHERE key = ?').bind(checked(key))];
    for (let part = 0; part === 0 || part * PART_BYTES < bytes.length; part += 1) {
      const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
      statements.push(
        d1
          .prepare('INSERT INTO blobs (key, part, digest, bytes) VALUES (?, ?, ?, ?)')
          .bind(key, part, digest, slice.buffer),
      );
    }
    await d1.batch(statements);
  },
  get: async (key) => {
    const { results } = await d1
      .prepare('SELECT digest, bytes FROM blobs WHERE key = ? ORDER BY part')
      .bind(checked(key))
      .all<{ digest: string; bytes: number[] }>();
    const first = results[0];
    if (first === undefined) {
      return null;
    }
    const bytes = new Uint8Array(results.reduce((sum, row) => sum + row.bytes.length, 0));
    let offset = 0;
    for (const row of results) {
      bytes.set(row.bytes, offset);
      offset += row.bytes.length;
    }
    if ((await sha256Hex(bytes)) !== first.digest) {
      throw new WhyfaceError({
        code: 'store-damaged',
        stage: 'jobs',
        message: `What is stored as ${key} is not what was written; delete the analysis and send it again.`,
      });
    }
    return bytes;
  },
  adopt: noFiles,
  file: async () => null,
  size: async (key) =>
    (await d1
      .prepare('SELECT sum(length(bytes)) AS size FROM blobs WHERE key = ?')
      .bind(checked(key))
      .first<number>('size')) ?? null,
  remove: async (keyOrPrefix) => {
    const where = keyOrPrefix.includes('/') ? 'key = ?' : "key >= ? || '/' AND key < ? || '0'";
    const values = keyOrPrefix.includes('/') ? [checked(keyOrPrefix)] : [checked(keyOrPrefix), keyOrPrefix];
    const found = await d1
      .prepare(
        `SELECT count(DISTINCT key) AS files, coalesce(sum(length(bytes)), 0) AS bytes FROM blobs WHERE ${where}`,
      )
      .bind(...values)
      .first<{ files: number; bytes: number }>();
    await d1
      .prepare(`DELETE FROM blobs WHERE ${where}`)
      .bind(...values)
      .run();
    return { files: found?.files ?? 0, bytes: found?.bytes ?? 0 };
  },
  owners: async () => {
    const { results } = await d1.prepare('SELECT DISTINCT key FROM blobs').all<{ key: string }>();
    return [...new Set(results.map(({ key }) => key.split('/')[0] ?? key))];
  },
});
