import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/chat/offline/understand/intents.ts';
import { readQuestion } from '../../src/chat/offline/understand/question.ts';
import type { Topic } from '../../src/chat/offline/understand/topics.ts';
import { DUO, DUO_PERCEPTS } from './duo.ts';

type Expected = { topic?: string; person?: string; time?: readonly [number, number]; refused?: string };

/** What a topic is in one word: `AU12`, `anger`, `voice:tremor`, `nod`. */
const short = (topic: Topic): string => {
  switch (topic.kind) {
    case 'unit':
    case 'region':
      return topic.codes.join('|');
    case 'label':
      return topic.label;
    case 'voice':
      return `voice:${topic.family}`;
    case 'head':
      return topic.movement ?? 'head';
    default:
      return topic.kind;
  }
};

const asked = (question: string, analysis = DUO) => readQuestion(question, analysis, DUO_PERCEPTS);

type Row = readonly [question: string, intent: Intent, expected: Expected];

const ROWS: ReadonlyArray<readonly [question: string, intent: Intent, expected?: Expected]> = [
  // why
  ['why does she look happy?', 'why', { topic: 'happiness' }],
  ['Why is he smiling?', 'why', { topic: 'AU12' }],
  ['how come P1 looks so pleased', 'why', { topic: 'happiness', person: 'P1' }],
  ['what makes you think he is angry?', 'why', { topic: 'anger' }],
  ["what's the evidence for sadness?", 'why', { topic: 'sadness' }],
  ["How do you know she's happy?", 'why', { topic: 'happiness' }],
  ['on what grounds do you say surprised', 'why', { topic: 'surprise' }],
  ['Explain the frown, please.', 'why', { topic: 'AU4|AU15' }],
  ['for what reason did P2 lower the brows', 'why', { topic: 'AU4', person: 'P2' }],
  ['why?', 'why'],
  ['what speaks against happiness?', 'against', { topic: 'happiness' }],
  ['is there anything against that reading?', 'against'],
  // why it changes
  ['why did she stop smiling at 0:12?', 'why-change', { topic: 'AU12', time: [11_400, 12_600] }],
  ['Why does the smile fade at the end', 'why-change', { topic: 'AU12', time: [15_000, 20_000] }],
  ['what made him start frowning at 13 seconds', 'why-change', { topic: 'AU4|AU15', time: [12_400, 13_600] }],
  ['why did the smile get weaker?', 'why-change', { topic: 'AU12' }],
  ['what caused her smile to disappear after 0:11', 'why-change', { topic: 'AU12', time: [11_000, 20_000] }],
  // when
  ['when does she smile?', 'when', { topic: 'AU12' }],
  ['when does he look angry', 'when', { topic: 'anger' }],
  ['at which moments are the lips parted', 'when', { topic: 'AU25|AU26|AU27' }],
  ['give me the timestamps of the frown', 'when', { topic: 'AU4|AU15' }],
  ['when did the smile begin', 'when-change', { topic: 'AU12' }],
  ['At what point do her eyebrows go up?', 'when-change', { topic: 'AU1|AU2' }],
  ['when does P1 stop smiling?', 'when-change', { topic: 'AU12', person: 'P1' }],
  ['when?', 'when'],
  // who
  ['who smiles most?', 'who', { topic: 'AU12' }],
  ['which person looks sad', 'who', { topic: 'sadness' }],
  ['whose brows are lowered?', 'who', { topic: 'AU4' }],
  ['who looks angriest', 'who', { topic: 'anger' }],
  ['who speaks?', 'who'],
  ['how many people are there?', 'people'],
  ['who is in the clip?', 'people'],
  // whether
  ['is she frowning?', 'whether', { topic: 'AU4|AU15' }],
  ['does he raise his eyebrows?', 'whether', { topic: 'AU1|AU2' }],
  ['Are the brows lowered at 0:14', 'whether', { topic: 'AU4', time: [13_400, 14_600] }],
  ['is there any AU12?', 'whether', { topic: 'AU12' }],
  ['was her mouth open between 4 and 9 s', 'whether', { topic: 'AU25|AU26|AU27', time: [4000, 9000] }],
  ['did the left eyebrow go up?', 'whether', { topic: 'AU1|AU2' }],
  ["isn't she smiling", 'whether', { topic: 'AU12' }],
  ['does P2 wrinkle the nose', 'whether', { topic: 'AU9', person: 'P2' }],
  ['is she angry?', 'whether', { topic: 'anger' }],
  ['does he seem surprised at the start?', 'whether', { topic: 'surprise', time: [0, 5000] }],
  ['is he bored?', 'whether', { topic: 'feeling' }],
  ['does she nod', 'whether', { topic: 'nod' }],
  ['does he look at the camera?', 'whether', { topic: 'gaze' }],
  ['where is she looking?', 'about', { topic: 'gaze' }],
  // how strong, long, often, which side
  ['how strong is the smile?', 'how-strong', { topic: 'AU12' }],
  ['how intense was the brow raise at 13 seconds', 'how-strong', { topic: 'AU1|AU2', time: [12_400, 13_600] }],
  ['to what extent are the cheeks raised?', 'how-strong', { topic: 'AU6' }],
  ['how wide did he open his mouth', 'how-strong', { topic: 'AU25|AU26|AU27' }],
  ['how much valence is there', 'how-strong', { topic: 'affect' }],
  ['how long does the smile last?', 'how-long', { topic: 'AU12' }],
  ['for how many seconds is she frowning', 'how-long', { topic: 'AU4|AU15' }],
  ['how often does he blink?', 'how-often', { topic: 'blink' }],
  ['how many times did P2 raise the brows', 'how-often', { topic: 'AU1|AU2', person: 'P2' }],
  ['is the smile lopsided', 'side', { topic: 'AU12' }],
  ['which side of the mouth is stronger', 'side'],
  // changes and comparisons
  ['what changed between 2 and 4 seconds?', 'change', { time: [2000, 4000] }],
  ['What is different at the end?', 'change', { time: [15_000, 20_000] }],
  ['how does the expression change over time', 'change'],
  ['compare 0:05 and 0:15', 'compare', { time: [5000, 15_000] }],
  ['compare the first 2 seconds with the last 2 seconds', 'compare'],
  ['compare P1 and P2', 'compare', { person: 'P1,P2' }],
  ['what is the difference between P1 and P2?', 'compare', { person: 'P1,P2' }],
  ['what comes first?', 'first'],
  ['what is the last movement', 'last'],
  ['what is the strongest moment?', 'strongest'],
  ['any turning points', 'strongest'],
  // what if
  ['what if AU12 were absent?', 'without', { topic: 'AU12' }],
  ['what would it be without the smile?', 'without', { topic: 'AU12' }],
  ["what if she hadn't smiled?", 'without', { topic: 'AU12' }],
  ['suppose the brows were not lowered', 'without', { topic: 'AU4' }],
  ['ignoring the cheeks, how does it read', 'without', { topic: 'AU6' }],
  ['what if nothing had been said?', 'without'],
  ['leave out o3', 'without', { topic: 'observation' }],
  ['could it be fear instead?', 'instead', { topic: 'fear' }],
  ['what else could it be', 'instead'],
  ['what would change your mind?', 'would-change'],
  // words and voice
  ['what did she say?', 'said'],
  ['what was said between 10 and 12 s', 'said', { time: [10_000, 12_000] }],
  ['quote the transcript', 'said'],
  ['how did she say it?', 'voice'],
  ['does her voice shake?', 'voice', { topic: 'voice:null' }],
  ['how does P1 sound', 'voice', { person: 'P1' }],
  ['is the voice loud?', 'voice'],
  ['do the voice and the face agree?', 'conflict'],
  ['are there mixed signals', 'conflict'],
  // limits
  ['what was not measured?', 'not-measured'],
  ["what couldn't you see?", 'not-measured'],
  ['are there any limitations', 'not-measured'],
  ['how sure are you?', 'sure'],
  ['can I trust this?', 'sure'],
  ['are you certain about the smile', 'sure', { topic: 'AU12' }],
  ['What is AU12?', 'term', { topic: 'AU12' }],
  ['what does AU 6 mean?', 'term', { topic: 'AU6' }],
  ['what is an action unit', 'term'],
  // readings, descriptions
  ['how is she feeling?', 'reading'],
  ['what emotion is shown?', 'reading'],
  ['what is the mood at 0:05', 'reading', { time: [4400, 5600] }],
  ['what happens at 0:02?', 'describe', { time: [1400, 2600] }],
  ['describe the first three seconds', 'describe', { time: [0, 3000] }],
  ['what do you see?', 'describe'],
  ['give me a summary', 'summary'],
  ['tl;dr', 'summary'],
  ['which action units are active?', 'units'],
  ['any micro-expressions?', 'micro'],
  ['is the smile genuine?', 'genuine', { topic: 'AU12' }],
  ['is that a fake smile', 'genuine', { topic: 'AU12' }],
  ['what is she thinking?', 'thoughts'],
  ['is he in pain?', 'pain'],
  ['tell me about o5', 'about', { topic: 'observation' }],
  ['how long is the clip', 'clip'],
  ['help', 'help'],
  ['thanks!', 'thanks'],
  // slips of the pen
  ['wen does she smlie?', 'when', { topic: 'AU12' }],
  ['hwo strong is teh smile', 'how-strong', { topic: 'AU12' }],
  ['why is she so hapy', 'why', { topic: 'happiness' }],
  ['is he agnry', 'whether', { topic: 'anger' }],
  ['waht hapens at 0:02', 'describe', { time: [1400, 2600] }],
  ['what if the simle were absnet', 'without', { topic: 'AU12' }],
  ['are her eyebrwos riased', 'whether', { topic: 'AU1|AU2' }],
  ['how does her vioce sound', 'voice'],
  // never
  ['who is this person?', 'unknown', { refused: 'identity' }],
  ['do you recognise him', 'unknown', { refused: 'identity' }],
  ["what's her name?", 'unknown', { refused: 'identity' }],
  ['how old is he?', 'unknown', { refused: 'age' }],
  ['is that a man or a woman', 'unknown', { refused: 'gender' }],
  ['what race is P1', 'unknown', { refused: 'origin' }],
  ['is he gay', 'unknown', { refused: 'origin' }],
  ['is she lying?', 'unknown', { refused: 'deception' }],
  ['can I trust him', 'unknown', { refused: 'deception' }],
  ['does P2 seem honest to you', 'unknown', { refused: 'deception' }],
  ['is she depressed', 'unknown', { refused: 'diagnosis' }],
  ['could he be autistic?', 'unknown', { refused: 'diagnosis' }],
  ['is he drunk', 'unknown', { refused: 'diagnosis' }],
  ['is she attractive', 'unknown', { refused: 'appearance' }],
  ['should I hire him', 'unknown', { refused: 'character' }],
  // beyond
  ['what is the weather in Paris?', 'unknown'],
  ['write me a poem', 'unknown'],
]; // biome-ignore format: one row each

const QUESTIONS: readonly Row[] = ROWS.map(([question, intent, expected = {}]) => [question, intent, expected]);

describe('reading a question', () => {
  it.each(QUESTIONS)('%s → %s', (question, intent, expected) => {
    const read = asked(question);
    expect(read.refusal?.topic).toBe(expected.refused);
    if (expected.refused !== undefined) {
      return;
    }
    expect(read.intent).toBe(intent);
    if (expected.topic !== undefined) {
      expect(read.topics.map(short)).toContain(expected.topic);
    }
    if (expected.person !== undefined) {
      expect(read.person.kind === 'found' ? read.person.ids.join() : read.person.kind).toBe(expected.person);
    }
    if (expected.time !== undefined) {
      const [first] = read.times;
      expect(first === undefined ? null : [first.range.startMs, first.range.endMs]).toEqual(expected.time);
    }
  });

  it('takes harmless words for what they are', () => {
    for (const question of [
      'is the lip corner depressor active?',
      'are the lip corners depressed',
      'is the reading reliable?',
      'is it an honest smile',
      'who is smiling?',
      'is P1 the one who smiles',
      'is she happy',
      'what is the average level',
    ]) {
      expect(asked(question).refusal, question).toBeNull();
    }
  });

  it('finds people by their place in the picture', () => {
    expect(asked('why does the person on the left look sad').person).toEqual({ kind: 'found', ids: ['P2'] });
    expect(asked('is the one on the right smiling').person).toEqual({ kind: 'found', ids: ['P1'] });
    expect(asked('does the second person smile').person).toEqual({ kind: 'found', ids: ['P2'] });
    expect(asked('what about the speaker').person).toEqual({ kind: 'found', ids: ['P1'] });
  });

  it('leaves names and quotations as they are written', () => {
    expect(asked('why does Annette smile').text).toContain('Annette');
    expect(asked('did she say "smlie"').text).toContain('"smlie"');
  });

  it('reads every way of naming a time', () => {
    const time = (question: string) => asked(question).times.map(({ range }) => [range.startMs, range.endMs]);
    expect(time('what happens from 0:02 to 0:05')).toEqual([[2000, 5000]]);
    expect(time('what happens between 2 and 5')).toEqual([[2000, 5000]]);
    expect(time('what happens 2-5s')).toEqual([[2000, 5000]]);
    expect(time('and at second 12?')).toEqual([[11_400, 12_600]]);
    expect(time('what happens in the last 3 seconds')).toEqual([[17_000, 20_000]]);
    expect(time('what happens before 4 seconds')).toEqual([[0, 4000]]);
    expect(time('what happens after 0:16')).toEqual([[16_000, 20_000]]);
    expect(time('what happens in the second half')).toEqual([[10_000, 20_000]]);
    expect(time('what happens in the first second')).toEqual([[0, 1000]]);
    expect(time('compare the start with the end')).toEqual([[0, 5000], [15_000, 20_000]]);
    expect(time('when does she start to smile')).toEqual([]);
    expect(time('is there any AU12')).toEqual([]);
  }); // biome-ignore format: one row each
});
