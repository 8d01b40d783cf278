/** `KeyStore` in SQLite. */
import { eq } from 'drizzle-orm';
import { apiKeyFacts } from '../../contracts/index.ts';
import type { KeyStore } from '../ports.ts';
import { storedJson } from '../stored-json.ts';
import type { Database } from './open-database.ts';
import * as table from './schema.ts';

export const createSqliteKeyStore = ({ drizzle: db }: Database): KeyStore => ({
  add: async ({ hash, ...facts }) => {
    await db.insert(table.apiKeys).values({ id: facts.id, hash, facts: JSON.stringify(facts) });
  },
  find: async (id) => {
    const rows = await db.select().from(table.apiKeys).where(eq(table.apiKeys.id, id));
    const row = rows[0];
    return row === undefined ? null : { ...storedJson(apiKeyFacts, row.facts, `the key ${id}`), hash: row.hash };
  },
  list: async () => {
    const rows = await db.select().from(table.apiKeys);
    return rows.map(({ id, facts }) => storedJson(apiKeyFacts, facts, `the key ${id}`));
  },
  revoke: async (id) => (await db.delete(table.apiKeys).where(eq(table.apiKeys.id, id))).rowsAffected > 0,
});
