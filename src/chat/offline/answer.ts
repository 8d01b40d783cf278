import type { TimeRange } from '../../contracts/index.ts';
import { aside, type Draft, said } from '../draft.ts';
import type { Scene } from '../scene.ts';
import { SUGGESTIONS } from './answers/small-talk.ts';
import type { Memory, Reply } from './asked.ts';
import { emptyMemory, remember } from './memory.ts';
import { replyTo } from './reply-to.ts';
import { resolve } from './resolve.ts';
import { labelTopicOf } from './topics-of.ts';
import type { Intent } from './understand/intents.ts';
import { readQuestion } from './understand/question.ts';

export type OfflineAnswer = { draft: Draft; memory: Memory };

/** Intents whose answer is a reading of emotion, whatever they are about. */
const INFERS: ReadonlySet<Intent> = new Set([
  'reading',
  'summary',
  'against',
  'instead',
  'would-change',
  'conflict',
  'without',
  'genuine',
]);

/** Answers one question from the observations, by rules. */
export const answerOffline = async (text: string, scene: Scene, memory: Memory | null): Promise<OfflineAnswer> => {
  const question = readQuestion(text, scene.analysis, scene.percepts);
  const plain = (reply: Reply): OfflineAnswer => ({
    draft: draftOf(reply, memory?.subject ?? null, memory?.range ?? scene.whole),
    memory: memory ?? emptyMemory(scene),
  });
  if (question.refusal !== null) {
    return plain({
      kind: 'refusal',
      sentences: [aside(question.refusal.answer), aside('I can say what was measured, and how it reads.')],
      suggestions: [...SUGGESTIONS],
    });
  }
  const asked = resolve(question, memory, scene);
  if ('clarification' in asked) {
    return plain({
      kind: 'clarification',
      sentences: [aside(asked.clarification)],
      suggestions: [...asked.suggestions],
    });
  }
  if (
    !scene.mayInfer &&
    (INFERS.has(asked.intent) ||
      labelTopicOf(asked) !== null ||
      asked.topics.some(({ kind }) => kind === 'feeling' || kind === 'affect'))
  ) {
    return plain({
      kind: 'refusal',
      sentences: [
        aside(
          `For the purpose "${scene.purpose}" no reading of emotion is given (EU AI Act Art. 5(1)(f)); the measurements can be asked about.`,
        ),
      ],
      suggestions: ['Which action units are there?', 'What happens at the start?', 'What was said?'],
    });
  }
  const beyondEnd = question.times.find(({ ends }) => ends?.some((ms) => ms > scene.whole.endMs + 500) === true);
  const nothingBefore = question.shift === 'before' && memory !== null && memory.focus.startMs < 100 && !scene.timeless;
  const reply = nothingBefore
    ? BEFORE_THE_START
    : beyondEnd !== undefined && !scene.timeless
      ? ({
          kind: 'beyond',
          sentences: [
            said(`The clip lasts ${(scene.whole.endMs / 1000).toFixed(1)} s, so there is nothing at that time.`, [], {
              part: 'alternatives',
            }),
          ],
          suggestions: ['What happens at the end?'],
        } satisfies Reply)
      : await replyTo(asked, scene);
  const assumption = asked.assumption === null || reply.kind === 'beyond' ? [] : [aside(asked.assumption)];
  const draft = draftOf(
    { ...reply, sentences: [...assumption, ...reply.sentences] },
    asked.everybody || asked.named.length > 1 ? null : asked.subject,
    asked.range,
  );
  return { draft, memory: remember(asked, draft, reply, memory) };
};

const BEFORE_THE_START: Reply = {
  kind: 'beyond',
  sentences: [said('That reaches back to the start of the clip, so there is nothing before it.')],
  suggestions: ['And after that?', 'What comes first?'],
};

const draftOf = (
  { kind = 'answer', sentences, moments = [], suggestions = [] }: Reply,
  subject: string | null,
  range: TimeRange,
): Draft => ({
  kind,
  subject,
  range,
  sentences: sentences.filter(({ text }) => text.trim() !== ''),
  moments,
  suggestions: [...new Set(suggestions)].slice(0, 3),
});
