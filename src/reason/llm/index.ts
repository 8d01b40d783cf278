/** The language-model reasoner: describe, merge, and compare several answers where they are asked for. */

import type {
  CitedSentence,
  Exchange,
  FilledPrompt,
  PromptSubject,
  PromptWriter,
  Warning,
} from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import type { Reasoner, ReasonRequest, ReasonResult } from '../reasoner.ts';
import { agreementOf } from './agree.ts';
import { descriptionText, readDescription } from './answer/read-description.ts';
import { modelAnswerOf } from './answer/write-answer.ts';
import { type Asked, type AskOptions, askAnswer } from './ask-answer.ts';
import type { LlmClient, LlmRun } from './client/client.ts';
import { describe } from './describe.ts';
import { assertPlanAffordable } from './plan.ts';
import { agreementAmong, askSamples, earlierAgreement, withAgreement } from './samples.ts';
import { translate } from './translate.ts';
import { withReply } from './with-reply.ts';

export { createLlmClient, type LlmClient, type LlmClientOptions, type LlmRun } from './client/client.ts';
export { isLoopback, type LlmConfig, readLlmConfig } from './config.ts';

export type LlmReasonerOptions = { client: LlmClient; prompts: PromptWriter };

/** One answer is the model's best; several are to differ, so that what they share means something. */
const TEMPERATURE = { one: 0, several: 0.7 } as const;
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
  // A repair needs room for the answer that is to be mended.
  const questionTokens = repairing ? inputTokens - Math.min(client.config.outputTokens, inputTokens / 3) : inputTokens;
  const shown =
    strategy === 'single'
      ? prompts.single(about, questionTokens)
      : prompts.merge(about, descriptionText(description), questionTokens);
  const options: Omit<AskOptions, 'seed'> = {
    run,
    prompts,
    analysis,
    maximumTokens: client.config.outputTokens,
    inputTokens,
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
  // A mended answer is still the one that several agreed on, or did not.
  const standing = samples > 1 ? agreementAmong(asked, agreement) : earlierAgreement(request);
  return {
    answer: standing === null ? chosen.answer : withAgreement(chosen.answer, standing),
    reference: {
      id: 'llm',
      model: chosen.model ?? client.config.model,
      promptId: shown.id,
      promptSha256: shown.sha256,
      parameters: {
        server: client.config.host,
        modelAskedFor: client.config.model,
        strategy,
        samples: request.samples ?? 1,
        temperature,
        maximumTokens: client.config.outputTokens,
        form: client.abilities().form,
        claimedConfidence: chosen.claimedConfidence,
        ...(question === undefined ? {} : { question }),
        ...(standing === null ? {} : { agreement: standing }),
        ...(repairing ? { repaired: true } : {}),
        usage,
      },
      fallback: false,
      ...(warnings.length === 0 ? {} : { warnings }),
      exchanges,
    },
  };
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
  const messages = withReply(shown.messages, before, prompt.messages, options.inputTokens);
  return askAnswer('repair', { prompt, shown, messages }, options);
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
