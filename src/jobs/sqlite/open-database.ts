import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client, createClient, LibsqlError } from '@libsql/client/node';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { drizzle } from 'drizzle-orm/libsql/node';
import { WhyfaceError } from '../../kit/error.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations.ts';
import * as schema from './schema.ts';

export type Database = {
  drizzle: LibSQLDatabase<typeof schema>;
  client: Client;
  path: string;
  /** Takes what was deleted out of the write-ahead log as well, so that no byte of it is left in the files. */
  scrub(): Promise<void>;
  close(): void;
};

/** Another process may hold the file for a moment; longer than this is a fault. */
const BUSY_MS = 10_000;

/**
 * Opens the database and brings it to this program's version.
 *
 * @throws WhyfaceError `store-damaged`, `config-invalid` (written by a newer version), `output-unwritable`
 */
export const openDatabase = async (path: string): Promise<Database> => {
  const client = await connect(path);
  try {
    // WAL: readers go on while one writes, and a kill leaves whole transactions; NORMAL: only a power cut may lose the
    // last of them, and what they told of is then done again. `secure_delete`: deleted rows are overwritten, not only
    // unlinked. One connection, so that these hold for every statement.
    await client.execute('PRAGMA journal_mode = WAL');
    await client.execute('PRAGMA synchronous = NORMAL');
    await client.execute('PRAGMA secure_delete = ON');
    await assertWhole(client, path);
    await migrate(client, path);
  } catch (thrown) {
    client.close();
    throw asStoreError(thrown, path);
  }
  return {
    drizzle: drizzle(client, { schema }),
    client,
    path,
    scrub: async () => {
      // A reader in another process may keep the log for a moment.
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const { rows } = await client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
        if (Number(rows[0]?.busy ?? 0) === 0) {
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    close: () => client.close(),
  };
};

const connect = async (path: string): Promise<Client> => {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return createClient({ url: pathToFileURL(path).href, timeout: BUSY_MS, concurrency: 1, intMode: 'number' });
  } catch (thrown) {
    throw asStoreError(thrown, path);
  }
};

/** Each step in a transaction of its own that also writes its version; two processes at once do it once. */
const migrate = async (client: Client, path: string): Promise<void> => {
  const found = await versionOf(client);
  if (found > SCHEMA_VERSION) {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'jobs',
      message: `${path} was written by a newer whyface (schema ${found}, this one knows ${SCHEMA_VERSION}); update whyface or choose another --data-dir.`,
    });
  }
  for (const { version, statements } of MIGRATIONS) {
    if (version <= found) {
      continue;
    }
    const transaction = await client.transaction('write');
    try {
      const { rows } = await transaction.execute('PRAGMA user_version');
      if (Number(rows[0]?.user_version ?? 0) < version) {
        for (const statement of statements) {
          await transaction.execute(statement);
        }
        await transaction.execute(`PRAGMA user_version = ${version}`);
      }
      await transaction.commit();
    } finally {
      transaction.close();
    }
  }
};

const damaged = (path: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'store-damaged',
    stage: 'jobs',
    message: `The database ${path} is damaged; move it away (results in it are lost) or restore a backup, and start again.`,
    cause,
  });

/** Reads every page once: better told at the start than in the middle of somebody's request. */
const assertWhole = async (client: Client, path: string): Promise<void> => {
  const { rows } = await client.execute('PRAGMA quick_check(1)');
  if (rows[0]?.quick_check !== 'ok') {
    throw damaged(path);
  }
};

const versionOf = async (client: Client): Promise<number> => {
  const { rows } = await client.execute('PRAGMA user_version');
  return Number(rows[0]?.user_version ?? 0);
};

/** What the database says, in words a person can act on. */
export const asStoreError = (thrown: unknown, path: string): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  const code = thrown instanceof LibsqlError ? thrown.code : '';
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return damaged(path, thrown);
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new WhyfaceError({
      code: 'storage-full',
      stage: 'jobs',
      message: 'The disk is full; free some space and try again.',
      retryable: true,
      cause: thrown,
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR')) {
    return new WhyfaceError({
      code: 'output-unwritable',
      stage: 'jobs',
      message: `The database ${path} cannot be written (${code}); check the folder's permissions or choose another --data-dir.`,
      cause: thrown,
    });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WhyfaceError({
    code: 'internal',
    stage: 'jobs',
    message: `The database failed: ${message}`,
    cause: thrown,
  });
};
