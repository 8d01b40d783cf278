import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  biasReport,
  classesReport,
  compareReport,
  compoundReport,
  type EvaluationReport,
  explanationsReport,
  fetchPublished,
  htmlReport,
  httpJudge,
  imageBiasReport,
  isFoldFolder,
  type JudgedOptions,
  labelsReport,
  reproduceReport,
  textReport,
  transcriptsReport,
  unibenchReport,
  verifyReport,
} from '../../../../eval/index.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { reasonerFor } from '../../../pipeline/reasoners.ts';
import { createPipeline } from '../../../pipeline.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { createNotes, type Notes } from '../notes.ts';
import { choiceOf, usageError } from '../options.ts';
import { formatFor, openOutput } from '../output.ts';

/** What every `whyface eval` command takes. */
export type EvalFlags = {
  format?: string;
  output?: string;
  quiet?: boolean;
  wheels?: string;
  [flag: string]: unknown;
};

const FORMATS = ['text', 'json', 'html'] as const;

/** Makes one report and writes it as it was asked for. */
export const writeReport = async (
  flags: EvalFlags,
  io: CliIo,
  make: (notes: Notes) => Promise<EvaluationReport>,
): Promise<ExitStatus> => {
  const format = formatFor(choiceOf(flags.format, '--format', FORMATS), flags.output, FORMATS, 'text');
  const output = await openOutput(flags.output, io);
  try {
    const notes = await createNotes(io, { quiet: flags.quiet ?? false });
    const report = await make(notes);
    notes.end();
    await output.write(await written(report, format));
    await output.finish();
    return 0;
  } catch (thrown) {
    await output.discard();
    throw thrown;
  }
};

const written = async (report: EvaluationReport, format: (typeof FORMATS)[number]): Promise<string> => {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'html':
      return htmlReport(report);
    default:
      return textReport(report);
  }
};

/** A flag's value as text. */
const textFlag = (flags: EvalFlags, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
};

/** A flag's value as a whole number; undefined where it was not given. */
const countFlag = (flags: EvalFlags, name: string): number | undefined => {
  const text = textFlag(flags, name);
  const value = Number(text);
  if (text !== undefined && (!Number.isInteger(value) || value < 0)) {
    throw usageError(`--${name} is a whole number, not "${text}".`);
  }
  return text === undefined ? undefined : value;
};

const SUITES = ['ov-mer', 'mer2025', 'five-wheels'] as const;

/** `whyface eval unibench` */
export const unibench = (folder: string | undefined, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, (notes) =>
    unibenchReport(
      {
        folder,
        predictions: textFlag(flags, 'predictions'),
        labels: textFlag(flags, 'labels'),
        dataSet: textFlag(flags, 'dataSet'),
        wheels: textFlag(flags, 'wheels'),
      },
      { signal: io.interruption.signal, onDataSet: (title, done, total) => notes.begin(title, done + 1, total) },
    ),
  );

/** `whyface eval labels` */
export const labels = (predictions: string, reference: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, () =>
    labelsReport({
      predictions,
      reference,
      wheels: textFlag(flags, 'wheels'),
      synonyms: textFlag(flags, 'synonyms'),
      suite: choiceOf(textFlag(flags, 'suite'), '--suite', SUITES),
    }),
  );

/** `whyface eval reproduce` */
export const reproduce = (folder: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, (notes) =>
    reproduceReport(
      { folder, wheels: textFlag(flags, 'wheels') },
      { signal: io.interruption.signal, onPart: (title, done, total) => notes.begin(title, done + 1, total) },
    ),
  );

/** `whyface eval explanations` */
export const explanations = (
  predictions: string,
  reference: string | undefined,
  flags: EvalFlags,
  io: CliIo,
): Promise<ExitStatus> =>
  writeReport(flags, io, (notes) =>
    explanationsReport({
      predictions,
      reference,
      analyses: textFlag(flags, 'analyses'),
      predictionColumn: textFlag(flags, 'column'),
      referenceColumn: textFlag(flags, 'referenceColumn'),
      seed: countFlag(flags, 'seed'),
      judged: judgedOptions(flags, io, notes),
    }),
  );

/** Who judges, if anybody: a model behind a URL, or its stored replies. */
const judgedOptions = (flags: EvalFlags, io: CliIo, notes: Notes): JudgedOptions | undefined => {
  const [url, file, model] = [textFlag(flags, 'judge'), textFlag(flags, 'judgeReplies'), textFlag(flags, 'judgeModel')];
  if (url === undefined && file === undefined) {
    return undefined;
  }
  const temperature = Number(textFlag(flags, 'judgeTemperature') ?? 0);
  const low = textFlag(flags, 'judgeScale') ?? '1';
  if (url !== undefined && model === undefined) {
    throw usageError('--judge-model names the model that judges.');
  }
  if ((low !== '0' && low !== '1') || !(temperature >= 0 && temperature <= 2)) {
    throw usageError('--judge-scale is 0 or 1, and --judge-temperature a number from 0 to 2.');
  }
  const apiKey = io.env.WHYFACE_JUDGE_KEY ?? io.env.OPENAI_API_KEY;
  return {
    judge: url === undefined ? null : httpJudge({ url, model: model ?? '', temperature, apiKey }),
    file,
    recorded: model === undefined ? undefined : { model, temperature },
    low: low === '0' ? 0 : 1,
    repeats: Math.max(1, countFlag(flags, 'judgeRepeats') ?? 1),
    signal: io.interruption.signal,
    onClip: (clip, done, total) => {
      if (io.stderr.isTTY === true || done % 50 === 0) {
        notes.begin(clip, done + 1, total);
      }
    },
  };
};

/** `whyface eval faces` and `eval speech` */
export const classes = (
  command: 'faces' | 'speech',
  predictions: string,
  truth: string,
  flags: EvalFlags,
  io: CliIo,
): Promise<ExitStatus> =>
  writeReport(flags, io, async () =>
    (await isFoldFolder(truth))
      ? compoundReport(predictions, truth)
      : classesReport(command, {
          predictions,
          truth,
          group: textFlag(flags, 'group'),
          seed: countFlag(flags, 'seed'),
        }),
  );

/** `whyface eval verify` */
export const verify = (records: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, () => verifyReport({ records, seed: countFlag(flags, 'seed') }));

const KINDS = ['explanations', 'labels', 'classes'] as const;

/** `whyface eval compare` */
export const compare = (a: string, b: string, reference: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, () =>
    compareReport({
      a,
      b,
      reference,
      kind: choiceOf(textFlag(flags, 'kind'), '--kind', KINDS) ?? 'explanations',
      seed: countFlag(flags, 'seed'),
      resamples: countFlag(flags, 'resamples'),
    }),
  );

const REASONERS = ['facs', 'llm', 'clip', 'vlm', 'ensemble'] as const;
const LANGUAGES = ['english', 'chinese'] as const;

const reasonerOf = (flags: EvalFlags): ReturnType<typeof reasonerFor> =>
  reasonerFor(choiceOf(textFlag(flags, 'reasoner'), '--reasoner', REASONERS) ?? 'facs');

/** `whyface eval transcripts` */
export const transcripts = (folder: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, (notes) =>
    transcriptsReport(
      {
        folder,
        wheels: textFlag(flags, 'wheels'),
        language: choiceOf(textFlag(flags, 'language'), '--language', LANGUAGES) ?? 'english',
        reasoner: reasonerOf(flags),
      },
      {
        signal: io.interruption.signal,
        onClip: (clip, done, total) => {
          if (io.stderr.isTTY === true || done % 500 === 0) {
            notes.begin(clip, done + 1, total);
          }
        },
      },
    ),
  );

/** `whyface eval bias`: of records the words change, of pictures the pictures. */
export const bias = (input: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, async (notes) => {
    const { signal } = io.interruption;
    const onProgress = (name: string, done: number, total: number): void => notes.begin(name, done + 1, total);
    const faces = countFlag(flags, 'faces');
    if (/\.(json|jsonl|ndjson)$/i.test(input)) {
      const request = { records: input, reasoner: reasonerOf(flags), faces };
      return biasReport(request, { signal, onFace: onProgress });
    }
    const { images } = await picturesOf(input);
    const pipeline = createPipeline({ env: io.env });
    try {
      const reasoner = choiceOf(textFlag(flags, 'reasoner'), '--reasoner', REASONERS) ?? 'facs';
      const request = { pictures: images.slice(0, faces ?? images.length), pipeline, reasoner };
      return await imageBiasReport(request, { signal, onPicture: onProgress });
    } finally {
      await pipeline.close();
    }
  });

const picturesOf = async (path: string): Promise<{ images: string[] }> => {
  const facts = await stat(path).catch(() => null);
  const names = facts?.isDirectory() === true ? (await readdir(path)).sort().map((name) => join(path, name)) : [path];
  const images = names.filter((name) => /\.(jpe?g|png|webp|avif|tiff?)$/i.test(name));
  if (images.length === 0) {
    throw usageError(`${path} holds neither records of "whyface explain" nor pictures.`);
  }
  return { images };
};

/** `whyface eval fetch` */
export const fetchFiles = (folder: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> =>
  writeReport(flags, io, (notes) => {
    if (io.env.WHYFACE_OFFLINE === '1') {
      throw new WhyfaceError({
        code: 'service-unavailable',
        stage: 'eval',
        message: 'WHYFACE_OFFLINE=1 forbids the network; unset it to fetch the published files.',
      });
    }
    return fetchPublished(
      { folder, base: textFlag(flags, 'base') },
      { signal: io.interruption.signal, onFile: (name, done, total) => notes.begin(name, done + 1, total) },
    );
  });
