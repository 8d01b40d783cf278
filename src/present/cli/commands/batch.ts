import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import {
  type ExplainOptions,
  type ExplainRecord,
  explainOptions,
  explainRecord,
  observeOptions,
  type Percepts,
  purpose as purposes,
} from '../../../contracts/index.ts';
import { writeFileAtomic } from '../../../kit/atomic-file.ts';
import { toWhyfaceError, type WhyfaceError } from '../../../kit/error.ts';
import { VERSION } from '../../../kit/version.ts';
import { inferenceAllowed } from '../../../pipeline/purpose.ts';
import { createPipeline, type Pipeline } from '../../../pipeline.ts';
import { csvHeader, csvRows } from '../../csv/rows.ts';
import { summaryHeader, summaryRows } from '../../csv/summary.ts';
import type { CliIo } from '../cli-io.ts';
import { type ExitStatus, exitStatusOf, worse } from '../exit-status.ts';
import { expandGlobs } from '../expand-globs.ts';
import { expandInputs, type Input } from '../inputs.ts';
import { nothingToRead, recordErrorOf } from '../measured.ts';
import { expandMeasurements } from '../measurement-inputs.ts';
import { createNotes, type Notes } from '../notes.ts';
import { type CommonFlags, choiceOf, fpsOf, optionsOf, usageError } from '../options.ts';
import { openOutput } from '../output.ts';
import { namedMessage } from '../run-inputs.ts';

export type BatchFlags = CommonFlags & { out: string; resume?: boolean; reasoner?: string; subject?: string };

/** Beside each record: what it was made from, so that `--resume` redoes what has changed. */
const stamp = z.object({
  version: z.string(),
  options: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  part: z.string().nullable(),
});
type Stamp = z.infer<typeof stamp>;
const stampedRecord = explainRecord.extend({ batch: stamp });

const RECORDS = 'records';
const ROWS = 'rows';

/**
 * `whyface batch GLOB… --out DIR [--resume]`: a full record a clip, and over all of them `measurements.csv` and
 * `summary.csv`. Each clip is written whole before the next starts.
 */
export const batchCommand = async (patterns: readonly string[], flags: BatchFlags, io: CliIo): Promise<ExitStatus> => {
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options) ?? 'unspecified';
  const reasoner = choiceOf(flags.reasoner, '--reasoner', explainOptions.shape.reasoner.unwrap().options);
  const explain = optionsOf(explainOptions, {
    purpose,
    reasoner,
    ...(flags.subject === undefined ? {} : { subject: flags.subject }),
  });
  const options = { ...explain, ...optionsOf(observeOptions, { fps: fpsOf(flags.fps), purpose }) };
  if (flags.transcript !== undefined) {
    throw usageError(
      '--transcript is for one clip; lay the words beside the clips instead (clip.vtt beside clip.mp4).',
    );
  }
  const folder = await stat(flags.out).catch(() => null);
  if (folder !== null && !folder.isDirectory()) {
    throw usageError(`${flags.out} is a file; --out names a folder.`);
  }
  const records = join(flags.out, RECORDS);
  if (flags.resume !== true && (await stat(records).catch(() => null)) !== null) {
    throw usageError(`${flags.out} holds an earlier batch; add --resume to go on with it, or name another folder.`);
  }
  const inputs = await expandInputs(await expandGlobs(patterns));
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const pipeline = createPipeline({ env: io.env, modelsDir: flags.modelsDir });
  try {
    if (inferenceAllowed(purpose)) {
      pipeline.checkReasoner(options.reasoner);
    }
    await mkdir(join(flags.out, ROWS), { recursive: true });
    await mkdir(records, { recursive: true });
    const expanded = await expandMeasurements(inputs, pipeline, io);
    return await runBatch({
      inputs: named(expanded),
      folder: flags.out,
      options,
      pipeline,
      notes,
      io,
      resume: flags.resume === true,
    });
  } finally {
    notes.end();
    await pipeline.close();
  }
};

type Item = { input: Input; name: string };

/** A file name for each input that is readable and never that of another. */
const named = (inputs: readonly Input[]): Item[] => {
  const seen = new Set<string>();
  return inputs.map((input) => {
    const stem = basename(input.input).slice(0, basename(input.input).length - extname(input.input).length) || 'clip';
    const plainStem =
      stem
        .normalize('NFKD')
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[-.]+|[-.]+$/g, '')
        .slice(0, 60) || 'clip';
    const digest = createHash('sha256').update(input.input).digest('hex').slice(0, 8);
    const name = `${plainStem}-${digest}`;
    const free = seen.has(name) ? `${name}-${seen.size}` : name;
    seen.add(free);
    return { input, name: free };
  });
};

type Options = ExplainOptions & { fps: number | 'all' };
type Batch = {
  inputs: readonly Item[];
  folder: string;
  options: Options;
  pipeline: Pipeline;
  notes: Notes;
  io: CliIo;
  resume: boolean;
};

type Done = { item: Item; record: ExplainRecord; error: WhyfaceError | null };

const runBatch = async (batch: Batch): Promise<ExitStatus> => {
  const { inputs, notes, io } = batch;
  const { signal } = io.interruption;
  let status: ExitStatus = 0;
  let kept = 0;
  const done: { item: Item; record: ExplainRecord }[] = [];
  const started = performance.now();
  for (const [index, item] of inputs.entries()) {
    if (signal.aborted) {
      break;
    }
    const before = batch.resume ? await finished(batch, item) : null;
    if (before !== null) {
      kept += 1;
      done.push({ item, record: before });
      if (before.error !== null) {
        status = worse(status, STATUS_OF_KEPT);
      }
      continue;
    }
    notes.begin(item.input.input, index + 1, inputs.length);
    const result = await measure(batch, item);
    notes.end();
    if (result === null) {
      break;
    }
    if (result.error !== null) {
      notes.error(namedMessage(item.input.input, result.error));
      status = worse(status, exitStatusOf(result.error));
    }
    done.push({ item, record: result.record });
    notes.note(progressLine(done.length, kept, inputs.length, performance.now() - started));
  }
  await writeTables(batch, done);
  const failed = done.filter(({ record }) => record.error !== null).length;
  notes.note(
    `${done.length} of ${inputs.length} done${kept > 0 ? ` (${kept} from before)` : ''}, ${failed} of them with an error; see ${join(batch.folder, 'summary.csv')}.`,
  );
  if (signal.aborted) {
    notes.error(`Interrupted; what is done is kept, and --resume goes on from there.`);
    return 130;
  }
  return status;
};

/** Inputs that failed before and did not change are not tried again; that they failed is still told. */
const STATUS_OF_KEPT: ExitStatus = 65;

const progressLine = (done: number, kept: number, total: number, elapsedMs: number): string => {
  const fresh = done - kept;
  const left = fresh === 0 ? 0 : ((total - done) * elapsedMs) / fresh / 1000;
  return `${done} of ${total} done${total > done ? `, about ${left < 90 ? `${Math.ceil(left)} s` : `${Math.ceil(left / 60)} min`} to go` : ''}`;
};

const recordPath = ({ folder }: Batch, { name }: Item): string => join(folder, RECORDS, `${name}.json`);
const rowsPath = ({ folder }: Batch, { name }: Item): string => join(folder, ROWS, `${name}.csv`);

const stampOf = async ({ options }: Batch, { input }: Item): Promise<Stamp> => {
  const facts = input.path === null ? null : await stat(input.path).catch(() => null);
  const part = input.path === null ? null : (input.part ?? null);
  return {
    version: VERSION,
    options: createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 16),
    size: facts?.size ?? 0,
    mtimeMs: Math.round(facts?.mtimeMs ?? 0),
    part,
  };
};

/** The record of an input that is done, with the same options, version and file; `null`: to be done. */
const finished = async (batch: Batch, item: Item): Promise<ExplainRecord | null> => {
  const text = await readFile(recordPath(batch, item), 'utf8').catch(() => null);
  const read = text === null ? undefined : stampedRecord.safeParse(parsed(text)).data;
  const wanted = await stampOf(batch, item);
  if (read === undefined || JSON.stringify(read.batch) !== JSON.stringify(wanted)) {
    return null;
  }
  const { batch: _stamp, ...record } = read;
  return record;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Measures one input and writes what came of it, the record last: only what has a record is done. `null`: interrupted. */
const measure = async (batch: Batch, item: Item): Promise<Done | null> => {
  const { options, pipeline, notes, io } = batch;
  const { input } = item;
  const { signal } = io.interruption;
  const save = async (record: ExplainRecord, percepts: Percepts | null, error: WhyfaceError | null): Promise<Done> => {
    const rows = percepts === null ? '' : [...csvRows(input.input, percepts)].join('');
    await writeFileAtomic(rowsPath(batch, item), rows);
    await writeFileAtomic(
      recordPath(batch, item),
      `${JSON.stringify({ ...record, batch: await stampOf(batch, item) })}\n`,
    );
    return { item, record, error };
  };
  const fail = (error: WhyfaceError): Promise<Done> =>
    save({ input: input.input, analysis: null, explanations: [], error: recordErrorOf(error) }, null, error);
  if (input.path === null) {
    return fail(input.error);
  }
  const context = { signal, onProgress: notes.progress, part: input.part };
  const result = await attempt(pipeline, input.path, options, context).catch((thrown: unknown) => {
    // What must not go on is the disk that is full, not the clip that is damaged.
    const error = toWhyfaceError(thrown, 'input');
    return error;
  });
  if (signal.aborted) {
    return null;
  }
  if ('code' in result) {
    return fail(result);
  }
  const error = result.explanations.length === 0 ? nothingToRead(input.input, result.analysis) : null;
  const { percepts, analysis, explanations } = result;
  return save({ input: input.input, analysis, explanations, error: recordErrorOf(error) }, percepts, error);
};

const attempt = async (
  pipeline: Pipeline,
  path: string,
  options: Options,
  context: NonNullable<Parameters<Pipeline['explain']>[2]>,
) => {
  if (inferenceAllowed(options.purpose)) {
    return pipeline.explain(path, options, context);
  }
  // Measurements alone, with empty columns for what may not be inferred.
  return { ...(await pipeline.observe(path, options, context)), explanations: [] };
};

/** Both tables over everything that is done, in the order of the inputs. */
const writeTables = async (batch: Batch, done: readonly { item: Item; record: ExplainRecord }[]): Promise<void> => {
  const { folder, io } = batch;
  const summary = [
    summaryHeader(),
    ...done.map(({ item, record }) => summaryRows(record, `${RECORDS}/${item.name}.json`)),
  ];
  await writeFileAtomic(join(folder, 'summary.csv'), summary.join(''));
  const table = await openOutput(join(folder, 'measurements.csv'), io);
  try {
    await table.write(csvHeader());
    for (const { item } of done) {
      // Piece by piece: the table of many clips is larger than memory should be.
      for await (const piece of createReadStream(rowsPath(batch, item), 'utf8')) {
        await table.write(String(piece));
      }
    }
    await table.finish();
  } catch (thrown) {
    await table.discard();
    throw thrown;
  }
};
