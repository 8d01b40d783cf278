import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { accessScope, purpose } from '../../../contracts/index.ts';
import { dataFolder } from '../../../jobs/open-local.ts';
import type { KeyStore } from '../../../jobs/ports.ts';
import { createSqliteKeyStore } from '../../../jobs/sqlite/key-store.ts';
import { openDatabase } from '../../../jobs/sqlite/open-database.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { createApiKey } from '../../http/access/api-key.ts';
import { plain } from '../../view/plain.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { optionsOf } from '../options.ts';
import { openOutput } from '../output.ts';

export type KeysFlags = {
  dataDir?: string;
  scopes?: string;
  purpose?: string;
  concurrency?: string;
  rate?: string;
  days?: string;
  json?: boolean;
};

const DAY_MS = 24 * 60 * 60 * 1000;

const newKey = z.object({
  name: z.string().min(1).max(80),
  scopes: z.array(accessScope).min(1),
  purpose: purpose.nullable(),
  concurrency: z.coerce.number().int().positive().max(1_000).nullable(),
  rate: z.coerce.number().int().positive().max(1_000_000).nullable(),
  days: z.coerce.number().positive().max(36_500).nullable(),
});

const withKeys = async <Result>(
  flags: KeysFlags,
  io: CliIo,
  work: (keys: KeyStore) => Promise<Result>,
): Promise<Result> => {
  const database = await openDatabase(join(dataFolder(io.env, homedir(), flags.dataDir), 'whyface.db'));
  try {
    return await work(createSqliteKeyStore(database));
  } finally {
    database.close();
  }
};

const print = async (text: string, io: CliIo): Promise<void> => (await openOutput(undefined, io)).write(text);

/** `whyface keys add NAME`: the key goes to stdout alone, once. */
export const addKey = async (name: string, flags: KeysFlags, io: CliIo): Promise<ExitStatus> => {
  const wanted = optionsOf(newKey, {
    name,
    scopes: (flags.scopes ?? 'read,analyse').split(',').map((scope) => scope.trim()),
    purpose: flags.purpose ?? null,
    concurrency: flags.concurrency ?? null,
    rate: flags.rate ?? null,
    days: flags.days ?? null,
  });
  const { facts, key } = await withKeys(flags, io, (keys) =>
    createApiKey(
      keys,
      {
        name: wanted.name,
        scopes: wanted.scopes,
        purpose: wanted.purpose,
        concurrency: wanted.concurrency,
        requestsPerMinute: wanted.rate,
        expiresAt: wanted.days === null ? null : new Date(Date.now() + wanted.days * DAY_MS).toISOString(),
      },
      Date.now,
    ),
  );
  io.stderr.write(
    `whyface: The key ${facts.id} (${plain(facts.name)}; ${facts.scopes.join(', ')}) is shown once; keep it safe.\n`,
  );
  await print(`${key}\n`, io);
  return 0;
};

/** `whyface keys list` */
export const listKeys = async (flags: KeysFlags, io: CliIo): Promise<ExitStatus> => {
  const keys = await withKeys(flags, io, (store) => store.list());
  const lines = keys.map(
    ({ id, name, scopes, purpose: stated, createdAt, expiresAt }) =>
      `${id}  ${plain(name)}  ${scopes.join(',')}  ${stated ?? "server's purpose"}  since ${createdAt.slice(0, 10)}${expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`}\n`,
  );
  await print(flags.json === true ? `${JSON.stringify(keys, null, 2)}\n` : lines.join(''), io);
  return 0;
};

/** `whyface keys revoke ID` */
export const revokeKey = async (id: string, flags: KeysFlags, io: CliIo): Promise<ExitStatus> => {
  if (!(await withKeys(flags, io, (store) => store.revoke(id)))) {
    throw new WhyfaceError({
      code: 'not-found',
      stage: 'config',
      message: `There is no key ${plain(id)}; "whyface keys list" shows them.`,
    });
  }
  io.stderr.write(`whyface: The key ${plain(id)} is withdrawn.\n`);
  return 0;
};
