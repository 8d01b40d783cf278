import type { TimeRange } from '../../contracts/index.ts';
import { type Scene, unitsOf } from '../scene.ts';
import { componentsOf } from './answers/arguments.ts';
import type { Asked, Memory } from './asked.ts';
import type { Intent } from './understand/intents.ts';
import type { Question } from './understand/question.ts';
import type { Topic } from './understand/topics.ts';
import { listed } from './words.ts';

/** A question that cannot be answered before something else is said. */
export type Clarification = { clarification: string; suggestions: readonly string[] };

/** Intents that are about one thing, and take it over from the conversation where the question does not name it. */
const NEEDS_TOPIC: ReadonlySet<Intent> = new Set([
  'when', 'when-change', 'how-strong', 'how-long', 'how-often', 'side', 'genuine', 'why', 'why-change', 'without', 'against', 'sure',
]); // biome-ignore format: one list

/** Intents that "and at 0:05?", "and P2?" can go on with. */
const GOES_ON: ReadonlySet<Intent> = new Set([
  'why', 'why-change', 'against', 'when', 'when-change', 'who', 'whether', 'how-strong', 'how-long', 'how-often', 'side', 'genuine', 'micro', 'conflict', 'change', 'strongest', 'first', 'last', 'without', 'instead', 'would-change', 'said',
  'voice', 'speaks', 'not-measured', 'sure', 'reading', 'describe', 'summary', 'units', 'about',
]); // biome-ignore format: one list

/** Of a time before or after, these ask the same again; of everything else one tells what happens there. */
const SAME_ELSEWHERE: ReadonlySet<Intent> = new Set([
  'said',
  'voice',
  'reading',
  'units',
  'describe',
  'summary',
  'whether',
]);

/** About everybody unless somebody is named. */
const ABOUT_ALL: ReadonlySet<Intent> = new Set([
  'reading',
  'summary',
  'people',
  'who',
  'not-measured',
  'said',
  'voice',
  'speaks',
  'describe',
  'micro',
  'help',
  'clip',
  'models',
  'term',
  'hello',
  'thanks',
  'unknown',
  'compare',
  'thoughts',
]);

/** How far "before that" and "after that" reach. */
const SHIFT_MS = 3000;

/** Fills in what the question leaves to the conversation: topic, kind of answer, person, time. */
export const resolve = (question: Question, memory: Memory | null, scene: Scene): Asked | Clarification => {
  const intent = intentFrom(question, memory);
  const topics = topicsFrom(question, memory, intent);
  const person = personFrom(question, memory, scene, intent, topics);
  if ('clarification' in person) {
    return person;
  }
  const { range, timed } = timeFrom(question, memory, scene, intent);
  return { question, intent, topics, range, timed, times: question.times, memory, ...person };
};

const LEAN = 6;

const intentFrom = (question: Question, memory: Memory | null): Intent => {
  const { intent, topics, times, person, shift, goesOn, words } = question;
  if (memory === null) {
    return intent === 'unknown' && shift !== null ? 'describe' : intent;
  }
  const points = person.kind === 'other' || person.kind === 'found' || person.kind === 'everybody' || times.length > 0;
  const vague: ReadonlySet<Intent> = new Set(['unknown', 'more', 'describe', 'about', 'reading']);
  if (shift !== null && (vague.has(intent) || intent === 'thanks')) {
    return SAME_ELSEWHERE.has(memory.intent) && topics.length === 0
      ? memory.intent
      : topics.length > 0
        ? 'whether'
        : 'describe';
  }
  const short =
    words <= LEAN &&
    (goesOn || intent === 'unknown' || intent === 'more' || (intent === 'describe' && !question.cues.has('describe')));
  if (short && points && topics.length === 0 && vague.has(intent) && GOES_ON.has(memory.intent)) {
    return memory.intent;
  }
  if (goesOn && topics.length > 0 && vague.has(intent) && GOES_ON.has(memory.intent)) {
    return sameKind(topics, memory.topics) ? memory.intent : intent;
  }
  return intent;
};

const sameKind = (topics: readonly Topic[], others: readonly Topic[]): boolean => {
  const family = (topic: Topic): string => (topic.kind === 'region' ? 'unit' : topic.kind);
  return topics.some((topic) => others.some((other) => family(other) === family(topic)));
};

const topicsFrom = (question: Question, memory: Memory | null, intent: Intent): readonly Topic[] => {
  if (question.topics.length > 0 || memory === null) {
    return question.topics;
  }
  const carriesOn =
    question.intent !== intent || NEEDS_TOPIC.has(intent) || /\b(?:it|that|this|one)\b/i.test(question.text);
  const own = question.intent === 'sure' && !/\b(?:it|that|this)\b/i.test(question.text);
  return carriesOn && !own && question.shift === null ? memory.topics : [];
};

type Whom = Pick<Asked, 'subject' | 'everybody' | 'named' | 'assumption'>;

const whom = (subject: string | null, more: Partial<Whom> = {}): Whom => ({
  subject,
  everybody: false,
  named: [],
  assumption: null,
  ...more,
});

const personFrom = (
  question: Question,
  memory: Memory | null,
  scene: Scene,
  intent: Intent,
  topics: readonly Topic[],
): Whom | Clarification => {
  const { people } = scene;
  const { person } = question;
  const [only] = people;
  const all = listed(people.map(({ id }) => id));
  const ask = (clarification: string): Clarification => ({
    clarification,
    suggestions: people.slice(0, 3).map(({ id }) => `How does ${id} look?`),
  });
  if (person.kind === 'unknown') {
    return ask(
      `There is no ${person.words} here; ${people.length === 0 ? 'nobody is in view' : people.length === 1 ? `only ${all} is in view` : `in view are ${all}`}.`,
    );
  }
  if (only === undefined) {
    return whom(null);
  }
  if (person.kind === 'found') {
    return whom(person.ids[0] ?? only.id, { named: person.ids });
  }
  if (people.length === 1) {
    return person.kind === 'other' && memory !== null && question.topics.length === 0 && intent !== 'more'
      ? ask('Only one person is in view, so there is no other one.')
      : whom(only.id);
  }
  if (person.kind === 'everybody') {
    return whom(null, { everybody: true });
  }
  if (person.kind === 'other') {
    const others = people.filter(({ id }) => id !== memory?.subject);
    return memory !== null && memory.subject !== null && others.length === 1
      ? whom(others[0]?.id ?? only.id)
      : ask(`Which one do you mean? In view are ${all}.`);
  }
  if (person.kind === 'untold' && intent === 'unknown') {
    return whom(null, { everybody: true });
  }
  if (person.kind === 'untold') {
    const speakers = people.filter(({ place }) => place !== null);
    const hint = speakers.length > 1 ? ' You can also say "the person on the left".' : '';
    return ask(`Who "${person.words}" is, the measurements do not tell; please name one of ${all}.${hint}`);
  }
  if (person.kind === 'none' && ABOUT_ALL.has(intent) && !question.goesOn && question.words > 3) {
    return whom(null, { everybody: true });
  }
  const [pointedAt] = topics.flatMap((topic) =>
    topic.kind === 'observation' ? (scene.byId.get(topic.id)?.subject ?? []) : [],
  );
  if (pointedAt !== undefined) {
    return whom(pointedAt);
  }
  const said = memory?.subject ?? null;
  if (
    said !== null &&
    (person.kind === 'pronoun' || question.goesOn || question.words <= LEAN || NEEDS_TOPIC.has(intent))
  ) {
    return whom(said);
  }
  if (person.kind === 'none' && ABOUT_ALL.has(intent)) {
    return whom(null, { everybody: true });
  }
  return likeliest(scene, topics, question);
};

/** Nobody was named among several: who shows most of what was asked about, or is longest in view; and that is said. */
const likeliest = (scene: Scene, topics: readonly Topic[], question: Question): Whom => {
  const { people, whole } = scene;
  const range = question.times[0]?.range ?? whole;
  const byUnit = topics.flatMap((topic) => (topic.kind === 'unit' ? topic.codes : []));
  const label = topics.find((topic) => topic.kind === 'label');
  const worth = (id: string): number => {
    if (byUnit.length > 0) {
      return Math.max(
        0,
        ...unitsOf(scene, { subject: id, range, codes: byUnit }).present.map(
          ({ au, confidence }) => (au.intensity ?? 0) * confidence,
        ),
      );
    }
    if (label?.kind === 'label' && scene.mayInfer) {
      const { scores } = scene.reading(id, range);
      return Math.max(...componentsOf(label.label).map((each) => scores.expression[each]));
    }
    return 0;
  };
  const frames = (id: string): number => people.find((each) => each.id === id)?.frames ?? 0;
  const ranked = people
    .map(({ id }) => ({ id, worth: worth(id) }))
    .sort((a, b) => b.worth - a.worth || frames(b.id) - frames(a.id));
  const [best] = ranked;
  if (best === undefined) {
    return whom(null);
  }
  const why = best.worth > 0 ? 'who shows most of it' : 'who is longest in view';
  return whom(best.id, {
    assumption: `I take you to mean ${best.id}, ${why}; in view are ${listed(people.map(({ id }) => id))}.`,
  });
};

const timeFrom = (
  question: Question,
  memory: Memory | null,
  scene: Scene,
  intent: Intent,
): { range: TimeRange; timed: boolean } => {
  const { whole, timeless } = scene;
  if (timeless) {
    return { range: whole, timed: false };
  }
  const [first, ...rest] = question.times;
  if (first !== undefined) {
    const all = [first, ...rest].map(({ range }) => range);
    const startMs = Math.min(...all.map((range) => range.startMs));
    const endMs = Math.max(...all.map((range) => range.endMs));
    return { range: within({ startMs, endMs }, whole), timed: true };
  }
  if (question.cues.has('whole')) {
    return { range: whole, timed: false };
  }
  if (memory === null) {
    return { range: whole, timed: false };
  }
  if (question.shift === 'before') {
    const endMs = Math.max(1, memory.focus.startMs);
    return { range: within({ startMs: endMs - SHIFT_MS, endMs }, whole), timed: true };
  }
  if (question.shift === 'after') {
    const startMs = Math.min(whole.endMs - 1, memory.focus.endMs);
    return { range: within({ startMs, endMs: startMs + SHIFT_MS }, whole), timed: true };
  }
  const bare = question.topics.length === 0 && NEEDS_TOPIC.has(intent) && question.words <= 5;
  const carries =
    memory.timed &&
    (question.cues.has('sameTime') ||
      question.goesOn ||
      (question.intent !== intent && question.topics.length === 0) ||
      bare);
  return carries && intent !== 'summary' && intent !== 'people'
    ? { range: memory.range, timed: true }
    : { range: whole, timed: false };
};

const within = ({ startMs, endMs }: TimeRange, whole: TimeRange): TimeRange => {
  const start = Math.min(Math.max(0, Math.round(startMs)), Math.max(0, whole.endMs - 1));
  return { startMs: start, endMs: Math.max(start + 1, Math.min(whole.endMs, Math.round(endMs))) };
};
