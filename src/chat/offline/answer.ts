import type { TimeRange } from '../../contracts/index.ts';
import { aside, type Draft, said } from '../draft.ts';
import type { Scene } from '../scene.ts';
import { about, aboutHeadGazeBlink } from './answers/about.ts';
import { changes, compare, describe, strongestMoment, whyChange, whyUnit } from './answers/change.ts';
import {
  beyond,
  clipFacts,
  feeling,
  greeting,
  help,
  howSure,
  notMeasured,
  pain,
  SUGGESTIONS,
  term,
  thanks,
  thoughts,
  whichModels,
} from './answers/limits.ts';
import { who, whoIsThere } from './answers/people.ts';
import {
  against,
  conflict,
  genuine,
  instead,
  labelTopicOf,
  reading,
  summary,
  whenLabel,
  whetherLabel,
  whyLabel,
  wouldChange,
} from './answers/reading.ts';
import {
  endmost,
  howLongUnit,
  howOftenUnit,
  howStrongUnit,
  listUnits,
  micros,
  sides,
  unitTopicsOf,
  whenUnit,
  whenUnitChanges,
  whetherUnit,
} from './answers/units.ts';
import { howItSounds, whatWasSaid, whoSpeaks } from './answers/voice.ts';
import { without } from './answers/without.ts';
import type { Asked, Memory, Reply } from './asked.ts';
import { resolve } from './resolve.ts';
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

const emptyMemory = (scene: Scene): Memory => ({
  intent: 'hello',
  topics: [],
  subject: null,
  everybody: false,
  range: scene.whole,
  timed: false,
  focus: scene.whole,
  cited: new Set(),
});

const remember = (asked: Asked, { moments, sentences }: Draft, reply: Reply, memory: Memory | null): Memory => {
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

const replyTo = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const label = labelTopicOf(asked);
  const units = unitTopicsOf(asked).length > 0;
  const other = aboutHeadGazeBlink(asked, scene);
  const unknown = asked.topics.find(({ kind }) => kind === 'feeling');
  switch (asked.intent) {
    case 'hello':
      return greeting(scene);
    case 'thanks':
      return thanks();
    case 'help':
      return help(scene);
    case 'clip':
      return clipFacts(scene);
    case 'models':
      return whichModels(scene);
    case 'people':
      return whoIsThere(scene);
    case 'who':
      return who(asked, scene);
    case 'why':
      return label !== null
        ? whyLabel(asked, scene, label)
        : units
          ? whyUnit(asked, scene)
          : unknown !== undefined
            ? feeling(asked, scene, unknown.words)
            : (other ?? whyReading(asked, scene));
    case 'why-change':
      return whyChange(asked, scene);
    case 'against':
      return against(asked, scene);
    case 'when':
      return units
        ? whenUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ??
            (asked.topics.some(({ kind }) => kind === 'voice')
              ? howItSounds(asked, scene)
              : asked.question.cues.has('changed')
                ? changes(asked, scene)
                : asked.question.cues.has('speak') || asked.question.cues.has('say')
                  ? whatWasSaid(asked, scene)
                  : changes(asked, scene)));
    case 'when-change':
      return units
        ? whenUnitChanges(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? changes(asked, scene));
    case 'whether':
      return units
        ? whetherUnit(asked, scene)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : unknown !== undefined
            ? feeling(asked, scene, unknown.words)
            : (other ?? about(asked, scene));
    case 'how-strong':
      return units
        ? howStrongUnit(asked, scene)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : about(asked, scene);
    case 'how-long':
      return units
        ? howLongUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? about(asked, scene));
    case 'how-often':
      return units
        ? howOftenUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? about(asked, scene));
    case 'side':
      return sides(asked, scene);
    case 'genuine':
      return genuine(asked, scene);
    case 'micro':
      return micros(asked, scene);
    case 'conflict':
      return conflict(asked, scene);
    case 'change':
      return units && !asked.timed ? whenUnit(asked, scene) : changes(asked, scene);
    case 'compare':
      return compare(asked, scene);
    case 'strongest':
      return units ? howStrongUnit(asked, scene) : strongestMoment(asked, scene);
    case 'first':
    case 'last':
      return endmost(asked, scene, asked.intent);
    case 'without':
      return without(asked, scene);
    case 'instead':
      return instead(asked, scene);
    case 'would-change':
      return wouldChange(asked, scene);
    case 'said':
      return whatWasSaid(asked, scene);
    case 'voice':
      return howItSounds(asked, scene);
    case 'speaks':
      return whoSpeaks(asked, scene);
    case 'not-measured':
      return notMeasured(asked, scene);
    case 'sure':
      return howSure(asked, scene);
    case 'term':
      return term(asked);
    case 'reading':
      return unknown !== undefined
        ? feeling(asked, scene, unknown.words)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : reading(asked, scene);
    case 'describe':
    case 'more':
      return describe(asked, scene);
    case 'summary':
      return scene.mayInfer ? summary(asked, scene) : describe(asked, scene);
    case 'units':
      return listUnits(asked, scene);
    case 'about':
      return about(asked, scene);
    case 'thoughts':
      return thoughts();
    case 'pain':
      return pain(asked, scene);
    case 'unknown':
      return beyond(asked);
  }
};

/** "why?" after a reading. */
const whyReading = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (!scene.mayInfer) {
    return describe(asked, scene);
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null || explanation.judgement.abstained) {
    return reading(asked, scene);
  }
  const { expression, compound } = explanation.judgement;
  const label = compound.label ?? expression.label;
  return whyLabel(asked, scene, { kind: 'label', label, words: label, exact: true });
};
