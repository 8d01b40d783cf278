import { MIGRATIONS } from '../sqlite/migrations.ts';

/** What D1 needs beside the tables of SQLite: elsewhere blobs are files. */
const BLOBS = `CREATE TABLE blobs (
        key TEXT NOT NULL, part INTEGER NOT NULL, digest TEXT NOT NULL, bytes BLOB NOT NULL,
        PRIMARY KEY (key, part)) WITHOUT ROWID`;

/** The files of `migrations/`, for `wrangler d1 migrations apply`. A test holds them against this. */
export const d1Migrations = (): Array<{ name: string; sql: string }> =>
  MIGRATIONS.map(({ version, statements }) => ({
    name: `${String(version).padStart(4, '0')}.sql`,
    sql: `${[...statements, ...(version === 1 ? [BLOBS] : [])].join(';\n')};\n`,
  }));
