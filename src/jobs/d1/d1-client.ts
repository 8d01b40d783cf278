/** D1 behind the client interface of libsql, so that the stores for SQLite work at the edge as they are. */
import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types';
import type { Client, InArgs, InStatement, InValue, ResultSet, Row } from '@libsql/client';
import { drizzle } from 'drizzle-orm/libsql/web';
import { WhyfaceError } from '../../kit/error.ts';
import type { Database } from '../sqlite/open-database.ts';
import * as schema from '../sqlite/schema.ts';

type Bound = string | number | null | ArrayBuffer;

const bind = (value: InValue): Bound => {
  if (value === null || typeof value === 'string' || typeof value === 'number') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  if (value instanceof Uint8Array) {
    return new Uint8Array(value).buffer;
  }
  return value instanceof ArrayBuffer ? value : Number(value);
};

/** Blobs come as plain arrays of bytes. */
const cellOf = (value: unknown): Row[number] => {
  if (value === null || typeof value === 'string' || typeof value === 'number') {
    return value;
  }
  return Array.isArray(value) ? new Uint8Array(value).buffer : null;
};

/** Columns by number and by name. */
const rowOf = (record: Record<string, unknown>): Row => {
  const row: Row = { length: Object.keys(record).length };
  for (const [index, [name, value]] of Object.entries(record).entries()) {
    row[index] = cellOf(value);
    row[name] = cellOf(value);
  }
  return row;
};

const resultOf = ({ results, meta }: D1Result<Record<string, unknown>>): ResultSet => ({
  columns: Object.keys(results[0] ?? {}),
  columnTypes: [],
  rows: results.map(rowOf),
  rowsAffected: meta.changes,
  lastInsertRowid: BigInt(meta.last_row_id),
  toJSON: () => results,
});

const notAtTheEdge = (): never => {
  throw new WhyfaceError({ code: 'internal', stage: 'jobs', message: 'D1 has no such operation.' });
};

const createD1Client = (d1: D1Database): Client => {
  const prepare = (statement: InStatement | [string, InArgs?]): D1PreparedStatement => {
    const [sql, args] =
      typeof statement === 'string'
        ? [statement, []]
        : Array.isArray(statement)
          ? [statement[0], statement[1] ?? []]
          : [statement.sql, statement.args ?? []];
    return d1.prepare(sql).bind(...(Array.isArray(args) ? args.map(bind) : notAtTheEdge()));
  };
  return {
    execute: async (statement: InStatement, args?: InArgs) =>
      resultOf(await prepare(typeof statement === 'string' ? [statement, args ?? []] : statement).all()),
    // D1 runs a batch in one transaction.
    batch: async (statements) => (await d1.batch<Record<string, unknown>>(statements.map(prepare))).map(resultOf),
    migrate: notAtTheEdge,
    transaction: notAtTheEdge,
    executeMultiple: notAtTheEdge,
    sync: notAtTheEdge,
    reconnect: () => undefined,
    close: () => undefined,
    closed: false,
    protocol: 'd1',
  };
};

/** The database of the stores. Its tables are made by `wrangler d1 migrations apply` (`migrations/`). */
export const openD1 = (d1: D1Database): Database => {
  const client = createD1Client(d1);
  return {
    drizzle: drizzle(client, { schema }),
    client,
    path: 'D1',
    // Deleted rows leave D1's live pages at once; its own backups (30 days of time travel) are the operator's to say.
    scrub: async () => undefined,
    close: () => undefined,
  };
};
