import {
  type ExplainOptions,
  explainOptions,
  type ModelAttention,
  observeOptions,
  purpose as purposes,
  type Still,
} from '../../../contracts/index.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { assertInferenceAllowed } from '../../../pipeline/purpose.ts';
import { createPipeline, type Explained, type Pipeline, type RunContext } from '../../../pipeline.ts';
import type { ExplainOutcome, Renderer } from '../../outcome.ts';
import { attentionOf } from '../../view/attention.ts';
import { plain } from '../../view/plain.ts';
import type { CliIo } from '../cli-io.ts';
import { createDraft } from '../draft.ts';
import type { ExitStatus } from '../exit-status.ts';
import { expandInputs } from '../inputs.ts';
import { nothingToRead, recordErrorOf } from '../measured.ts';
import { expandMeasurements } from '../measurement-inputs.ts';
import { createNotes, type Notes } from '../notes.ts';
import {
  type CommonFlags,
  choiceOf,
  fpsOf,
  millisecondsOf,
  optionsOf,
  refuseOverwriting,
  transcriptOf,
  usageError,
} from '../options.ts';
import { formatFor, openOutput } from '../output.ts';
import { type Attempt, type InputContext, runInputs } from '../run-inputs.ts';

export type ExplainFlags = CommonFlags & {
  reasoner?: string;
  subject?: string;
  from?: string;
  to?: string;
  language?: string;
  explainModel?: boolean;
  allowRemoteFrames?: boolean;
  counterfactual?: boolean;
  counterfactualCalls?: string;
  format?: string;
  question?: string;
  samples?: string;
  strategy?: string;
  fallback?: boolean;
};

const FORMATS = ['text', 'json', 'jsonl', 'markdown', 'html'] as const;
type Format = (typeof FORMATS)[number];

/** `whyface explain FILE…` */
export const explainCommand = async (files: readonly string[], flags: ExplainFlags, io: CliIo): Promise<ExitStatus> => {
  const options = optionsFromFlags(flags);
  const format = formatFor(choiceOf(flags.format, '--format', FORMATS), flags.output, FORMATS, 'text');
  assertInferenceAllowed(options.purpose);
  const inputs = await expandInputs(files);
  refuseOverwriting(flags.output, inputs);
  const transcript = transcriptOf(flags, inputs);
  const output = await openOutput(flags.output, io);
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const pipeline = createPipeline({ env: io.env, modelsDir: flags.modelsDir });
  try {
    pipeline.checkReasoner(options.reasoner);
    const renderer = await rendererFor(format, flags, io);
    const attempt = attemptWith({
      pipeline,
      options,
      transcript,
      notes,
      onEvent: createDraft(io, notes, flags.quiet ?? false),
      withStills: format === 'html',
      withAttention: flags.explainModel === true,
      counterfactual: counterfactualFrom(flags),
    });
    const expanded = await expandMeasurements(inputs, pipeline, io);
    return await runInputs<ExplainOutcome>({ inputs: expanded, renderer, output, notes, io, attempt, failed });
  } finally {
    await pipeline.close();
  }
};

type Options = ExplainOptions & { fps: number | 'all' };

const optionsFromFlags = (flags: ExplainFlags): Options => {
  const reasoner = choiceOf(flags.reasoner, '--reasoner', explainOptions.shape.reasoner.unwrap().options);
  const asking = askingFrom(flags, reasoner ?? 'facs');
  if (flags.counterfactual === true && reasoner !== undefined && reasoner !== 'facs' && reasoner !== 'llm') {
    throw usageError(
      `--counterfactual takes observations away, and the reasoner ${reasoner} decides by pictures, too; use it with facs or llm.`,
    );
  }
  if (flags.subject !== undefined && !/^(?:P\d+|all)$/.test(flags.subject)) {
    throw usageError(`--subject is P1, P2 … or all, not "${plain(flags.subject)}".`);
  }
  const fromMs = millisecondsOf(flags.from, '--from');
  const toMs = millisecondsOf(flags.to, '--to');
  if (toMs !== undefined && toMs <= (fromMs ?? 0)) {
    throw usageError('--to must be later than --from.');
  }
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options);
  const { subject, allowRemoteFrames } = flags;
  const chosen = optionsOf(explainOptions, { reasoner, subject, allowRemoteFrames, fromMs, toMs, purpose, ...asking });
  return { ...chosen, fps: optionsOf(observeOptions, { fps: fpsOf(flags.fps) }).fps };
};

/** What only a reasoner with a language model can do is refused for the others rather than passed over. */
const askingFrom = (flags: ExplainFlags, reasoner: ExplainOptions['reasoner']): Partial<ExplainOptions> => {
  const { language, question, fallback } = flags;
  const refuse = (flag: string, what: string): never => {
    throw usageError(`${flag} ${what} a language model, and the reasoner "${reasoner}" has none; add --reasoner llm.`);
  };
  if (language !== undefined && !/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language)) {
    throw usageError(`--language is a language tag such as en, de or pt-BR, not "${plain(language)}".`);
  }
  const asks = reasoner === 'llm' || reasoner === 'vlm' || reasoner === 'ensemble';
  if (!asks && language !== undefined && !/^en(?:-|$)/i.test(language)) {
    refuse('--language', 'is translated by');
  }
  if (!asks && question !== undefined) {
    refuse('--question', 'is answered by');
  }
  if (!asks && flags.samples !== undefined) {
    refuse('--samples', 'are answers of');
  }
  if (flags.samples !== undefined && !/^(?:[1-9]|1[0-6])$/.test(flags.samples)) {
    throw usageError(`--samples is a whole number from 1 to 16, not "${plain(flags.samples)}".`);
  }
  const strategy = choiceOf(flags.strategy, '--strategy', explainOptions.shape.strategy.unwrap().options);
  return {
    ...(language === undefined ? {} : { language }),
    ...(question === undefined ? {} : { question }),
    ...(flags.samples === undefined ? {} : { samples: Number(flags.samples) }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(fallback === undefined ? {} : { fallback }),
  };
};

const counterfactualFrom = (flags: ExplainFlags): AttemptNeeds['counterfactual'] => {
  if (flags.counterfactualCalls !== undefined && !/^[1-9]\d{0,3}$/.test(flags.counterfactualCalls)) {
    throw usageError(`--counterfactual-calls is a whole number from 1 on, not "${plain(flags.counterfactualCalls)}".`);
  }
  const budget = flags.counterfactualCalls === undefined ? undefined : Number(flags.counterfactualCalls);
  return flags.counterfactual === true || budget !== undefined ? { budget } : null;
};

const rendererFor = async (format: Format, flags: ExplainFlags, io: CliIo): Promise<Renderer<ExplainOutcome>> => {
  switch (format) {
    case 'json':
      return (await import('../../json/records.ts')).createJsonRenderer();
    case 'jsonl':
      return (await import('../../json/records.ts')).createJsonLinesRenderer();
    case 'markdown':
      return (await import('../../markdown/explanation.ts')).createMarkdownRenderer();
    case 'html':
      return (await import('../../html/report.ts')).createHtmlRenderer();
    case 'text': {
      const { createTextRenderer } = await import('../../text/explanation.ts');
      const { ANSI_STYLE, PLAIN_STYLE } = await import('../../text/style.ts');
      const onTerminal = io.stdout.isTTY === true && (flags.output ?? '-') === '-';
      // https://no-color.org: any non-empty value.
      const coloured = onTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
      return createTextRenderer({
        width: textWidth(onTerminal, io),
        style: coloured ? ANSI_STYLE : PLAIN_STYLE,
        failures: !onTerminal,
      });
    }
  }
};

const textWidth = (onTerminal: boolean, io: CliIo): number =>
  onTerminal ? Math.min(100, Math.max(40, io.stdout.columns ?? 96)) : 96;

type AttemptNeeds = {
  pipeline: Pipeline;
  options: Options;
  transcript: string | undefined;
  notes: Notes;
  onEvent: RunContext['onEvent'];
  withStills: boolean;
  withAttention: boolean;
  /** `null`: not asked for. */
  counterfactual: { budget: number | undefined } | null;
};

const attemptWith =
  ({ pipeline, options, transcript, notes, onEvent, withStills, withAttention, counterfactual }: AttemptNeeds) =>
  async (input: string, path: string, context: InputContext): Promise<Attempt<ExplainOutcome>> => {
    const explained = await pipeline.explain(path, options, { ...context, transcript, onEvent });
    for (const message of standIns(explained)) {
      notes.note(`${input}: ${message}`);
    }
    const { analysis, percepts, explanations } = explained;
    const error = explanations.length === 0 ? nothingExplained(input, explained) : null;
    const stills =
      (withStills || withAttention) && explanations.length > 0
        ? await pipeline.stills(path, explained, context).catch((thrown: unknown) => {
            if (context.signal.aborted) {
              throw thrown;
            }
            notes.note(`${input}: the report has no picture of the face, because it could not be read again.`);
            return [];
          })
        : [];
    const attention = withAttention ? { attention: await attentionTo(pipeline, explained, stills, context) } : {};
    const hangsOn =
      counterfactual === null
        ? {}
        : { counterfactual: await pipeline.counterfactual(explained, { ...options, ...counterfactual }, context) };
    if (withAttention && stills.length === 0 && error === null) {
      notes.note(`${input}: --explain-model needs a picture of the face, and there is none.`);
    }
    return {
      outcome: {
        record: { input, analysis, explanations, ...attention, ...hangsOn, error: recordErrorOf(error) },
        percepts,
        stills,
      },
      error,
    };
  };

/** That another reasoner answered than the one asked for is said at once, whatever the format. */
const standIns = ({ explanations }: Explained): string[] => [
  ...new Set(
    explanations.flatMap(({ reasoner }) =>
      (reasoner.warnings ?? []).filter(({ code }) => code === 'fallback').map(({ message }) => message),
    ),
  ),
];

/** What the model looks at in each still, in their order. */
const attentionTo = async (
  pipeline: Pipeline,
  { analysis, percepts }: Explained,
  stills: readonly Still[],
  { signal }: InputContext,
): Promise<ModelAttention[]> => {
  const found: ModelAttention[] = [];
  for (const still of stills) {
    const attribution = await pipeline.attribute(still, { signal });
    if (attribution !== null) {
      found.push(attentionOf({ analysis, percepts, still, attribution }));
    }
  }
  return found;
};

const nothingExplained = (
  input: string,
  { analysis }: { analysis: Parameters<typeof nothingToRead>[1] },
): WhyfaceError =>
  nothingToRead(input, analysis) ??
  new WhyfaceError({
    code: 'nothing-to-read',
    stage: 'reason',
    message: `Nobody is to be seen in the range asked for of ${plain(input)}; leave --from and --to out, or widen them.`,
  });

const failed = (input: string, error: WhyfaceError): ExplainOutcome => ({
  record: { input, analysis: null, explanations: [], error: recordErrorOf(error) },
  percepts: null,
  stills: [],
});
