import type { TimeRange } from '../../contracts/index.ts';
import type { Draft } from '../draft.ts';
import type { Scene } from '../scene.ts';
import type { Asked, Memory, Reply } from './asked.ts';
import type { Intent } from './understand/intents.ts';

/** What a conversation is about before the first question. */
export const emptyMemory = (scene: Scene): Memory => ({
  intent: 'hello',
  topics: [],
  subject: null,
  everybody: false,
  range: scene.whole,
  timed: false,
  focus: scene.whole,
  cited: new Set(),
});

/** What the conversation is about after an answer; asides leave it as it was. */
export const remember = (asked: Asked, { moments, sentences }: Draft, reply: Reply, memory: Memory | null): Memory => {
  const [first] = moments;
  const spoken =
    first === undefined
      ? null
      : moments.reduce<TimeRange>(
          ({ startMs, endMs }, { range }) => ({
            startMs: Math.min(startMs, range.startMs),
            endMs: Math.max(endMs, range.endMs),
          }),
          first.range,
        );
  const focus = reply.focus ?? (asked.timed ? asked.range : (spoken ?? memory?.focus ?? asked.range));
  const small: ReadonlySet<Intent> = new Set(['hello', 'thanks', 'help', 'unknown']);
  if (small.has(asked.intent) && memory !== null) {
    return memory;
  }
  return {
    intent: asked.intent,
    topics: asked.topics.length > 0 || !KEEPS_TOPIC.has(asked.intent) ? asked.topics : (memory?.topics ?? []),
    subject: asked.everybody
      ? (moments.find(({ subject }) => subject !== null)?.subject ?? memory?.subject ?? null)
      : asked.subject,
    everybody: asked.everybody,
    range: asked.range,
    timed: asked.timed,
    focus,
    cited: new Set([...(memory?.cited ?? []), ...sentences.flatMap(({ cites }) => cites)]),
  };
};

/** Asides, after which the conversation is still about the same thing. */
const KEEPS_TOPIC: ReadonlySet<Intent> = new Set([
  'sure',
  'not-measured',
  'term',
  'models',
  'clip',
  'people',
  'pain',
  'thoughts',
  'would-change',
]);
