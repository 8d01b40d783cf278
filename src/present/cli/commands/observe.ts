import { observeOptions, purpose as purposes } from '../../../contracts/index.ts';
import type { WhyfaceError } from '../../../kit/error.ts';
import { createPipeline } from '../../../pipeline.ts';
import type { ObserveOutcome, Renderer } from '../../outcome.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { expandInputs } from '../inputs.ts';
import { nothingToRead, recordErrorOf } from '../measured.ts';
import { expandMeasurements } from '../measurement-inputs.ts';
import { createNotes } from '../notes.ts';
import { type CommonFlags, choiceOf, fpsOf, optionsOf, refuseOverwriting, transcriptOf } from '../options.ts';
import { formatFor, openOutput } from '../output.ts';
import { runInputs } from '../run-inputs.ts';

export type ObserveFlags = CommonFlags & { format?: string };

const FORMATS = ['json', 'jsonl', 'csv'] as const;

/** `whyface observe FILE…` */
export const observeCommand = async (files: readonly string[], flags: ObserveFlags, io: CliIo): Promise<ExitStatus> => {
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options);
  const options = optionsOf(observeOptions, { fps: fpsOf(flags.fps), purpose });
  const format = formatFor(choiceOf(flags.format, '--format', FORMATS), flags.output, FORMATS, 'json');
  const inputs = await expandInputs(files);
  refuseOverwriting(flags.output, inputs);
  const transcript = transcriptOf(flags, inputs);
  const output = await openOutput(flags.output, io);
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const pipeline = createPipeline({ env: io.env, modelsDir: flags.modelsDir });
  try {
    return await runInputs<ObserveOutcome>({
      inputs: await expandMeasurements(inputs, pipeline, io),
      renderer: await rendererFor(format),
      output,
      notes,
      io,
      attempt: async (input, path, context) => {
        const { analysis, percepts } = await pipeline.observe(path, options, { ...context, transcript });
        const error = nothingToRead(input, analysis);
        for (const warning of format === 'csv' ? analysis.warnings : []) {
          notes.note(`${input}: ${warning.message}`);
        }
        return { outcome: { record: { input, analysis, error: recordErrorOf(error) }, percepts }, error };
      },
      failed,
    });
  } finally {
    await pipeline.close();
  }
};

const rendererFor = async (format: (typeof FORMATS)[number]): Promise<Renderer<ObserveOutcome>> => {
  switch (format) {
    case 'json':
      return (await import('../../json/records.ts')).createJsonRenderer();
    case 'jsonl':
      return (await import('../../json/records.ts')).createJsonLinesRenderer();
    case 'csv':
      return (await import('../../csv/table.ts')).createCsvRenderer();
  }
};

const failed = (input: string, error: WhyfaceError): ObserveOutcome => ({
  record: { input, analysis: null, error: recordErrorOf(error) },
  percepts: null,
});
