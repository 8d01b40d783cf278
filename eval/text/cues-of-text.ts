import type { ActionUnitCode } from '../../src/contracts/index.ts';
import type { Reading } from '../../src/verify/read/reading.ts';
import { readSentence } from '../../src/verify/read/sentence.ts';
import { splitSentences } from '../../src/verify/text/sentences.ts';
import { CHINESE_CUES, CHINESE_DENIAL } from './chinese-cues.ts';
import type { Cue } from './cue.ts';
import { ENGLISH_CUES } from './english-cues.ts';
import { type Language, languageOf } from './language.ts';

/** The cue that an action unit is, in the words people use: units that descriptions do not tell apart share one. */
const CUE_OF_UNIT: Readonly<Record<ActionUnitCode, string>> = {
  AU1: 'brow-raised', AU2: 'brow-raised', AU4: 'brow-lowered', AU5: 'eyes-wide', AU6: 'eyes-narrowed', AU7: 'eyes-narrowed', AU9: 'nose-wrinkled',
  AU10: 'upper-lip-raised', AU12: 'smile', AU14: 'dimples', AU15: 'mouth-corners-down', AU16: 'lower-lip-down', AU17: 'chin-raised', AU18: 'lips-puckered',
  AU20: 'lips-stretched', AU22: 'lips-puckered', AU23: 'lips-pressed', AU24: 'lips-pressed', AU25: 'mouth-open', AU26: 'mouth-open', AU27: 'mouth-open',
  AU28: 'lips-sucked', AU43: 'eyes-closed', AU45: 'eyes-closed',
}; // biome-ignore format: one table

const GAZES = { camera: 'gaze-camera', down: 'gaze-down', away: 'gaze-away', left: 'gaze-away', right: 'gaze-away', up: 'gaze-up' } as const; // biome-ignore format: one table

/** Every cue that a description names, each once; a cue named both ways counts as present. */
export const cuesOfText = (text: string, language: Language = languageOf(text)): Cue[] => {
  const cues = language === 'zh' ? chineseCues(text) : englishCues(text);
  const found = new Map<string, Cue>();
  for (const cue of [...cues, ...quotations(text)]) {
    const key = `${cue.channel} ${cue.name}`;
    const known = found.get(key);
    found.set(key, known?.polarity === 'present' ? known : cue);
  }
  return [...found.values()];
};

const englishCues = (text: string): Cue[] => {
  const plain = unquoted(text);
  const read = splitSentences(plain).flatMap((sentence) => readSentence(sentence.text).readings.flatMap(cueOfReading));
  return [...read, ...ENGLISH_CUES.flatMap((entry) => matches(plain, entry, ENGLISH_DENIAL))];
};

const ENGLISH_DENIAL = /\b(?:no|not|without|never|lack of|absence of|nor|neither)\b[^,.;]{0,24}$/i;

const cueOfReading = (reading: Reading): Cue[] => {
  switch (reading.kind) {
    case 'unit': {
      const polarity = reading.polarity === 'absent' || reading.closed ? 'absent' : 'present';
      if (reading.polarity === 'hidden' || reading.codes.length === 0) {
        return [];
      }
      // Words that may mean several units ("frown", "grimace") are taken for the first: a cue is one thing.
      const [code] = reading.codes;
      return code === undefined || reading.codes.length > 4
        ? []
        : [{ channel: 'facial', name: CUE_OF_UNIT[code], polarity }];
    }
    case 'head':
      return reading.movement === 'still' || reading.movement === 'turn'
        ? []
        : [{ channel: 'facial', name: `head-${reading.movement}`, polarity: plainPolarity(reading.polarity) }];
    case 'gaze':
      return [{ channel: 'facial', name: GAZES[reading.direction], polarity: plainPolarity(reading.polarity) }];
    case 'voice': {
      const [meaning] = reading.meanings;
      if (meaning === undefined || meaning.sign === 0) {
        return [];
      }
      const name = `${meaning.family}-${meaning.sign > 0 ? 'up' : 'down'}`;
      return [{ channel: 'vocal', name, polarity: plainPolarity(reading.polarity) }];
    }
    default:
      return [];
  }
};

const plainPolarity = (polarity: string): Cue['polarity'] => (polarity === 'absent' ? 'absent' : 'present');

const chineseCues = (text: string): Cue[] => {
  const plain = unquoted(text);
  return CHINESE_CUES.flatMap((entry) => matches(plain, entry, CHINESE_DENIAL));
};

const matches = (
  text: string,
  { channel, name, pattern }: { channel: Cue['channel']; name: string; pattern: RegExp },
  denial: RegExp,
): Cue[] =>
  [...text.matchAll(pattern)].map((match) => ({
    channel,
    name,
    polarity: denial.test(text.slice(Math.max(0, match.index - 32), match.index)) ? 'absent' : 'present',
  }));

const QUOTATION = /“([^”]+)”|"([^"]+)"|「([^」]+)」|『([^』]+)』/g;

const unquoted = (text: string): string => text.replace(QUOTATION, (quotation) => ' '.repeat(quotation.length));

/** What is said in the clip is a cue by itself: each quotation of it. */
const quotations = (text: string): Cue[] =>
  [...text.matchAll(QUOTATION)].flatMap((match): Cue[] => {
    const name = normalised(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
    return name === '' ? [] : [{ channel: 'verbal', name, polarity: 'present' }];
  });

/** Letters, digits and ideographs, lower case, single spaces. */
const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
