/** Bring your own measurements: tables of OpenFace, py-feat and whyface, FEAFA's values and percepts, as percepts. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Percepts } from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { type InputFile, openInputFile, printableName } from '../../kit/safe-path.ts';
import { sniffFile } from '../../media/sniff.ts';
import { feafaPercepts, feafaRows, isFeafa } from './feafa.ts';
import { importInvalid } from './import-invalid.ts';
import { perceptsOf } from './percepts-json.ts';
import { readTable } from './read-table.ts';
import { tablePercepts } from './table-percepts.ts';

export type ReadMeasurementsOptions = {
  /** The input to read, where the file holds several; as `parts` names it. */
  part?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type MeasurementReader = {
  /**
   * The inputs that a file of measurements holds, in its order: `['']` where it does not name them, `null` where the
   * file is none of measurements (a picture, a clip).
   *
   * @throws WhyfaceError `input-…`, `media-too-large`
   */
  parts: (path: string, signal?: AbortSignal) => Promise<readonly string[] | null>;
  /**
   * One input of a file of measurements; `null` where the file is none of measurements.
   *
   * @throws WhyfaceError `input-invalid` naming line and column; `usage` where the file holds several inputs and none
   *   of them was chosen
   */
  read: (path: string, options?: ReadMeasurementsOptions) => Promise<Percepts | null>;
};

type Measurements = { name: string; parts: ReadonlyMap<string, () => Percepts> };

/** A reader that keeps the last file it read: a table of a thousand inputs is asked for each of them. */
export const createMeasurementReader = (): MeasurementReader => {
  let last: { key: string; measurements: Promise<Measurements> } | null = null;

  const open = async (path: string, signal: AbortSignal | undefined): Promise<Measurements | null> => {
    const file = await openInputFile(path);
    const sniffed = await sniffFile(file);
    if (sniffed.kind !== 'table' && sniffed.kind !== 'json') {
      return null;
    }
    const key = `${file.path}\n${file.bytes}`;
    if (last?.key !== key) {
      const measurements = sniffed.kind === 'json' ? fromJson(file, signal) : fromTable(file, sniffed.format, signal);
      last = { key, measurements };
      measurements.catch(() => {
        last = null;
      });
    }
    return last.measurements;
  };

  return {
    parts: async (path, signal) => {
      const measurements = await open(path, signal);
      return measurements === null ? null : [...measurements.parts.keys()];
    },
    read: async (path, { part, signal } = {}) => {
      const measurements = await open(path, signal);
      if (measurements === null) {
        return null;
      }
      const { name, parts } = measurements;
      const only = parts.size === 1 ? [...parts.values()][0] : undefined;
      const chosen = part === undefined ? only : parts.get(part);
      if (chosen === undefined) {
        throw new WhyfaceError({
          code: 'usage',
          stage: 'input',
          message:
            part === undefined
              ? `${name} holds the measurements of ${parts.size} inputs; choose one of them.`
              : `${name} holds no input of that name.`,
        });
      }
      return chosen();
    },
  };
};

const fromTable = async (
  file: InputFile,
  format: 'csv' | 'tsv',
  signal: AbortSignal | undefined,
): Promise<Measurements> => {
  const [digest, table] = await Promise.all([
    digestOf(file, signal),
    readTable(file, format === 'tsv' ? '\t' : ',', signal),
  ]);
  const parts = new Map(
    [...table.parts].map(([part, samples]) => {
      // The folders of whoever made the table are nobody's business.
      const label = part === '' ? file.name : `${printableName(part)} (in ${file.name})`;
      const source = { label, digest: table.parts.size === 1 ? digest : digestOfPart(digest, part) };
      return [part, () => tablePercepts(table.layout, samples, source)] as const;
    }),
  );
  return { name: file.name, parts };
};

const fromJson = async (file: InputFile, signal: AbortSignal | undefined): Promise<Measurements> => {
  if (file.bytes > LIMITS.measurementJsonBytes) {
    throw new WhyfaceError({
      code: 'media-too-large',
      stage: 'input',
      message: `${file.name} is larger than ${LIMITS.measurementJsonBytes / 2 ** 20} MiB; split it.`,
    });
  }
  const bytes = await readFile(file.path, { signal }).catch((thrown: unknown) => {
    throw toWhyfaceError(thrown, 'input');
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  const value = parsed(bytes, file.name);
  if (isFeafa(value)) {
    const rows = feafaRows(value, file.name);
    const digestFor = (part: string): string => (rows.size === 1 ? digest : digestOfPart(digest, part));
    return {
      name: file.name,
      parts: new Map([...rows].map(([part, row]) => [part, () => feafaPercepts(row, digestFor(part))])),
    };
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : null;
  if (schema !== 'whyface/percepts@1') {
    throw importInvalid(
      `${file.name} is JSON, but no measurements: whyface reads its own percepts ("schema": "whyface/percepts@1") and FEAFA entries ({"au": [24 numbers]}).`,
    );
  }
  const percepts = perceptsOf(value, file.name);
  return { name: file.name, parts: new Map([['', () => percepts]]) };
};

const parsed = (bytes: Buffer, name: string): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 160) : '';
    throw importInvalid(`${name} is not valid JSON (${why}).`);
  }
};

const digestOf = async (file: InputFile, signal: AbortSignal | undefined): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const block of createReadStream(file.path, { signal })) {
      hash.update(block);
    }
  } catch (thrown) {
    throw toWhyfaceError(thrown, 'input');
  }
  return hash.digest('hex');
};

const digestOfPart = (digest: string, part: string): string =>
  createHash('sha256').update(`${digest}\n${part}`).digest('hex');
