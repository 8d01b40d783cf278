/** Words that speech models are known to make up where nobody speaks, and how they are kept out. */
import type { TimeRange, Warning } from '../../contracts/index.ts';
import { cleanText } from '../../media/subtitles/clean-text.ts';
import type { RecognisedCue } from './recogniser.ts';

const GUARD = {
  /** Whisper's own rule (Radford et al. 2022, §4.5): silence where the model thinks so and is unsure of its words. */
  noSpeech: 0.6,
  logProbability: -1,
  /** Share of a segment in which a voice must be heard. */
  voiced: 0.2,
  /** A stock phrase needs more than that. */
  stockVoiced: 0.6,
  stockNoSpeech: 0.2,
  /** Times that the same words may follow each other. */
  repeats: 3,
  /** Longest run of words looked at for a loop. */
  loopWords: 12,
} as const;

/**
 * What Whisper hears in silence and music: the ends of the videos and subtitle files it was trained on (openai/whisper
 * discussions 679 and 1873). Compared without case and punctuation.
 */
const STOCK: readonly RegExp[] = [
  /^(?:thank you|thanks)(?: (?:so much|very much))? for (?:watching|listening|viewing)/,
  /^(?:please )?(?:like and )?subscribe/,
  /^see you (?:in the )?next (?:time|video|one)/,
  /subtitles? (?:by|from|provided by)|amara ?org|captions? by/,
  /^(?:untertitel|untertitelung)\b/,
  /^sous titr/,
  /^subt[ií]tulos\b|^sottotitoli\b|^legendas?\b|^napisy\b|^ondertiteling\b/,
  /^vielen dank f[uü]rs? zuschauen/,
  /^(?:ご視聴ありがとうございました|最後までご視聴ありがとうございました)/,
  /^(?:продолжение следует|спасибо за просмотр|субтитры)/,
  /^(?:请不吝点赞|字幕|谢谢观看|謝謝觀看)/,
  /^(?:시청해 ?주셔서 감사합니다|구독)/,
];

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Milliseconds of a range in which a voice is heard. */
const voicedMs = ({ startMs, endMs }: TimeRange, segments: readonly TimeRange[]): number =>
  segments.reduce(
    (sum, segment) => sum + Math.max(0, Math.min(endMs, segment.endMs) - Math.max(startMs, segment.startMs)),
    0,
  );

/** "no no no no no no" as "no no no": a loop is where a model has lost the thread. Linear in the words for each length of loop. */
const withoutLoops = (text: string): string => {
  const words = text.split(' ');
  for (let length = 1; length <= GUARD.loopWords; length += 1) {
    for (let start = 0; start + length * (GUARD.repeats + 1) <= words.length; start += 1) {
      let same = 0;
      while (
        start + same + length < words.length &&
        bare(words[start + same] ?? '') === bare(words[start + same + length] ?? '')
      ) {
        same += 1;
      }
      const repeats = Math.floor(same / length);
      if (repeats > GUARD.repeats) {
        words.splice(start + length * GUARD.repeats, length * (repeats + 1 - GUARD.repeats));
      } else {
        start += same;
      }
    }
  }
  return words.join(' ');
};

export type Guarded = { cues: RecognisedCue[]; warnings: Warning[] };

/**
 * Leaves out segments without a voice, those the model itself doubts, and stock phrases over little voice; shortens loops
 * inside a segment, and a segment said over and over again is said once.
 */
export const guardWords = (cues: readonly RecognisedCue[], segments: readonly TimeRange[]): Guarded => {
  let dropped = 0;
  let looped = 0;
  const kept: RecognisedCue[] = [];
  let last = '';
  let repeats = 0;
  for (const cue of cues) {
    const text = cleanText(cue.text.slice(0, 4000));
    const plain = bare(text);
    const share = voicedMs(cue, segments) / Math.max(1, cue.endMs - cue.startMs);
    const doubted = (cue.noSpeech ?? 0) > GUARD.noSpeech && (cue.logProbability ?? 0) < GUARD.logProbability;
    const stock =
      STOCK.some((pattern) => pattern.test(plain)) &&
      (share < GUARD.stockVoiced || (cue.noSpeech ?? 0) > GUARD.stockNoSpeech);
    if (plain === '' || share < GUARD.voiced || doubted || stock) {
      dropped += plain === '' ? 0 : 1;
      continue;
    }
    repeats = plain === last ? repeats + 1 : 0;
    last = plain;
    const short = withoutLoops(text);
    if (repeats >= GUARD.repeats || short !== text) {
      looped += 1;
    }
    if (repeats < GUARD.repeats) {
      kept.push(short === text ? cue : { ...cue, text: short, words: [] });
    }
  }
  const warnings: Warning[] = [];
  if (dropped > 0) {
    warnings.push({
      code: 'recognition-invented',
      message: `${dropped === 1 ? 'One segment' : `${dropped} segments`} of the speech recognition ${dropped === 1 ? 'was' : 'were'} left out, because hardly a voice is heard there.`,
    });
  }
  if (looped > 0) {
    warnings.push({
      code: 'recognition-looped',
      message: 'The speech recognition repeated itself; the repetitions were shortened.',
    });
  }
  return { cues: kept, warnings };
};
