/** `AnalysisStore` in SQLite. */
import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  analysisOptions,
  analysis as analysisSchema,
  type Explanation,
  explanation as explanationSchema,
} from '../../contracts/index.ts';
import type { AnalysisRecord, AnalysisStore, AuditEntry, Correction } from '../ports.ts';
import { stillReference } from '../still-reference.ts';
import { createJsonMemory, storedJson } from '../stored-json.ts';
import type { Database } from './open-database.ts';
import * as table from './schema.ts';

const auditDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const auditAction = z.enum(['analyse', 'explain', 'chat', 'read', 'export', 'delete', 'expire', 'refuse', 'correct']);

/** The explanations that came with the analysis. */
const INITIAL = 'initial';

/** Results kept in memory as they were read: those that somebody works with just now. */
const REMEMBERED = 16;

type Row = typeof table.analyses.$inferSelect;

export const createSqliteAnalysisStore = (database: Database): AnalysisStore => {
  const { drizzle: db } = database;

  const analyses = createJsonMemory(analysisSchema, REMEMBERED);
  const explanations = createJsonMemory(z.array(explanationSchema), REMEMBERED);

  // Only where the analysis is there: what comes after a deletion must leave nothing behind.
  const insertExplanations = (id: string, request: string, made: readonly Explanation[]): SQL =>
    sql`INSERT OR IGNORE INTO explanations (analysis, request, body)
        SELECT id, ${request}, ${JSON.stringify(made)} FROM analyses WHERE id = ${id}`;

  const explanationsOf = async (id: string, request: string): Promise<AnalysisRecord['explanations'] | null> => {
    const rows = await db
      .select()
      .from(table.explanations)
      .where(and(eq(table.explanations.analysis, id), eq(table.explanations.request, request)));
    const body = rows[0]?.body;
    return body === undefined ? null : explanations.read(body, `the explanations of ${id}`);
  };

  const recordOf = async (row: Row): Promise<AnalysisRecord> => ({
    id: row.id,
    owner: row.owner,
    input: row.input,
    clipDigest: row.clipDigest,
    clipBytes: row.clipBytes,
    options: storedJson(analysisOptions, row.options, `the options of ${row.id}`),
    createdAt: row.createdAt,
    touchedAt: row.touchedAt,
    keep: row.keep === 1,
    analysis: row.analysis === null ? null : analyses.read(row.analysis, `the analysis ${row.id}`),
    explanations: (await explanationsOf(row.id, INITIAL)) ?? [],
    stills: storedJson(z.array(stillReference), row.stills, `the stills of ${row.id}`),
  });

  const find = async (id: string, owner: string | null): Promise<AnalysisRecord | null> => {
    const named = or(eq(table.analyses.id, id), eq(table.analyses.analysisId, id));
    const rows = await db
      .select()
      .from(table.analyses)
      .where(owner === null ? named : and(named, eq(table.analyses.owner, owner)))
      .orderBy(desc(table.analyses.createdAt))
      .limit(1);
    return rows[0] === undefined ? null : recordOf(rows[0]);
  };

  return {
    create: async (draft) => {
      const result = await db
        .insert(table.analyses)
        .values({
          ...draft,
          options: JSON.stringify(draft.options),
          keep: draft.keep ? 1 : 0,
          touchedAt: draft.createdAt,
        })
        .onConflictDoNothing();
      const record = await find(draft.id, null);
      return {
        record: record ?? { ...draft, analysis: null, explanations: [], stills: [], touchedAt: draft.createdAt },
        created: result.rowsAffected > 0,
      };
    },
    find,
    list: async (owner, { limit, after }) => {
      const conditions: Array<SQL | undefined> = [owner === null ? undefined : eq(table.analyses.owner, owner)];
      if (after !== null) {
        const last = await db.select().from(table.analyses).where(eq(table.analyses.id, after));
        const at = last[0]?.createdAt ?? 0;
        conditions.push(
          or(lt(table.analyses.createdAt, at), and(eq(table.analyses.createdAt, at), lt(table.analyses.id, after))),
        );
      }
      const rows = await db
        .select()
        .from(table.analyses)
        .where(and(...conditions))
        .orderBy(desc(table.analyses.createdAt), desc(table.analyses.id))
        .limit(limit);
      return Promise.all(rows.map(recordOf));
    },
    touch: async (id, at) => {
      await db.update(table.analyses).set({ touchedAt: at }).where(eq(table.analyses.id, id));
    },
    saveResult: async (id, { analysis, explanations, stills }) => {
      await db.batch([
        db
          .update(table.analyses)
          .set({ analysisId: analysis.id, analysis: JSON.stringify(analysis), stills: JSON.stringify(stills) })
          .where(eq(table.analyses.id, id)),
        db.run(insertExplanations(id, INITIAL, explanations)),
      ]);
    },
    result: async (id) => {
      const record = await find(id, null);
      const explanations = await explanationsOf(id, INITIAL);
      return record === null || record.analysis === null || explanations === null
        ? null
        : { analysis: record.analysis, explanations, stills: record.stills };
    },
    addExplanations: async (id, request, explanations) => {
      await db.run(insertExplanations(id, request, explanations));
    },
    findExplanations: explanationsOf,
    addCorrection: async (id, { at, client, value }) => {
      const rows = await db
        .insert(table.corrections)
        .values({ analysis: id, at, client, value: JSON.stringify(value) })
        .returning({ id: table.corrections.id });
      return { id: rows[0]?.id ?? 0, at, client, value };
    },
    corrections: async (id) => {
      const rows = await db
        .select()
        .from(table.corrections)
        .where(eq(table.corrections.analysis, id))
        .orderBy(table.corrections.id);
      return rows.map(
        ({ id: number, at, client, value }): Correction => ({
          id: number,
          at,
          client,
          value: storedJson(z.unknown(), value, `a correction of ${id}`),
        }),
      );
    },
    remove: async (id) => {
      const results = await db.batch([
        db.delete(table.analyses).where(eq(table.analyses.id, id)),
        db.delete(table.explanations).where(eq(table.explanations.analysis, id)),
        db.delete(table.corrections).where(eq(table.corrections.analysis, id)),
      ]);
      analyses.forget();
      explanations.forget();
      await database.scrub();
      return results.reduce((rows, { rowsAffected }) => rows + rowsAffected, 0);
    },
    idle: async (before) => {
      const rows = await db
        .select({ id: table.analyses.id })
        .from(table.analyses)
        .where(and(eq(table.analyses.keep, 0), lt(table.analyses.touchedAt, before)));
      return rows.map(({ id }) => id);
    },
    audit: async ({ detail, ...entry }) => {
      await db.insert(table.audit).values({ ...entry, detail: JSON.stringify(detail) });
    },
    auditOf: async (subject) => {
      const rows = await db.select().from(table.audit).where(eq(table.audit.subject, subject)).orderBy(table.audit.id);
      return rows.map(
        ({ at, client, action, subject: of, detail }): AuditEntry => ({
          at,
          client,
          action: auditAction.parse(action),
          subject: of,
          detail: storedJson(auditDetail, detail, 'the audit log'),
        }),
      );
    },
  };
};
