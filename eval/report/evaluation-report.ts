import type { Problem } from '../problem.ts';

/** A value of a table; `null` where there is none. */
export type Cell = string | number | null;

/** How a column is written: `percent` takes 0–1 and shows 0–100. */
export type Column = { label: string; kind: 'text' | 'percent' | 'number' | 'count'; digits?: number };

export type ReportTable = { id: string; title: string; columns: Column[]; rows: Cell[][]; notes?: string[] };

export type Plot =
  | {
      kind: 'bars';
      id: string;
      title: string;
      unit: string;
      bars: Array<{ label: string; value: number; low?: number; high?: number; reference?: number }>;
    }
  | {
      kind: 'lines';
      id: string;
      title: string;
      x: string;
      y: string;
      lines: Array<{ label: string; points: Array<[number, number]> }>;
      diagonal?: boolean;
    }
  | {
      kind: 'points';
      id: string;
      title: string;
      x: string;
      y: string;
      points: Array<{ label: string; x: number; y: number }>;
    };

/** What every `whyface eval` command makes: tables to read, values to compute with, and what was odd about the input. */
export type EvaluationReport = {
  schema: 'whyface/evaluation@1';
  /** The command that made it: "unibench", "labels" … */
  command: string;
  title: string;
  version: string;
  /** What was read, with digests: two reports of the same inputs, parameters and version are the same bytes. */
  inputs: Array<{ path: string; sha256: string }>;
  parameters: Record<string, unknown>;
  /** Every number of the tables by name, at full precision. */
  values: Record<string, number | null>;
  tables: ReportTable[];
  plots: Plot[];
  problems: Problem[];
  notes: string[];
};
