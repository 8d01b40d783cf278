import type { Cue, FoundCue } from './cues.ts';
import type { AskedPerson } from './persons.ts';
import type { AskedTime } from './times.ts';
import type { Topic, TopicKind } from './topics.ts';

/** What kind of answer a question wants. */
export type Intent =
  | 'hello'
  | 'thanks'
  | 'help'
  | 'why'
  | 'why-change'
  | 'against'
  | 'when'
  | 'when-change'
  | 'who'
  | 'people'
  | 'whether'
  | 'how-strong'
  | 'how-long'
  | 'how-often'
  | 'side'
  | 'genuine'
  | 'micro'
  | 'conflict'
  | 'change'
  | 'compare'
  | 'strongest'
  | 'first'
  | 'last'
  | 'without'
  | 'instead'
  | 'would-change'
  | 'said'
  | 'voice'
  | 'speaks'
  | 'not-measured'
  | 'sure'
  | 'term'
  | 'reading'
  | 'describe'
  | 'summary'
  | 'units'
  | 'clip'
  | 'models'
  | 'thoughts'
  | 'pain'
  | 'about'
  | 'more'
  | 'unknown';

export type IntentNeeds = {
  words: readonly string[];
  cues: ReadonlySet<Cue>;
  found: readonly FoundCue[];
  topics: readonly Topic[];
  times: readonly AskedTime[];
  person: AskedPerson;
};

type Rule = { intent: Intent; when: (given: Given) => boolean };

type Given = IntentNeeds & {
  has: (...cues: readonly Cue[]) => boolean;
  /** Every one of them. */
  all: (...cues: readonly Cue[]) => boolean;
  topic: (...kinds: readonly TopicKind[]) => boolean;
  /** Of the face, the voice, the head: something that was measured. */
  measured: boolean;
  begins: (...words: readonly string[]) => boolean;
};

/** Yes-or-no questions begin like this. */
const ASKS_WHETHER = [
  'is',
  'are',
  'was',
  'were',
  'does',
  'do',
  'did',
  'has',
  'have',
  'had',
  'can',
  'could',
  'any',
  'will',
  'would',
  'isn',
  'there',
] as const;

const MEASURED: readonly TopicKind[] = ['unit', 'region', 'voice', 'head', 'gaze', 'blink', 'affect'];

/** In this order: the first rule that fits names the intent. */
const RULES: readonly Rule[] = [
  { intent: 'about', when: ({ topic, has }) => topic('observation') && !has('ifNot') },
  { intent: 'hello', when: ({ has, words, topics }) => has('hello') && words.length <= 3 && topics.length === 0 },
  { intent: 'help', when: ({ has, measured }) => has('help') && !measured },
  { intent: 'thanks', when: ({ has, words, topics, found }) => has('thanks') && words.length <= 4 && topics.length === 0 && !found.some(({ cue }) => cue === 'why' || cue === 'when') },
  { intent: 'clip', when: ({ has }) => has('aboutClip') },
  { intent: 'models', when: ({ has, topic }) => has('models') && !topic('label') },
  { intent: 'would-change', when: ({ has }) => has('wouldChange') },
  { intent: 'without', when: ({ has, measured, topic }) => has('ifNot') && (measured || topic('quote', 'observation')) },
  { intent: 'without', when: ({ has, all, begins }) => (has('ifNot') && has('say', 'sound', 'speak')) || (all('ifNot') && begins('without', 'ignoring', 'ignore')) },
  { intent: 'people', when: ({ has, topic, measured }) => has('whoIsIt') && !topic('label') && !measured },
  { intent: 'pain', when: ({ has }) => has('pain') },
  { intent: 'not-measured', when: ({ has, topic }) => has('notMeasured') && !topic('label', 'unit') },
  { intent: 'conflict', when: ({ has, topic }) => has('conflict') && !topic('unit') && !has('why', 'who') },
  { intent: 'sure', when: ({ has }) => has('sure') },
  { intent: 'genuine', when: ({ has, topic }) => has('genuine') && (topic('unit', 'label') || has('feel', 'look')) },
  { intent: 'micro', when: ({ has }) => has('micro') },
  { intent: 'side', when: ({ has, topic }) => has('symmetric') && (topic('unit', 'region') || has('look', 'feel', 'who') || has('units')) },
  { intent: 'term', when: ({ has, topic, person, times, words, begins }) => has('means') && !begins('why') && (topic('unit', 'unmeasured-unit') || has('units')) && person.kind === 'none' && times.length === 0 && (!has('when', 'why', 'ifNot', 'howStrong', 'howOften', 'howLong')) && (words.includes('mean') || words.includes('means') || words.length <= 6) && !has('strongest', 'changed', 'describe') },
  { intent: 'why-change', when: ({ has, topic, measured }) => has('why') && has('start', 'stop', 'rise', 'fall', 'changed') && (measured || topic('label')) },
  { intent: 'why-change', when: ({ has }) => has('why') && has('changed') },
  { intent: 'against', when: ({ has, topic }) => has('against') && (topic('label') || has('feel', 'evidence', 'conflict')) },
  { intent: 'against', when: ({ has, begins }) => has('against') && begins('what', 'anything', 'is') },
  { intent: 'instead', when: ({ has }) => has('instead') },
  { intent: 'compare', when: ({ has, times, person, topics }) => has('compare') && (times.length > 0 || person.kind !== 'none' || topics.length > 1) && !(times.length === 1 && has('changed') && person.kind !== 'everybody' && (person.kind !== 'found' || person.ids.length < 2)) },
  { intent: 'compare', when: ({ has, person }) => has('changed', 'compare', 'more') && person.kind === 'found' && person.ids.length > 1 },
  { intent: 'when-change', when: ({ has, topic, measured }) => has('when') && has('start', 'stop', 'rise', 'fall') && (measured || topic('label')) },
  { intent: 'change', when: ({ has, topic }) => has('changed') && !topic('label') && !has('who') },
  { intent: 'who', when: ({ has, topic, measured }) => has('who') && (measured || topic('label') || has('feel', 'look', 'more', 'speak', 'say')) },
  { intent: 'how-long', when: ({ has, measured, topic }) => has('howLong') && (measured || topic('label')) },
  { intent: 'how-often', when: ({ has, measured, topic }) => has('howOften') && (measured || topic('label')) },
  { intent: 'when', when: ({ has }) => has('when') },
  { intent: 'said', when: ({ has, topic, begins }) => has('say') && !has('why') && !topic('voice', 'unit') && (begins('what', 'which', 'quote', 'read', 'did', 'does', 'show', 'give', 'is', 'was', 'any', 'can', 'are', 'transcript', 'do') || topic('quote')) && !(begins('how') && has('sound')) },
  { intent: 'voice', when: ({ has, topic, begins, measured }) => topic('voice') || (has('say', 'speak', 'sound') && begins('how')) || (has('sound') && !measured && !topic('label')) },
  { intent: 'voice', when: ({ has, topic }) => has('sound') && topic('label') },
  { intent: 'strongest', when: ({ has, topic }) => has('strongest') && !topic('label') && !has('howStrong') },
  { intent: 'how-strong', when: ({ has, measured, topic }) => has('howStrong') && (measured || topic('label')) },
  { intent: 'first', when: ({ has, begins, times, topic }) => has('first') && begins('what', 'which') && times.length === 0 && !topic('label') },
  { intent: 'last', when: ({ has, begins, times, topic }) => has('last') && begins('what', 'which') && times.length === 0 && !topic('label') },
  { intent: 'why', when: ({ has }) => has('why', 'evidence') },
  { intent: 'speaks', when: ({ has, begins, topics }) => has('speak') && topics.length === 0 && begins(...ASKS_WHETHER) },
  { intent: 'whether', when: ({ begins, measured, topic }) => begins(...ASKS_WHETHER) && (measured || topic('label', 'feeling', 'unmeasured-unit')) },
  { intent: 'thoughts', when: ({ has, topic, measured }) => has('think') && !topic('label') && !measured && !has('why') },
  { intent: 'summary', when: ({ has }) => has('summary') },
  { intent: 'units', when: ({ has, measured, topic }) => has('units') && !topic('label') && !measured },
  { intent: 'about', when: ({ measured, topic }) => measured || topic('unmeasured-unit') },
  { intent: 'reading', when: ({ has, topic }) => has('feel') || topic('label', 'feeling') || (has('look') && !has('describe')) },
  { intent: 'describe', when: ({ has, times }) => has('describe') || times.length > 0 },
  { intent: 'how-strong', when: ({ has, words }) => has('howStrong') && words.length <= 5 },
  { intent: 'how-long', when: ({ has, words }) => has('howLong') && words.length <= 6 },
  { intent: 'how-often', when: ({ has, words }) => has('howOften') && words.length <= 6 },
  { intent: 'more', when: ({ has }) => has('whatElse') },
]; // biome-ignore format: one table

/** The kind of answer that the words ask for; `unknown` where they ask for nothing that is understood. */
export const intentOf = (needs: IntentNeeds): Intent => {
  const given: Given = {
    ...needs,
    has: (...cues) => cues.some((cue) => needs.cues.has(cue)),
    all: (...cues) => cues.every((cue) => needs.cues.has(cue)),
    topic: (...kinds) => needs.topics.some(({ kind }) => kinds.includes(kind)),
    measured: needs.topics.some(({ kind }) => MEASURED.includes(kind)),
    begins: (...words) =>
      words.includes(
        needs.words.find((word) => !['and', 'so', 'but', 'then', 'please', 'well', 'ok', 'hey'].includes(word)) ?? '',
      ),
  };
  return RULES.find(({ when }) => when(given))?.intent ?? 'unknown';
};
