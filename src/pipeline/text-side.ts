/**
 * From an analysis to verified explanations. No node imports: this half of the spine also runs on Workers and in
 * browsers.
 */
import {
  type Analysis,
  type ExplainOptions,
  type Explanation,
  isTimeless,
  type Still,
  type Subject,
  type TimeRange,
} from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { OnProgress } from '../kit/progress.ts';
import type { Reasoner } from '../reason/reasoner.ts';
import { textualize } from '../textualize/index.ts';
import type { ExplainEvent } from './explain-event.ts';
import { holdToEvidence } from './hold-to-evidence.ts';
import { NOTICE } from './notice.ts';
import { assertInferenceAllowed } from './purpose.ts';
import { verifiedAnswer } from './verified-answer.ts';

export type TextSideContext = {
  reasoner: Reasoner;
  stills?: readonly Still[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
  /** The reasoner's draft as it is written, and what becomes of it. */
  onEvent?: ((event: ExplainEvent) => void) | undefined;
};

/**
 * Explains every subject with a readable face or voice over the range asked for, in the order of the subjects.
 *
 * @throws WhyfaceError `purpose-refused`; `usage` where the subject or the range is not in the analysis; whatever the
 *   reasoner throws.
 */
export const explainAnalysis = async (
  analysis: Analysis,
  options: ExplainOptions,
  context: TextSideContext,
): Promise<Explanation[]> => {
  assertInferenceAllowed(options.purpose);
  const range = rangeOf(analysis, options);
  const subjects = whoToExplain(analysis, options, range);
  const explanations: Explanation[] = [];
  for (const [index, subject] of subjects.entries()) {
    context.onProgress?.({ stage: 'reason', done: index, total: subjects.length });
    explanations.push(await explainSubject({ analysis, subject, range }, options, context));
  }
  context.onProgress?.({ stage: 'verify', done: subjects.length, total: subjects.length });
  return explanations;
};

/** The subjects, or `null` for a voice that nobody in view can be given: a recording, or a clip without faces. */
const whoToExplain = (analysis: Analysis, options: ExplainOptions, range: TimeRange): Array<string | null> => {
  const seen = subjectsOf(analysis, options, range).map(({ id }) => id);
  const heard = analysis.observations.some(
    ({ kind, subject, range: when }) =>
      (kind === 'voice' || kind === 'speech') &&
      subject === null &&
      when.startMs < range.endMs &&
      when.endMs > range.startMs,
  );
  return seen.length === 0 && heard ? [null] : seen;
};

type About = { analysis: Analysis; subject: string | null; range: TimeRange };

const explainSubject = async (
  { analysis, subject, range }: About,
  { question, samples, strategy, language, fallback }: ExplainOptions,
  { reasoner, stills = [], signal, onEvent }: TextSideContext,
): Promise<Explanation> => {
  const facts = textualize(analysis, { subject, range });
  const request = {
    analysis,
    subject,
    range,
    facts,
    stills: stills.filter((still) => still.subject === subject),
    findings: [],
    question,
    samples,
    strategy,
  };
  const verified = await verifiedAnswer(request, { reasoner, fallback, signal, onEvent });
  const { answer, reference, grounding } = holdToEvidence(request, verified);
  const explanation: Explanation = {
    schema: 'whyface/explanation@1',
    analysisId: analysis.id,
    subject,
    range,
    reasoner: reference,
    ...answer,
    grounding,
    notice: NOTICE,
  };
  return isEnglish(language) ? explanation : inLanguage(explanation, language, { reasoner, signal, onEvent });
};

const isEnglish = (language: string): boolean => /^en(?:-|$)/i.test(language);

/** The explanation with its translation. Where there is none the English stays, and that is said. */
const inLanguage = async (
  explanation: Explanation,
  language: string,
  { reasoner, signal, onEvent }: Pick<TextSideContext, 'reasoner' | 'signal' | 'onEvent'>,
): Promise<Explanation> => {
  const { subject } = explanation;
  const english = (why: string): Explanation => ({
    ...explanation,
    reasoner: {
      ...explanation.reasoner,
      warnings: [
        ...(explanation.reasoner.warnings ?? []),
        { code: 'not-translated', message: `It is in English, not in "${language}": ${why}` },
      ],
    },
  });
  if (reasoner.doTranslate === undefined || explanation.reasoner.fallback) {
    return english('only a language model translates.');
  }
  try {
    const translation = await reasoner.doTranslate(explanation, {
      language,
      signal,
      onEvent: onEvent && ((event) => onEvent({ ...event, subject })),
    });
    return { ...explanation, translation };
  } catch (thrown) {
    if (signal?.aborted === true || !WhyfaceError.isInstance(thrown) || thrown.code === 'aborted') {
      throw thrown;
    }
    return english(thrown.message);
  }
};

const rangeOf = (analysis: Analysis, options: ExplainOptions): TimeRange => {
  const startMs = options.fromMs ?? 0;
  const endMs = options.toMs ?? analysis.clip.durationMs;
  const beyond = !isTimeless(analysis.clip) && startMs >= analysis.clip.durationMs;
  if (endMs < startMs || beyond) {
    throw new WhyfaceError({
      code: 'usage',
      stage: 'input',
      message:
        analysis.clip.kind === 'image'
          ? 'A picture has no times; leave --from and --to (fromMs, toMs) out.'
          : `The range begins at ${startMs / 1000} s, and the clip lasts ${analysis.clip.durationMs / 1000} s; name a range within it.`,
    });
  }
  return { startMs, endMs };
};

const subjectsOf = (analysis: Analysis, options: ExplainOptions, range: TimeRange): Subject[] => {
  if (options.subject !== 'all') {
    const chosen = analysis.subjects.filter((subject) => subject.id === options.subject);
    if (chosen.length === 0) {
      const known = analysis.subjects.map((subject) => subject.id).join(', ') || 'nobody';
      throw new WhyfaceError({
        code: 'usage',
        stage: 'input',
        message: `There is no ${options.subject} in this clip; it shows ${known}.`,
      });
    }
    return chosen;
  }
  if (isTimeless(analysis.clip)) {
    return analysis.subjects;
  }
  return analysis.subjects.filter((subject) => subject.firstMs < range.endMs && subject.lastMs >= range.startMs);
};
