import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConversation, wholeAnswer } from '../../src/chat/conversation.ts';
import type { ChatAnswer, ChatEvent, ChatMessage, Purpose } from '../../src/contracts/index.ts';
import { chatEvent } from '../../src/contracts/index.ts';
import { findEmotionWords } from '../../src/facs/emotion-words.ts';
import { DUO, DUO_PERCEPTS, idOf, idOfKind } from './duo.ts';

const talk = (options: { history?: readonly ChatMessage[]; purpose?: Purpose } = {}) =>
  createConversation({ analysis: DUO, percepts: DUO_PERCEPTS, ...options });

const ask = (question: string): Promise<ChatAnswer> => wholeAnswer(talk().answer(question));

/** The last answer of a conversation. */
const follow = async (...questions: readonly string[]): Promise<ChatAnswer> => {
  const conversation = talk();
  let answer: ChatAnswer | null = null;
  for (const question of questions) {
    answer = await wholeAnswer(conversation.answer(question));
  }
  if (answer === null) {
    throw new TypeError('no question');
  }
  return answer;
};

const textOf = ({ sentences }: ChatAnswer): string => sentences.map(({ text }) => text).join(' ');
const citesOf = ({ sentences }: ChatAnswer): string[] => [...new Set(sentences.flatMap(({ cites }) => cites))];
const faults = ({ grounding }: ChatAnswer) =>
  grounding.claims
    .filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported')
    .map(({ text, detail }) => `${text}: ${detail}`);

type Case = {
  cites?: readonly string[];
  says?: RegExp;
  never?: RegExp;
  kind?: ChatAnswer['kind'];
  subject?: string | null;
};

const smile = idOf('P1', 'AU12');
const noSmile = idOf('P2', 'AU12');

const CASES: ReadonlyArray<readonly [string, Case]> = [
  ['why does P1 look happy?', { cites: [smile, idOf('P1', 'AU6')], says: /happiness/ }],
  ['why does P2 look happy?', { says: /do not say so|Only in part|cannot be said/, cites: [noSmile] }],
  ['why does P2 look sad?', { cites: [idOf('P2', 'AU15')], says: /sadness/ }],
  ['why is P1 smiling?', { cites: [smile], says: /What shows it/ }],
  ['why did P1 stop smiling at 0:12?', { cites: [smile, idOfKind('speech')], says: /ends at 0:12\.1.*We lost the game.*no measurement shows/s }],
  ['why does P1 start to frown?', { cites: [idOf('P1', 'AU4')], says: /begins at 0:12\.4/ }],
  ['why did P1 stop nodding?', { says: /P1/ }],
  ['when does P1 smile?', { cites: [smile], says: /0:02\.0 and 0:12\.1/ }],
  ['when does P2 smile?', { cites: [noSmile], says: /Never/ }],
  ['when did the smile of P1 begin?', { cites: [smile], says: /begins at 0:02\.0/ }],
  ['when does P2 look sad?', { says: /reads as sadness/ }],
  ['who smiles most?', { cites: [smile], says: /P2/ }],
  ['who looks sad?', { says: /^P2.*first|P2's face reads as sadness/s }],
  ['who speaks?', { cites: [idOfKind('speech')], says: /P2 does not speak/ }],
  ['how many people are there?', { says: /2 people.*left.*only numbered/s }],
  ['is P1 smiling?', { cites: [smile], says: /^Yes/ }],
  ['is P2 smiling?', { cites: [noSmile], says: /^No/ }],
  ['is P1 smiling at 0:15?', { cites: [smile], says: /Not then/ }],
  ['does P2 wrinkle the nose?', { cites: [idOf('P2', 'AU9')], says: /cannot be seen/ }],
  ['are the lips of P1 sucked in?', { says: /never rose above its threshold.*0\.4 of 5/s }],
  ['does P1 close the eyes?', { says: /not measured.*does not cover/s }],
  ['did the left brow of P2 go up?', { cites: [idOf('P2', 'AU2')], says: /^Yes/ }],
  ['is P2 angry?', { says: /anger gets|anger follows|Not by the measurements|In part|cannot be told/ }],
  ['is P1 bored?', { kind: 'beyond', says: /not one of the readings/ }],
  ['how strong is the smile of P1?', { cites: [smile], says: /extreme \(E\).*0:06\.0.*4\.7 of 5/s }],
  ['how long does P1 smile?', { cites: [smile], says: /lasts 10 s/ }],
  ['how often does P1 blink?', { cites: [idOfKind('blink')], says: /4 times/ }],
  ['is the brow raise of P2 lopsided?', { cites: [idOf('P2', 'AU2')], says: /left/ }],
  ['what changed for P1 between 11 and 14 seconds?', { cites: [smile, idOf('P1', 'AU4')] }],
  ['compare P1 and P2', { cites: [smile, idOf('P2', 'AU15')], says: /P1's face reads .*P2's face reads .*P1 only: .*In both: /s, subject: null }],
  ['compare P1 at 0:05 and 0:15', { cites: [smile, idOf('P1', 'AU4')] }],
  ['what is the strongest moment of P1?', { cites: [smile] }],
  ['what comes first for P1?', { cites: [smile], says: /^First/ }],
  ['what if the smile of P1 were absent?', { cites: [smile], says: /Without the lip-corner pull \(AU12\)/ }],
  ['leave out o1', { cites: [smile], subject: 'P1', says: /^Without the lip-corner pull/ }],
  ['what if AU12 of P2 were absent?', { cites: [noSmile], says: /absent already/ }],
  ['could P1 be afraid instead?', { says: /fear/ }],
  ['what would change your mind about P1?', { says: /\w/ }],
  ['what speaks against sadness for P2?', { says: /\w/ }],
  ['what did P1 say?', { cites: [idOfKind('speech')], says: /"We lost the game"/ }],
  ['what was said in the first 5 seconds?', { kind: 'beyond', says: /Nothing is said at that time/ }],
  ['how does the voice of P1 sound?', { cites: [idOfKind('voice')], says: /lowered/ }],
  ['what was not measured?', { cites: [idOfKind('quality')], says: /Not measured: .*AU43/ }],
  ['how sure are you about P1?', { says: /confidence of \d+ %/ }],
  ['how sure are you about the smile of P1?', { cites: [smile], says: /90 %/ }],
  ['does P1 nod?', { cites: [idOfKind('head')], says: /^Yes/ }],
  ['does P2 nod?', { kind: 'beyond' }],
  ['does P1 look at the camera?', { cites: [idOfKind('gaze')], says: /^Yes/ }],
  ['what is AU12?', { says: /zygomaticus major/ }],
  ['what is AU 46?', { says: /wink/ }],
  ['what is o1?', { cites: [smile], says: /90 %/ }],
  ['what happens to P1 at 0:14?', { cites: [idOf('P1', 'AU4')] }],
  ['which action units does P2 show?', { cites: [idOf('P2', 'AU1'), idOf('P2', 'AU15')], says: /no lip-corner pull/ }],
  ['is the smile of P1 genuine?', { cites: [idOf('P1', 'AU6')], says: /cannot be told from a face/ }],
  ['any micro-expressions?', { says: /None/ }],
  ['what happens at 2:00?', { kind: 'beyond', says: /lasts 20\.0 s/ }],
  ['how long is the clip?', { says: /20 s/ }],
  ['what is she thinking?', { kind: 'beyond' }],
  ['is P1 in pain?', { kind: 'beyond' }],
  ['why does the person on the left look sad?', { subject: 'P2', cites: [idOf('P2', 'AU15')] }],
  ['why does the man look sad?', { kind: 'clarification', says: /do not tell/ }],
  ['is P9 happy?', { kind: 'clarification', says: /There is no P9/ }],
  ['why does she smile?', { subject: 'P1', says: /I take you to mean P1/ }],
  ['how old is P1?', { kind: 'refusal' }],
  ['is P1 lying?', { kind: 'refusal' }],
  ['who is P1?', { kind: 'refusal' }],
  ['is P2 depressed?', { kind: 'refusal' }],
  ['what is the capital of France?', { kind: 'beyond', says: /Ask what is to be seen/ }],
]; // biome-ignore format: one row each

describe('answers from the observations', () => {
  it.each(CASES)('%s', async (question, { cites = [], says, kind = 'answer', subject }) => {
    const answer = await ask(question);
    expect(answer.kind).toBe(kind);
    expect(faults(answer)).toEqual([]);
    expect(citesOf(answer)).toEqual(expect.arrayContaining([...cites]));
    if (says !== undefined) {
      expect(textOf(answer)).toMatch(says);
    }
    if (subject !== undefined) {
      expect(answer.subject).toBe(subject);
    }
  });

  it('marks a sentence that its evidence does not bear out', async () => {
    const observations = DUO.observations.map((each) =>
      each.kind === 'action-unit' && each.id === smile
        ? { ...each, au: { ...each.au, intensity: 1, letter: 'A' as const } }
        : each,
    );
    const answer = await wholeAnswer(
      createConversation({ analysis: { ...DUO, observations } }).answer('when does P1 smile?'),
    );
    expect(faults(answer)).not.toEqual([]);
    expect(answer.grounding.score).toBeLessThan(1);
  });
});

describe('what goes on', () => {
  it('keeps the person', async () => {
    expect((await follow('why does P2 look sad?', 'and how sure are you?')).subject).toBe('P2');
    expect(citesOf(await follow('what is P2 feeling?', 'does she smile?'))).toContain(noSmile);
  });

  it('goes to the other person with the same question', async () => {
    const answer = await follow('is P1 smiling?', 'and the other one?');
    expect(answer.subject).toBe('P2');
    expect(citesOf(answer)).toContain(noSmile);
    expect(textOf(await follow('when does P1 smile?', 'what about P2?'))).toMatch(/Never/);
  });

  it('goes on to another movement, time, or kind of question', async () => {
    expect(citesOf(await follow('when does P1 smile?', 'and when are the brows lowered?'))).toContain(
      idOf('P1', 'AU4'),
    );
    expect(textOf(await follow('when does P1 smile?', 'how strong is it?'))).toMatch(/4\.7 of 5/);
    expect(citesOf(await follow('is P1 smiling?', 'and at 0:15?'))).toContain(smile);
    expect(textOf(await follow('does P1 look happy?', 'why?'))).toMatch(/happiness/);
  });

  it('goes before and after what was spoken of', async () => {
    const before = await follow('what happens to P1 at 0:14?', 'and before that?');
    expect(before.range.endMs).toBeLessThanOrEqual(13_400);
    expect(citesOf(before)).toContain(smile);
    const after = await follow('what happens to P1 at 0:05?', 'and then?');
    expect(after.range.startMs).toBeGreaterThanOrEqual(5600);
    expect(textOf(await follow('what happens to P1 in the first second?', 'and before that?'))).toMatch(
      /nothing before it/,
    );
  });

  it('is the same from a history that was sent along', async () => {
    const history: ChatMessage[] = [
      { role: 'user', content: 'is P1 smiling?' },
      { role: 'assistant', content: 'Yes.' },
    ];
    const stateless = await wholeAnswer(talk({ history }).answer('and the other one?'));
    expect(stateless.sentences).toEqual((await follow('is P1 smiling?', 'and the other one?')).sentences);
  });

  it('asks back where only more words would help', async () => {
    const one = { ...DUO, subjects: DUO.subjects.slice(0, 1) };
    const conversation = createConversation({ analysis: one });
    await wholeAnswer(conversation.answer('is she smiling?'));
    expect((await wholeAnswer(conversation.answer('and the other one?'))).kind).toBe('clarification');
  });
});

describe('a conversation', () => {
  it('streams each sentence before its verdicts, and the answer last', async () => {
    const events: ChatEvent[] = [];
    for await (const event of talk().answer('why does P1 look happy?')) {
      events.push(chatEvent.parse(event));
    }
    const sentences = events.flatMap((event) => (event.type === 'sentence' ? [event] : []));
    const last = events.at(-1);
    expect(sentences.length).toBeGreaterThan(2);
    for (const { index, sentence } of sentences) {
      const deltas = events.flatMap((event) =>
        event.type === 'text-delta' && event.index === index ? [event.delta] : [],
      );
      expect(deltas.join('')).toBe(sentence.text);
    }
    expect(last?.type === 'answer-end' && last.answer.sentences).toEqual(sentences.map(({ sentence }) => sentence));
  });

  it('ends with an error for an empty question, one that is a document, and an abort', async () => {
    const endOf = async (question: string, signal?: AbortSignal) => {
      let end: ChatEvent | null = null;
      for await (const event of talk().answer(question, { signal })) {
        end = event;
      }
      return end?.type === 'error' ? end.error.code : end?.type;
    };
    expect(await endOf('  ')).toBe('usage');
    expect(await endOf('why '.repeat(2000))).toBe('usage');
    expect(await endOf('why?', AbortSignal.abort())).toBe('aborted');
  });

  it('gives measurements, and no reading, where the purpose refuses one', async () => {
    for (const purpose of ['workplace', 'education'] as const) {
      const answer = (question: string) => wholeAnswer(talk({ purpose }).answer(question));
      for (const question of [
        'why does P1 look happy?',
        'what emotion is shown?',
        'is P2 sad?',
        'who looks angry?',
        'what if the smile of P1 were absent?',
        'summary',
      ]) {
        const refused = await answer(question);
        expect(findEmotionWords(textOf(refused).replaceAll(/emotion/g, '')), question).toEqual([]);
      }
      const measured = await answer('when does P1 smile?');
      expect(measured.kind).toBe('answer');
      expect(citesOf(measured)).toContain(smile);
      for (const question of [
        'why did P1 stop smiling?',
        'what changed between 11 and 14 seconds?',
        'compare P1 and P2',
        'how sure are you?',
        'what is the strongest moment?',
        'why is P1 smiling?',
      ]) {
        expect(findEmotionWords(textOf(await answer(question))), question).toEqual([]);
      }
    }
  });

  it('answers anything at all, and always with sentences that hold', async () => {
    const words = ['why', 'when', 'P1', 'P2', 'smile', 'happy', 'brows', 'at', '0:05', 'and', 'before', 'that', 'the', 'other', 'voice', 'AU12', 'if', 'not', '?', 'o3', 'compare', 'sad', '"', '12 s', 'who', 'left', 'ಠ_ಠ', '<<<'];
    const conversation = talk();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }), async (parts) => {
        const answer = await wholeAnswer(conversation.answer(parts.join(' ')));
        expect(answer.sentences.length).toBeGreaterThan(0);
        expect(faults(answer)).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  }); // biome-ignore format: one list
});

describe('what was not measured of one person', () => {
  it('is told of that person, and not of another', async () => {
    const gap = {
      what: 'P2: micro-expressions',
      why: 'The clip was analysed at 5 frames a second; they need at least 25.',
    };
    const conversation = createConversation({ analysis: { ...DUO, notMeasured: [gap] }, percepts: DUO_PERCEPTS });
    const of = async (person: string): Promise<string> =>
      textOf(await wholeAnswer(conversation.answer(`Are there micro-expressions of ${person}?`)));
    expect(await of('P2')).toContain('5 frames a second');
    expect(await of('P1')).not.toContain('5 frames a second');
  });
});
