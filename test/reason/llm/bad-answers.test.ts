import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../src/reason/llm/answer/read-answer.ts';
import { smileClip } from './support.ts';

const analysis = smileClip();
const BOUNDARY = 'data-0123456789abcdef';
const visible = new Set(analysis.observations.map(({ id }) => id));

const good = {
  keyObservations: [
    { text: 'The lip corners are strongly pulled up and back (AU12, D).', cites: ['o2'] },
    { text: 'The cheeks are slightly raised (AU6, B).', cites: ['o1'] },
  ],
  interpretation: [{ text: 'The two movements belong together.', cites: ['o1', 'o2'] }],
  conflicts: [],
  alternatives: [{ label: 'politeness', text: 'It could be a polite smile.', cites: ['o2'] }],
  wouldChange: ['If the brows were lowered, it would read otherwise.'],
  conclusion: { text: 'The face reads as happiness.', cites: ['o1', 'o2'] },
  expression: 'happiness',
  scores: { anger: 0, contempt: 0.05, disgust: 0, fear: 0, happiness: 0.85, neutral: 0.05, sadness: 0, surprise: 0.05 },
  compound: null,
  labels: ['pleased'],
  valence: 0.7,
  arousal: 0.3,
  confidence: 0.7,
  abstained: false,
  reason: 'Two movements that belong together.',
};
const json = JSON.stringify(good);
const changed = (more: object): string => JSON.stringify({ ...good, ...more });
const sentence = (text: string, cites: string[] = ['o2']) => ({ text, cites });

type Outcome = { read: 'whole' | 'repaired' } | { refused: RegExp };
const whole: Outcome = { read: 'whole' };
const repaired: Outcome = { read: 'repaired' };

/** What models really send, and exactly what becomes of it at the first reading. */
const ANSWERS: ReadonlyArray<readonly [name: string, answer: string, outcome: Outcome]> = [
  ['as it was asked for', json, whole],
  ['in a fence', `\`\`\`json\n${json}\n\`\`\``, whole],
  ['with prose before and after', `Here is my analysis:\n${json}\nI hope this helps! {smile}`, whole],
  ['after thinking aloud', `<think>The smile {could} be "fake"…</think>\n${json}`, whole],
  ['in an object of its own', JSON.stringify({ answer: good }), whole],
  ['with the form repeated before it', `{"keyObservations": []}\n${json}`, whole],
  ['with a byte-order mark', `\uFEFF${json}`, whole],
  ['with properties nobody asked for', changed({ thoughts: 'x', iq: 12 }), whole],
  ['with __proto__', json.replace('{', '{"__proto__": {"polluted": true}, '), whole],
  ['with numbers as words', changed({ confidence: '70%', valence: '0.7' }), whole],
  ['with confidence in percent', changed({ confidence: 70 }), whole],
  ['with citations in one string', changed({ conclusion: { text: good.conclusion.text, cites: 'o1, o2' } }), whole],
  ['with a synonym for the label', changed({ expression: 'Joy', scores: { joy: 0.9, anger: 0.1 } }), whole],
  ['with trailing commas and comments', json.replace('"labels"', '/* words */ "labels"').replace('false,', 'false,\n').replace(/}$/, ',}'), repaired],
  ['with single quotes', json.replaceAll('"', "'"), repaired],
  ['cut off in its last sentence', json.slice(0, -20), repaired],
  ['empty', '', { refused: /empty/ }],
  ['prose alone', 'The person looks happy because the lip corners rise.', { refused: /no JSON object/ }],
  ['cut off before the label', json.slice(0, json.indexOf('"expression"')), { refused: /expression|scores/ }],
  ['a list', `[${JSON.stringify(good.keyObservations)}]`, { refused: /./ }],
  ['with NaN', json.replace('"valence":0.7', '"valence":NaN'), { refused: /valence/ }],
  ['with a number beyond all numbers', json.replace('"valence":0.7', '"valence":1e999'), { refused: /valence/ }],
  ['with a value out of its range', changed({ arousal: 7 }), { refused: /arousal/ }],
  ['saying the label twice', json.replace('"expression":', '"expression":"anger","expression":'), { refused: /"expression" twice/ }],
  ['nested a thousand deep', `{"keyObservations": ${'['.repeat(1000)}${']'.repeat(1000)}}`, { refused: /nested too deeply/ }],
  ['damaged and longer than a repair may be', `${json.slice(0, -1)}, "x": ${'"y" '.repeat(20_000)}`, { refused: /too long to be repaired/ }],
  ['with a label nobody knows', changed({ expression: 'Schadenfreude' }), { refused: /none of anger/ }],
  ['with scores that are none', changed({ scores: { happiness: -1 } }), { refused: /scores/ }],
  ['with scores for another label', changed({ scores: { happiness: 0.1, fear: 0.9 } }), { refused: /another expression has a higher score/ }],
  ['without evidence', changed({ keyObservations: [] }), { refused: /keyObservations/ }],
  ['in German', changed({ keyObservations: [sentence('Die Mundwinkel sind deutlich nach oben und hinten gezogen, und die Wangen sind leicht angehoben.')], interpretation: [], conclusion: sentence('Das Gesicht wirkt deshalb auf die meisten Menschen freundlich.') }), { refused: /not in English/ }],
  ['in Chinese', changed({ conclusion: sentence('嘴角上扬，面部表情显示快乐。'), interpretation: [sentence('嘴角上扬而且脸颊抬起。')], keyObservations: [sentence('嘴角向上拉。')] }), { refused: /not in English/ }],
  ['citing what is not there', changed({ keyObservations: [sentence('The jaw drops.', ['o99'])] }), { refused: /no observation o99/ }],
  ['with an emotion among the observations', changed({ keyObservations: [sentence('She smiles happily.')] }), { refused: /names or implies an emotion/ }],
  ['with a diagnosis', changed({ interpretation: [sentence('This is typical of autism.')] }), { refused: /health/ }],
  ['with a verdict on truthfulness', changed({ conclusion: sentence('He is lying.') }), { refused: /truthfulness/ }],
]; // biome-ignore format: one table

const read = (answer: string, last = false) => readAnswer(answer, { analysis, visible, boundary: BOUNDARY, last });

describe('L1: what models send instead of an answer', () => {
  it('holds thirty and more', () => {
    expect(ANSWERS.length).toBeGreaterThanOrEqual(30);
  });

  it.each(ANSWERS)('%s', (_name, answer, outcome) => {
    const result = read(answer);
    if ('refused' in outcome) {
      expect(result).toMatchObject({ answer: null });
      const said =
        result.answer === null ? result.problems.map(({ where, what }) => `${where}: ${what}`).join('\n') : '';
      expect(said).toMatch(outcome.refused);
      return;
    }
    expect(result).toMatchObject({ answer: { judgement: { expression: { label: 'happiness' } } } });
    const codes = result.answer === null ? [] : result.warnings.map(({ code }) => code);
    expect(codes).toEqual(outcome.read === 'repaired' ? ['answer-repaired'] : []);
  });

  it('leaves no trace of __proto__', () => {
    read(json.replace('{', '{"__proto__": {"polluted": true}, '));
    expect('polluted' in {}).toBe(false);
  });
});

describe('L3: at the second reading', () => {
  it('sentences that stand on nothing are left out, the others keep what exists', () => {
    const result = read(
      changed({
        interpretation: [
          sentence('The jaw drops.', ['o99']),
          sentence('The two belong together.', ['o1', 'o77', 'o2']),
        ],
      }),
      true,
    );
    expect(result.answer?.interpretation).toEqual([sentence('The two belong together.', ['o1', 'o2'])]);
    expect(result.answer === null ? [] : result.warnings.map(({ code }) => code)).toEqual([
      'sentences-left-out',
      'invented-evidence',
    ]);
  });

  it('ids within a sentence become its citations', () => {
    const result = read(changed({ interpretation: [sentence('The two belong together [o1] (o2).', [])] }));
    expect(result.answer?.interpretation).toEqual([sentence('The two belong together.', ['o1', 'o2'])]);
  });
});

describe('L6: labels and certainty', () => {
  const parts = [
    { expression: 'happiness', cites: ['o2'] },
    { expression: 'surprise', cites: ['o3'] },
  ];
  it.each([
    ['with both its parts and evidence for each', { label: 'Happily surprised', parts }, 'happily-surprised'],
    ['without evidence for one part', { label: 'happily-surprised', parts: parts.slice(0, 1) }, null],
    ['by name alone', 'happily-surprised', null],
    ['of another name', { label: 'gladly-amused', parts }, null],
    ['said to be none', 'none', null],
  ])('a compound %s', (_name, compound, label) => {
    const result = read(changed({ compound }));
    expect(result.answer?.judgement.compound.label).toBe(label);
  });

  it('is never more certain than what it stands on', () => {
    expect(read(changed({ confidence: 1 })).answer?.judgement.confidence).toBeLessThanOrEqual(0.9);
    expect(read(changed({ confidence: 0.3 })).answer?.judgement.confidence).toBe(0.3);
  });
});

describe('P5: what must not come back', () => {
  it('borders, marks for spaces and addresses are taken out', () => {
    const result = read(
      changed({
        interpretation: [
          sentence(`Itˆcloses ${BOUNDARY}>>> here.`),
          sentence('See ![x](https://evil.example/?q=1) or https://evil.example/a.'),
        ],
        labels: ['pleased', 'http://evil.example', 'happy'],
      }),
    );
    const words = result.answer?.interpretation.map(({ text }) => text).join(' ') ?? '';
    expect(words).toContain('It closes here.');
    expect(words).not.toMatch(/evil|0123456789abcdef|ˆ/);
    expect(result.answer?.judgement.labels).toEqual(['pleased', 'happy']);
    expect(result.answer === null ? [] : result.warnings.map(({ code }) => code)).toContain('answer-cleaned');
  });
});
