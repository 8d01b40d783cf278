import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourcesOfRows } from '../../../eval/dataset/sources.ts';
import { literalUnitsOfText, unitScore, unitsOfText } from '../../../eval/metrics/au-lexicon.ts';
import { cueScore, quoteSimilarity } from '../../../eval/metrics/cue-match.ts';
import { cuesOfText } from '../../../eval/text/cues-of-text.ts';
import { labelsOfText } from '../../../eval/text/labels-of-text.ts';
import { sentimentOfLabels } from '../../../eval/text/sentiment-of-labels.ts';
import { SHARED } from '../../support/shared.ts';

const words = (text: string): string[] => labelsOfText(text).map(({ label }) => label);

describe('labels of a free description', () => {
  it.each([
    ['He seems angry and a little sad.', ['angry', 'sad']],
    ['She is not angry, but rather disappointed.', ['disappointed']],
    ['There is no sign of anger, fear or sadness; he looks calm.', ['calm']],
    ['He is not only happy but also excited.', ['happy', 'excited']],
    ["It isn't fear that shows here. It is surprise.", ['surprise']],
    ['It is unclear whether she is happy or sad.', []],
    ['We cannot determine if he is worried.', []],
    ['The subtitle says: "I am so happy that you are finally here."', []],
    ['The video describes her emotions as "sadness and disappointment".', ['sadness', 'disappointment']],
    ['The content of the video is a kind of greeting; he looks down at the table.', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['因此，推测他的情感状态为感激、高兴、害羞。', ['感激', '高兴', '害羞']],
    ['他不满地看着对方，有些不高兴。', ['不满', '不高兴']],
    ['她并没有生气，而是很担心。', ['担心']],
    ['没有快乐、愤怒或悲伤等强烈情绪的迹象。', []],
    ['他不太高兴，也不生气。', []],
    ['很难确定她是高兴还是难过。', []],
    ['他不仅惊讶，而且感动。', ['惊讶', '感动']],
    ['字幕是“我真的非常高兴见到你”，语气平淡。', ['平淡']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('says which are hedged and which conclude', () => {
    const [first, second] = labelsOfText('He may be nervous. Therefore, his emotional state is anger.');
    expect(first).toMatchObject({ label: 'nervous', hedged: true, concluding: false });
    expect(second).toMatchObject({ label: 'anger', hedged: false, concluding: true });
  });

  it('knows the sign of a list', () => {
    expect(sentimentOfLabels('[happy, grateful, worried]')).toBe('positive');
    expect(sentimentOfLabels('[angry]')).toBe('negative');
    expect(sentimentOfLabels('[]')).toBe('neutral');
  });
});

describe('cues of a free description', () => {
  it('are the same in other words and in another language', () => {
    const chinese = cuesOfText('他怒吼，语速很快，音量很高，眼睛瞪大，眉头紧锁。');
    const english = cuesOfText(
      'He roared and spoke quickly at high volume, his eyes widened and his brow was furrowed.',
    );
    expect(cueScore(chinese, english).all.f1).toBe(1);
  });

  it('carry their polarity: what is denied does not match what is there', () => {
    const smile = cuesOfText('She smiles and nods.');
    const none = cuesOfText('There is no smile, and she does not nod.');
    expect(none).toContainEqual({ channel: 'facial', name: 'smile', polarity: 'absent' });
    expect(cueScore(smile, none).all).toMatchObject({ precision: 0, recall: 0, f1: 0 });
    expect(cuesOfText('她没有微笑。')).toEqual([{ channel: 'facial', name: 'smile', polarity: 'absent' }]);
  });

  it('count by channel as in the worked example', () => {
    const truth = [
      { channel: 'facial', name: 'brow-lowered', polarity: 'present' },
      { channel: 'facial', name: 'eyes-wide', polarity: 'present' },
      { channel: 'vocal', name: 'loudness-up', polarity: 'present' },
    ] as const;
    const said = [
      { channel: 'facial', name: 'brow-lowered', polarity: 'present' },
      { channel: 'facial', name: 'smile', polarity: 'absent' },
    ] as const;
    const score = cueScore(truth, said);
    expect(score.facial).toMatchObject({ precision: 0.5, recall: 0.5 });
    expect(score.vocal.recall).toBe(0);
    expect(score.all).toMatchObject({ precision: 0.5, recall: 1 / 3 });
    expect(score.all.f1).toBeCloseTo(0.4, 12);
  });

  it('take a part of a quotation for the same words', () => {
    expect(quoteSimilarity('don t talk to me about feelings', 'talk to me about feelings')).toBe(1);
    expect(quoteSimilarity('thank you', 'go away')).toBeLessThan(0.3);
  });
});

describe('action units of a text', () => {
  it('are found in paraphrases and denials, where a list of 18 phrases finds other ones', () => {
    const text = 'A furrowed brow, his eyes widened, and there is no smile.';
    const named = unitsOfText(text);
    expect([...named.present].sort()).toEqual(['AU4', 'AU5']);
    expect([...named.absent]).toEqual(['AU12']);
    expect([...literalUnitsOfText(text)]).toEqual(['AU12']);
    expect([...literalUnitsOfText('AU04 and AU12_r')].sort()).toEqual(['AU12', 'AU4']);
  });

  it.skipIf(SHARED === null)('of chains that others wrote are found three times as well as by 18 phrases', async () => {
    const all = await sourcesOfRows(join(SHARED ?? '', 'eval', 'expllm_rafdb_1000.json'));
    const sources = all.sources.slice(0, 250);
    // The 24 values tell neither brow raise, eye closure nor mouth opening apart, and know nothing of other units.
    const same: Readonly<Record<string, string>> = { AU2: 'AU1', AU45: 'AU43', AU26: 'AU25', AU27: 'AU25' };
    const known = new Set([
      'AU1',
      'AU4',
      'AU43',
      'AU5',
      'AU9',
      'AU10',
      'AU12',
      'AU16',
      'AU17',
      'AU18',
      'AU20',
      'AU25',
      'AU28',
    ]);
    const merged = (codes: Iterable<string>): Set<string> =>
      new Set([...codes].map((code) => same[code] ?? code).filter((code) => known.has(code)));
    const score = (unitsOf: (text: string) => Iterable<string>): number =>
      unitScore(
        sources.map(({ theirs, shown }) => ({ named: merged(unitsOf(theirs ?? '')), shown: merged(shown ?? []) })),
      ).f1;
    expect(score((text) => unitsOfText(text).present)).toBeGreaterThan(0.7);
    expect(score(literalUnitsOfText)).toBeLessThan(0.25);
  });
});
