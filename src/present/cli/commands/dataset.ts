import { join } from 'node:path';
import { buildDataset, datasetReport, sourcesOfFolder, sourcesOfRows } from '../../../../eval/index.ts';
import { writeFileAtomic } from '../../../kit/atomic-file.ts';
import { reasonerFor } from '../../../pipeline/reasoners.ts';
import { createPipeline } from '../../../pipeline.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { choiceOf, usageError } from '../options.ts';
import { type EvalFlags, writeReport } from './eval.ts';

const REASONERS = ['facs', 'llm', 'clip', 'vlm', 'ensemble'] as const;

const attemptsOf = (text: unknown): number => {
  const attempts = Number(text ?? 3);
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 10) {
    throw usageError(`--attempts is a whole number from 1 to 10, not "${String(text)}".`);
  }
  return attempts;
};

/** `whyface dataset build` */
export const buildCommand = (input: string, flags: EvalFlags, io: CliIo): Promise<ExitStatus> => {
  const out = typeof flags.out === 'string' ? flags.out : undefined;
  const labels = typeof flags.labels === 'string' ? flags.labels : undefined;
  if (out === undefined) {
    throw usageError('--out names the folder in which the set is made.');
  }
  const rows = /\.json$/i.test(input);
  if (!rows && labels === undefined) {
    throw usageError(
      '--labels names the table with a label for each file (columns file, label, and identity if known).',
    );
  }
  const name =
    choiceOf(typeof flags.reasoner === 'string' ? flags.reasoner : undefined, '--reasoner', REASONERS) ?? 'facs';
  const attempts = attemptsOf(flags.attempts);
  const { signal } = io.interruption;
  return writeReport(flags, io, async (notes) => {
    const reasoner = reasonerFor(name);
    const pipeline = createPipeline({
      env: io.env,
      modelsDir: typeof flags.modelsDir === 'string' ? flags.modelsDir : undefined,
    });
    try {
      const { sources, problems, origin } = rows
        ? await sourcesOfRows(input)
        : await sourcesOfFolder(input, labels ?? '', pipeline);
      const items = await buildDataset(sources, {
        reasoner,
        attempts,
        out,
        signal,
        onItem: (item, done, total) => {
          // One line a face would drown a log of thousands.
          if (io.stderr.isTTY === true || done % 100 === 0) {
            notes.begin(item, done + 1, total);
          }
        },
      });
      notes.end();
      const report = datasetReport(items, sources, {
        problems,
        inputs: [origin],
        parameters: { input, labels: labels ?? null, out, reasoner: name, attempts },
      });
      await writeFileAtomic(join(out, 'statistics.json'), `${JSON.stringify(report, null, 2)}\n`);
      return report;
    } finally {
      await pipeline.close();
    }
  });
};
