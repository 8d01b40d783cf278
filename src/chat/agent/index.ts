/** A language model with read-only tools over one analysis. Its answer is a draft like any other: it is checked, and marked. */
import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent } from 'langchain';
import { z } from 'zod';
import { SPACE_MARK } from '../../contracts/index.ts';
import { timeWord } from '../../facs/time-words.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { drawBoundary, markedText } from '../../textualize/index.ts';
import { fillPrompt } from '../../textualize/prompts/fill-prompt.ts';
import { latestPrompt } from '../../textualize/prompts/latest.ts';
import type { Answered, Answerer, AnswererOptions, AnswerRequest } from '../answerer.ts';
import { answerOffline } from '../offline/answer.ts';
import { readQuestion } from '../offline/understand/question.ts';
import type { Scene } from '../scene.ts';
import { type LlmConfig, redactedKey } from './config.ts';
import { readAgentAnswer } from './read-answer.ts';
import { type AgentPorts, createTools } from './tools.ts';

export type { AgentPorts } from './tools.ts';

export type AgentOptions = {
  config: LlmConfig;
  ports?: AgentPorts | undefined;
  fetch?: typeof fetch | undefined;
  /** 0–1, half-open; the border of untrusted text is drawn from it. */
  random?: (() => number) | undefined;
};

const tokenCount = z.object({ input_tokens: z.int().nonnegative(), output_tokens: z.int().nonnegative() });

/** Earlier turns that the model is shown. */
const MOST_TURNS = 8;
const TURN_CHARACTERS = 2_000;

/**
 * Answers with LangChain's agent over an OpenAI-compatible server: at most `LIMITS.chatModelCalls` calls of the model and
 * `LIMITS.chatToolCalls` of tools, within the time and tokens of the configuration.
 */
export const createAgentAnswerer = (options: AgentOptions): Answerer => ({
  id: 'agent',
  answer: (request, answererOptions) => answerWithAgent(options, request, answererOptions),
});

const answerWithAgent = async (
  { config, ports = {}, fetch: fetchFunction, random = Math.random }: AgentOptions,
  request: AnswerRequest,
  { signal, onStep = () => undefined }: AnswererOptions,
): Promise<Answered> => {
  const { scene, question } = request;
  // What is never answered is not asked of a model either.
  const read = readQuestion(question, scene.analysis, scene.percepts);
  const offline = await answerOffline(question, scene, request.memory);
  if (read.refusal !== null || !scene.mayInfer) {
    return {
      draft: offline.draft,
      memory: offline.memory,
      reference: { ...reference(config), id: 'offline', model: null, promptId: null, promptSha256: null },
    };
  }
  if (config.offline && !config.local) {
    throw new WhyfaceError({
      code: 'service-unavailable',
      stage: 'reason',
      message: `The language model at ${config.host} was not asked, because WHYFACE_OFFLINE forbids the network.`,
    });
  }
  const deadline = AbortSignal.timeout(config.totalMs);
  const stop = AbortSignal.any([deadline, ...(signal === undefined ? [] : [signal])]);
  const boundary = drawBoundary(
    [
      question,
      ...scene.analysis.observations.map(({ text }) => text),
      ...request.history.map(({ content }) => content),
    ],
    random,
  );
  const toolBox = createTools(scene, { boundary, ports, signal: stop, onStep });
  const usage = { inputTokens: 0, outputTokens: 0 };
  let steps = 0;
  const agent = createAgent({
    model: modelOf(config, fetchFunction),
    tools: toolBox.tools,
    systemPrompt: fillPrompt(latestPrompt('chat-agent'), {
      boundary,
      marker: SPACE_MARK,
      clip: clipText(scene),
      people: peopleText(scene),
    }),
  });
  try {
    const { messages } = await agent.invoke(
      { messages: [...history(request), new HumanMessage(question)] },
      { signal: stop, recursionLimit: 2 * LIMITS.chatModelCalls },
    );
    const fresh: BaseMessage[] = messages.slice(history(request).length + 1);
    for (const message of fresh) {
      if (AIMessage.isInstance(message)) {
        steps += message.tool_calls?.length ?? 0;
        const counted = tokenCount.safeParse(message.usage_metadata).data;
        usage.inputTokens += counted?.input_tokens ?? 0;
        usage.outputTokens += counted?.output_tokens ?? 0;
      }
    }
    const last = fresh.findLast((message) => AIMessage.isInstance(message));
    const sentences = readAgentAnswer(last?.text ?? '').map((sentence) => ({
      ...sentence,
      text: sentence.text.replaceAll(SPACE_MARK, ' ').replaceAll(boundary, ''),
    }));
    if (sentences.length === 0) {
      throw new WhyfaceError({
        code: 'answer-unusable',
        stage: 'reason',
        message: `The language model at ${config.host} gave no answer in words.`,
      });
    }
    const explanation = await scene.explain(offline.draft.subject ?? scene.people[0]?.id ?? null, scene.whole);
    const judged = sentences.map((sentence) => ({
      ...sentence,
      subject: null,
      ...(explanation === null ? {} : { judgement: explanation.judgement }),
    }));
    return {
      draft: { ...offline.draft, kind: 'answer', sentences: judged, moments: offline.draft.moments },
      memory: offline.memory,
      added: toolBox.added,
      reference: { ...reference(config), steps, usage: usage.inputTokens + usage.outputTokens > 0 ? usage : null },
    };
  } catch (thrown) {
    signal?.throwIfAborted();
    throw failureOf(thrown, config, deadline);
  }
};

const reference = ({ model }: LlmConfig): Answered['reference'] => {
  const prompt = latestPrompt('chat-agent');
  return {
    id: 'agent',
    model,
    promptId: `${prompt.id}@${prompt.version}`,
    promptSha256: prompt.combinedSha256,
    fallback: false,
    fallbackReason: null,
    steps: 0,
    usage: null,
  };
};

const modelOf = (config: LlmConfig, fetchFunction: typeof fetch | undefined): ChatOpenAI =>
  new ChatOpenAI({
    model: config.model,
    // Local servers take none, and the client insists on one.
    apiKey: config.apiKey ?? 'none',
    temperature: 0,
    maxTokens: config.outputTokens,
    timeout: config.attemptMs,
    maxRetries: 2,
    useResponsesApi: false,
    configuration: { baseURL: config.baseUrl, ...(fetchFunction === undefined ? {} : { fetch: fetchFunction }) },
  });

const failureOf = (thrown: unknown, config: LlmConfig, deadline: AbortSignal): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  const message = redactedKey(thrown instanceof Error ? thrown.message : String(thrown), config.apiKey);
  if (deadline.aborted) {
    return new WhyfaceError({
      code: 'deadline-exceeded',
      stage: 'reason',
      message: `The language model at ${config.host} took longer than ${Math.round(config.totalMs / 1000)} s.`,
      cause: thrown,
    });
  }
  if (/call limit|recursion limit/i.test(message)) {
    return new WhyfaceError({
      code: 'answer-unusable',
      stage: 'reason',
      message: `The language model at ${config.host} came to no answer within ${LIMITS.chatModelCalls} calls.`,
      cause: thrown,
    });
  }
  return new WhyfaceError({
    code: 'service-unavailable',
    stage: 'reason',
    message: `The language model at ${config.host} could not be asked (${message.slice(0, 160)}).`,
    cause: thrown,
  });
};

const history = ({ history: turns }: AnswerRequest): BaseMessage[] =>
  turns
    .slice(-MOST_TURNS)
    .map(({ role, content }) =>
      role === 'user'
        ? new HumanMessage(content.slice(0, TURN_CHARACTERS))
        : new AIMessage(content.slice(0, TURN_CHARACTERS)),
    );

const clipText = ({ analysis, timeless }: Scene): string => {
  const { clip } = analysis;
  const kind = timeless ? 'a photo' : clip.kind === 'audio' ? 'a sound recording' : 'a clip';
  return `It is ${kind}${timeless ? '' : ` of ${timeWord(clip.durationMs)}`}, ${clip.hasAudio ? 'with' : 'without'} sound.`;
};

const peopleText = ({ people, analysis }: Scene): string =>
  people.length === 0
    ? 'Nobody is in view.'
    : `In view: ${people.map(({ id, speaks }) => `${id}${speaks === true ? ' (speaks)' : ''}`).join(', ')}. Not measured: ${analysis.notMeasured.map(({ what }) => markedText(what, 80).replaceAll(SPACE_MARK, ' ')).join('; ') || 'nothing that should have been'}.`;
