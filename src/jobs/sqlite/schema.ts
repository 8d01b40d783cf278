/** The tables, for drizzle. What makes them is `migrations.ts`; a test holds the two against each other. */
import { integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Times are milliseconds since 1970; `json` columns are parsed by their schema when they are read. */
export const analyses = sqliteTable('analyses', {
  id: text().primaryKey(),
  owner: text().notNull(),
  input: text(),
  clipDigest: text('clip_digest').notNull(),
  clipBytes: integer('clip_bytes').notNull(),
  options: text().notNull(),
  createdAt: integer('created_at').notNull(),
  touchedAt: integer('touched_at').notNull(),
  keep: integer().notNull(),
  /** `analysis.id`, once there is one. */
  analysisId: text('analysis_id'),
  analysis: text(),
  stills: text().notNull().default('[]'),
});

/** `request` is `initial` for what came with the analysis, else the digest of what was asked for later. */
export const explanations = sqliteTable(
  'explanations',
  {
    analysis: text().notNull(),
    request: text().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.analysis, table.request] })],
);

export const corrections = sqliteTable('corrections', {
  id: integer().primaryKey({ autoIncrement: true }),
  analysis: text().notNull(),
  at: integer().notNull(),
  client: text().notNull(),
  value: text().notNull(),
});

export const audit = sqliteTable('audit', {
  id: integer().primaryKey({ autoIncrement: true }),
  at: integer().notNull(),
  client: text().notNull(),
  action: text().notNull(),
  subject: text(),
  detail: text().notNull(),
});

export const apiKeys = sqliteTable('api_keys', {
  id: text().primaryKey(),
  hash: text().notNull(),
  facts: text().notNull(),
});

export const jobs = sqliteTable('jobs', {
  id: text().primaryKey(),
  owner: text().notNull(),
  payload: text().notNull(),
  priority: integer().notNull(),
  /** Most jobs of its owner that run at once. */
  concurrency: integer().notNull(),
  deadlineMs: integer('deadline_ms').notNull(),
  status: text().notNull(),
  stage: text(),
  progress: real(),
  attempt: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  startedAt: integer('started_at'),
  endedAt: integer('ended_at'),
  error: text(),
  /** Order of coming and of starting, so that clients take turns whatever the clock says. */
  queuedOrder: integer('queued_order').notNull(),
  startedOrder: integer('started_order'),
  /** Who works on it, and a counter that moves while they live. */
  holder: text(),
  beat: integer().notNull(),
  cancelled: integer().notNull(),
  /** Numbers of events go on from here when a job starts anew. */
  eventBase: integer('event_base').notNull(),
});

/** `key` names what happened: the same thing is told once. */
export const events = sqliteTable(
  'events',
  {
    job: text().notNull(),
    number: integer().notNull(),
    key: text().notNull(),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.job, table.number] }), uniqueIndex('events_key').on(table.job, table.key)],
);
