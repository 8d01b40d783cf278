/** The language-model reasoner: describe, merge, and compare several answers where they are asked for. */
import type {
  CitedSentence,
  Exchange,
  FilledPrompt,
  PromptSubject,
  PromptWriter,
  ReasonedAnswer,
  Warning,
} from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { estimateMessages } from '../../kit/estimate-tokens.ts';
import type { Reasoner, ReasonRequest, ReasonResult } from '../reasoner.ts';
import { type Agreement, agreementOf } from './agree.ts';
import { descriptionText, readDescription } from './answer/read-description.ts';
import { modelAnswerOf } from './answer/write-answer.ts';
import { type Asked, type AskOptions, askAnswer } from './ask-answer.ts';
import type { LlmClient, LlmRun } from './client/client.ts';
import { DESCRIPTION_TOKENS, describe } from './describe.ts';
import { translate } from './translate.ts';

export { createLlmClient, type LlmClient, type LlmClientOptions, type LlmRun } from './client/client.ts';
export { isLoopback, type LlmConfig, readLlmConfig } from './config.ts';

export type LlmReasonerOptions = { client: LlmClient; prompts: PromptWriter };

/** One answer is the model's best; several are to differ, so that what they share means something. */
const TEMPERATURE = { one: 0, several: 0.7 } as const;
/** Samples that are asked for at the same time. */
const AT_ONCE = 4;
/** Below this share of the samples for one expression, they are taken to disagree. */
const LEAST_AGREEMENT = 0.5;

/** A reasoner that asks a language model. One client, and so one server, for all it is asked. */
export const createLlmReasoner = ({ client, prompts }: LlmReasonerOptions): Reasoner => ({
  specificationVersion: 'v1',
  id: 'llm',
  capabilities: { needsStills: false, needsNetwork: true, canRepair: true, deterministic: false },
  doReason: async (request, { signal, onEvent }) => {
    const run = client.begin({ signal });
    try {
      return await reason(request, { client, prompts, run, say: onEvent });
    } finally {
      run.end();
    }
  },
  doTranslate: (explanation, { language, signal, onEvent }) =>
    translate(explanation, { client, prompts, language, signal, say: onEvent }),
});

type Tools = { client: LlmClient; prompts: PromptWriter; run: LlmRun; say: AskOptions['say'] };

const reason = async (request: ReasonRequest, tools: Tools): Promise<ReasonResult> => {
  const { client, prompts, run } = tools;
  const { analysis, subject, range, facts, question } = request;
  const about: PromptSubject = { analysis, subject, range, facts, question };
  const strategy = request.strategy ?? 'two-stage';
  const repairing = request.findings.length > 0 && request.previous !== undefined;
  const samples = repairing ? 1 : (request.samples ?? 1);
  const temperature = samples > 1 ? TEMPERATURE.several : TEMPERATURE.one;
  const inputTokens = client.config.contextTokens - client.config.outputTokens;
  assertPlanAffordable({ about, strategy, samples, repairing, inputTokens }, tools);

  const exchanges: Exchange[] = [];
  const warnings: Warning[] = [];
  let description: CitedSentence[] = [];
  if (strategy === 'two-stage') {
    const described = repairing
      ? null
      : await describe(about, {
          ...tools,
          maximumTokens: inputTokens,
          answerTokens: client.config.outputTokens,
          temperature: TEMPERATURE.one,
          apiKey: client.config.apiKey,
        });
    description = described?.sentences ?? earlierDescription(request);
    exchanges.push(...(described?.exchanges ?? []));
    warnings.push(...(described?.warnings ?? []));
  }
  const write = (): FilledPrompt =>
    strategy === 'single'
      ? prompts.single(about, inputTokens)
      : prompts.merge(about, descriptionText(description), inputTokens);
  const shown = write();
  const options: Omit<AskOptions, 'seed'> = {
    run,
    prompts,
    analysis,
    maximumTokens: client.config.outputTokens,
    temperature,
    apiKey: client.config.apiKey,
    host: client.config.host,
    // Several answers at once would be told through each other.
    say: samples > 1 ? undefined : tools.say,
    exchanges,
  };
  const asked = repairing
    ? [await askRepair(request, shown, options)]
    : samples === 1
      ? [
          await askAnswer(
            strategy === 'single' ? 'single' : 'merge',
            { prompt: shown, shown, messages: shown.messages },
            options,
          ),
        ]
      : await askSamples(samples, shown, { ...options, told: tools.say });
  const agreement = agreementOf(asked.map(({ answer }) => answer));
  const chosen = asked[agreement.chosen];
  if (chosen === undefined) {
    throw new WhyfaceError({ code: 'internal', stage: 'reason', message: 'No answer was chosen.' });
  }
  warnings.push(...chosen.warnings, ...runWarnings({ asked, samples, shown }));
  const usage = run.usage();
  return {
    answer: samples === 1 ? chosen.answer : withAgreement(chosen.answer, asked, agreement, samples),
    reference: {
      id: 'llm',
      model: chosen.model ?? client.config.model,
      promptId: shown.id,
      promptSha256: shown.sha256,
      parameters: {
        server: client.config.host,
        modelAskedFor: client.config.model,
        strategy,
        samples,
        temperature,
        maximumTokens: client.config.outputTokens,
        form: client.abilities().form,
        claimedConfidence: chosen.claimedConfidence,
        ...(question === undefined ? {} : { question }),
        ...(samples > 1 ? { agreement: { label: agreement.label, votes: agreement.votes, of: agreement.of } } : {}),
        ...(repairing ? { repaired: true } : {}),
        usage,
      },
      fallback: false,
      ...(warnings.length === 0 ? {} : { warnings }),
      exchanges,
    },
  };
};

type Plan = {
  about: PromptSubject;
  strategy: 'single' | 'two-stage';
  samples: number;
  repairing: boolean;
  inputTokens: number;
};

/** What the whole explanation will cost at most, if nothing has to be asked again, is known before the first call. */
const assertPlanAffordable = (
  { about, strategy, samples, repairing, inputTokens }: Plan,
  { client, prompts, run }: Tools,
): void => {
  const answerTokens = client.config.outputTokens;
  const answer =
    strategy === 'single'
      ? estimateMessages(prompts.single(about, inputTokens).messages)
      : estimateMessages(prompts.merge(about, '', inputTokens).messages) + DESCRIPTION_TOKENS;
  const describing =
    strategy === 'single' || repairing
      ? []
      : [
          {
            promptTokens: estimateMessages(prompts.describe(about, inputTokens).messages),
            completionTokens: answerTokens,
          },
        ];
  run.assertAffordable([
    ...describing,
    ...Array.from({ length: samples }, () => ({ promptTokens: answer, completionTokens: answerTokens })),
  ]);
};

/** The description that an earlier round stands on. */
const earlierDescription = ({ previous, analysis }: ReasonRequest): CitedSentence[] => {
  const last = previous?.reference.exchanges?.findLast(({ stage }) => stage === 'describe');
  const visible = new Set(analysis.observations.map(({ id }) => id));
  return last === undefined ? [] : readDescription(last.answer, { visible, boundary: '\0' }).sentences;
};

const askRepair = (request: ReasonRequest, shown: FilledPrompt, options: AskOptions): Promise<Asked> => {
  const findings = request.findings.map(({ part, sentence, text, verdict, detail }) => ({
    where: `${part}, sentence ${sentence + 1}, ${verdict}`,
    what: `"${text}": ${detail}`,
  }));
  const prompt = options.prompts.repair(findings, shown.boundary);
  const before = request.previous === undefined ? '' : modelAnswerOf(request.previous.answer);
  const messages = [...shown.messages, { role: 'assistant' as const, content: before }, ...prompt.messages];
  return askAnswer('repair', { prompt, shown, messages }, options);
};

/** Several answers, a few at a time. Those that fail are left out; more than half must have come. */
const askSamples = async (
  samples: number,
  shown: FilledPrompt,
  { told, ...options }: AskOptions & { told: AskOptions['say'] },
): Promise<Asked[]> => {
  const asked: Asked[] = [];
  const failures: WhyfaceError[] = [];
  for (let from = 0; from < samples; from += AT_ONCE) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, samples - from) }, (_, index) => from + index + 1);
    const settled = await Promise.allSettled(
      seeds.map(async (seed) => {
        told?.({ type: 'stage-start', stage: 'sample', attempt: seed });
        return askAnswer('sample', { prompt: shown, shown, messages: shown.messages }, { ...options, seed });
      }),
    );
    for (const each of settled) {
      if (each.status === 'fulfilled') {
        asked.push(each.value);
      } else {
        failures.push(toWhyfaceError(each.reason, 'reason'));
      }
    }
  }
  const [first] = failures;
  if (first !== undefined && asked.length <= samples / 2) {
    throw first;
  }
  return asked;
};

const runWarnings = ({
  asked,
  samples,
  shown,
}: {
  asked: readonly Asked[];
  samples: number;
  shown: FilledPrompt;
}): Warning[] => {
  const found: Warning[] = [];
  if (asked.length < samples) {
    found.push({
      code: 'samples-failed',
      message: `${samples - asked.length} of ${samples} answers could not be used; the others were compared.`,
    });
  }
  if (shown.leftOut > 0) {
    found.push({
      code: 'facts-left-out',
      message: `${shown.leftOut} less telling observations did not fit into the question.`,
    });
  }
  if (asked.some(({ promptCut }) => promptCut)) {
    found.push({
      code: 'prompt-cut',
      message:
        'The server read less than was sent; its context is too small (for Ollama, raise OLLAMA_CONTEXT_LENGTH).',
    });
  }
  return found;
};

/** The chosen answer, as certain as the samples agree. */
const withAgreement = (
  answer: ReasonedAnswer,
  asked: readonly Asked[],
  { label, votes, of }: Agreement,
  samples: number,
): ReasonedAnswer => {
  const sharing = asked.filter(({ answer: each }) => each.judgement.expression.label === label);
  const mean = sharing.reduce((sum, { answer: each }) => sum + each.judgement.confidence, 0) / sharing.length;
  const share = votes / of;
  const split = share <= LEAST_AGREEMENT;
  const said = `${votes} of ${of} answers${of < samples ? ` (${samples} were asked for)` : ''} read the same evidence as ${label}`;
  const { reason, abstained } = answer.judgement;
  return {
    ...answer,
    judgement: {
      ...answer.judgement,
      confidence: Math.round(mean * share * 100) / 100,
      abstained: abstained || split,
      reason:
        `${split ? `The answers do not agree: ${said}.` : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`} ${reason}`.trim(),
    },
  };
};
