/**
 * A conversation over one analysis. Whoever answers, every sentence is read back against the observations before it is
 * shown; nothing unchecked leaves here.
 */
import {
  type Analysis,
  type AnswererReference,
  type ChatAnswer,
  type ChatEvent,
  type ChatMessage,
  type Claim,
  type Explanation,
  type Percepts,
  type Purpose,
  QUESTION_CHARACTERS,
} from '../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../kit/error.ts';
import { NOTICE } from '../pipeline/notice.ts';
import type { Answered, Answerer, AnswerRequest } from './answerer.ts';
import { checkSentence, groundingScore } from './check-answer.ts';
import { answerOffline } from './offline/answer.ts';
import type { Memory } from './offline/asked.ts';
import { createOfflineAnswerer } from './offline/index.ts';
import { createScene, type Scene } from './scene.ts';

export type ConversationOptions = {
  analysis: Analysis;
  /** Frame-by-frame values, for places in the picture and levels between observations. */
  percepts?: Percepts | null | undefined;
  /** Explanations that are there already; others are made when a question needs them. */
  explanations?: readonly Explanation[] | undefined;
  purpose?: Purpose | undefined;
  /** What was said before; clients that keep no session send it again each time. */
  history?: readonly ChatMessage[] | undefined;
  /** Who answers; the offline answerer unless told otherwise, and in its place when it fails. */
  answerer?: Answerer | undefined;
};

export type Conversation = {
  /**
   * Answers a question. The last event is `answer-end` or `error`; an abort ends with an `error` of the code `aborted`.
   * One question at a time.
   */
  answer(question: string, options?: { signal?: AbortSignal | undefined }): AsyncIterable<ChatEvent>;
  /** Everything said so far. */
  readonly messages: readonly ChatMessage[];
};

/** Earlier questions that are read again to know what "that" is. */
const MOST_REMEMBERED = 12;

export const createConversation = (options: ConversationOptions): Conversation => {
  const scene = createScene(options);
  const messages: ChatMessage[] = [...(options.history ?? [])];
  const answerer = options.answerer ?? createOfflineAnswerer();
  let memory: Promise<Memory | null> | null = null;
  return {
    messages,
    async *answer(question, { signal } = {}) {
      const history = [...messages];
      try {
        signal?.throwIfAborted();
        assertQuestion(question);
        memory ??= recalled(scene, history);
        const request = { question, scene, history, memory: await memory };
        const steps: string[] = [];
        const progress = createSignal();
        const onStep = (text: string): void => {
          steps.push(text);
          progress.wake();
        };
        let told = 0;
        let done = false;
        const settle = (): void => {
          done = true;
          progress.wake();
        };
        const pending = answeredBy(answerer, request, { signal, onStep });
        // What it throws is taken up below, where the answer is awaited.
        pending.then(settle, settle);
        while (!done || told < steps.length) {
          const step = steps[told];
          if (step === undefined) {
            await progress.wait();
            continue;
          }
          told += 1;
          yield { type: 'step', text: step };
        }
        const answered = await pending;
        memory = Promise.resolve(answered.memory ?? (await answerOffline(question, scene, request.memory)).memory);
        const answer = yield* checkedEvents(scene, question, answered);
        messages.push(
          { role: 'user', content: question },
          { role: 'assistant', content: answer.sentences.map(({ text }) => text).join(' ') },
        );
        yield { type: 'answer-end', answer };
      } catch (thrown) {
        const error = toWhyfaceError(thrown, 'reason');
        yield { type: 'error', error: { code: error.code, message: error.message } };
      }
    },
  };
};

/** The whole answer at once. @throws WhyfaceError of the code that the conversation ended with. */
export const wholeAnswer = async (events: AsyncIterable<ChatEvent>): Promise<ChatAnswer> => {
  for await (const event of events) {
    if (event.type === 'answer-end') {
      return event.answer;
    }
    if (event.type === 'error') {
      throw new WhyfaceError({
        code: event.error.code === 'aborted' ? 'aborted' : 'usage',
        stage: 'reason',
        message: event.error.message,
      });
    }
  }
  throw new WhyfaceError({ code: 'internal', stage: 'reason', message: 'The conversation ended without an answer.' });
};

const assertQuestion = (question: string): void => {
  if (question.trim() === '') {
    throw new WhyfaceError({ code: 'usage', stage: 'input', message: 'The question is empty.' });
  }
  if (question.length > QUESTION_CHARACTERS) {
    throw new WhyfaceError({
      code: 'usage',
      stage: 'input',
      message: `The question has ${question.length} characters; ask in at most ${QUESTION_CHARACTERS}.`,
    });
  }
};

/** What the conversation was about, found by reading its questions again. */
const recalled = async (scene: Scene, history: readonly ChatMessage[]): Promise<Memory | null> => {
  let memory: Memory | null = null;
  const questions = history.filter(({ role }) => role === 'user').slice(-MOST_REMEMBERED);
  for (const { content } of questions) {
    if (content.trim() !== '' && content.length <= QUESTION_CHARACTERS) {
      memory = (await answerOffline(content, scene, memory)).memory;
    }
  }
  return memory;
};

/** The answerer's answer; the offline one, and labelled so, where it fails. */
const answeredBy = async (
  answerer: Answerer,
  request: AnswerRequest,
  options: Parameters<Answerer['answer']>[1],
): Promise<Answered> => {
  if (answerer.id === 'offline') {
    return answerer.answer(request, options);
  }
  try {
    return await answerer.answer(request, options);
  } catch (thrown) {
    options.signal?.throwIfAborted();
    const error = toWhyfaceError(thrown, 'reason');
    if (error.code === 'purpose-refused' || error.code === 'usage') {
      throw error;
    }
    const instead = await createOfflineAnswerer().answer(request, options);
    return { ...instead, reference: { ...instead.reference, fallback: true, fallbackReason: error.message } };
  }
};

async function* checkedEvents(
  scene: Scene,
  question: string,
  { draft, reference, added = [] }: Answered,
): AsyncGenerator<ChatEvent, ChatAnswer> {
  const all: Claim[] = [];
  const analysis =
    added.length === 0
      ? scene.analysis
      : { ...scene.analysis, observations: [...scene.analysis.observations, ...added] };
  // What is told may lie outside the time that was asked about: "only at another time".
  const scope = { subject: draft.subject, range: scene.whole };
  const sentences = draft.sentences.map(({ text, cites }) => ({ text, cites: [...cites] }));
  for (const [index, sentence] of draft.sentences.entries()) {
    const claims = checkSentence(sentence, index, analysis, scope);
    all.push(...claims);
    yield { type: 'text-delta', index, delta: sentence.text };
    yield { type: 'sentence', index, sentence: { text: sentence.text, cites: [...sentence.cites] }, claims };
  }
  return {
    schema: 'whyface/chat-answer@1',
    analysisId: scene.analysis.id,
    question,
    kind: draft.kind,
    subject: draft.subject,
    range: draft.range,
    sentences,
    grounding: { score: groundingScore(all), claims: all },
    moments: [...draft.moments],
    measured: [...added],
    suggestions: [...draft.suggestions],
    answerer: copyOf(reference),
    notice: NOTICE,
  };
}

const copyOf = (reference: AnswererReference): AnswererReference => ({ ...reference });

/** Lets a generator sleep until something happens. */
const createSignal = (): { wake(): void; wait(): Promise<void> } => {
  let resolve: (() => void) | null = null;
  let woken = false;
  return {
    wake: () => {
      woken = true;
      resolve?.();
      resolve = null;
    },
    wait: () =>
      new Promise((done) => {
        if (woken) {
          woken = false;
          done();
          return;
        }
        resolve = () => {
          woken = false;
          done();
        };
      }),
  };
};
