import type { SpeechCue, SpokenWord } from '../../contracts/index.ts';
import { LIMITS } from '../../kit/limits.ts';
import { cleanText } from './clean-text.ts';
import type { DraftCue, DraftWord } from './draft-cue.ts';

/** Most characters of one cue: three minutes of fast speech. Longer ones are cut at a space. */
const TEXT_CHARACTERS = 2000;
const SPEAKER_CHARACTERS = 60;
const MOST_WORDS = 600;
/** No clip lasts longer, and no number of milliseconds may leave the safe integers. */
const LATEST_MS = 10 * LIMITS.durationMs;

export type Settled = {
  cues: SpeechCue[];
  /** How many cues each repair touched. */
  repairs: { dropped: number; reversed: number; negative: number; cut: number };
};

const inTime = (value: number): number => Math.round(Math.min(LATEST_MS, Math.max(0, value)));

/** Cues as the contract has them: sorted, with integer times in order, clean text, and no more than the limit. */
export const settleCues = (drafts: readonly DraftCue[]): Settled => {
  const repairs = { dropped: 0, reversed: 0, negative: 0, cut: 0 };
  const cues: SpeechCue[] = [];
  for (const draft of drafts) {
    if (cues.length >= LIMITS.subtitleCues) {
      repairs.dropped += 1;
      continue;
    }
    const whole = cleanText(draft.text);
    const text = shortened(whole);
    const [startMs, endMs] = [Math.min(draft.startMs, draft.endMs), Math.max(draft.startMs, draft.endMs)];
    if (text === '' || !Number.isFinite(startMs) || !Number.isFinite(endMs) || endMs < 0 || startMs > LATEST_MS) {
      repairs.dropped += text === '' ? 0 : 1;
      continue;
    }
    repairs.reversed += draft.startMs > draft.endMs ? 1 : 0;
    repairs.negative += startMs < 0 ? 1 : 0;
    repairs.cut += text.length < whole.length ? 1 : 0;
    const speaker = draft.speaker === null ? '' : cleanText(draft.speaker.slice(0, 1000)).slice(0, SPEAKER_CHARACTERS);
    const range = { startMs: inTime(startMs), endMs: inTime(endMs) };
    cues.push({ ...range, text, speaker: speaker === '' ? null : speaker, words: settleWords(draft.words, range) });
  }
  cues.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return { cues, repairs };
};

const shortened = (text: string): string => {
  if (text.length <= TEXT_CHARACTERS) {
    return text;
  }
  const head = text.slice(0, TEXT_CHARACTERS);
  const space = head.lastIndexOf(' ');
  return head.slice(0, space > TEXT_CHARACTERS / 2 ? space : TEXT_CHARACTERS).replace(/\p{Cs}$/u, '');
};

const settleWords = (words: readonly DraftWord[], range: { startMs: number; endMs: number }): SpokenWord[] => {
  let earliest = range.startMs;
  return words.slice(0, MOST_WORDS).flatMap((word): SpokenWord[] => {
    const text = cleanText(word.text.slice(0, 200));
    if (text === '' || !Number.isFinite(word.startMs)) {
      return [];
    }
    const startMs = Math.min(Math.max(inTime(word.startMs), earliest), Math.max(range.endMs, earliest));
    const endMs = Math.max(startMs, Math.min(inTime(word.endMs ?? word.startMs), Math.max(range.endMs, startMs)));
    earliest = startMs;
    return [{ text, startMs, endMs, confidence: word.confidence }];
  });
};
