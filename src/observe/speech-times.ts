/** Whether the times of the words fit the clip: its length, and where a voice is heard. */
import type { Percepts, SpeechCue, SpeechPercepts, TimeRange, Warning } from '../contracts/index.ts';
import { durationWord, timeWord } from '../facs/time-words.ts';

const TIMES = {
  /** How far the last cue may reach beyond the end: fades, rounded times. */
  beyondMs: 700,
  /** Words and voice that share less of their time than this do not belong together as they are. */
  poor: 0.35,
  /** A shift that explains them must reach this, and gain this much. */
  good: 0.6,
  gain: 0.3,
  /** Shifts that are tried, in both directions. */
  farthestMs: 60_000,
  stepMs: 100,
  leastShiftMs: 700,
  /** Cues stay on the screen longer than the words last: what a cue may be longer at either end without counting. */
  paddingMs: 400,
  /** Cues looked at; their pattern repeats nowhere. */
  mostCues: 400,
} as const;

export type SpeechTimes = {
  /** Cues that begin within the clip. */
  cues: SpeechCue[];
  /** Whether the times can be relied on; lowers the confidence of every quotation. */
  trusted: boolean;
  warnings: Warning[];
};

/**
 * Compares the times of the words with the clip's length and, where it was measured, with the voice (`null`: was not).
 * Nothing is moved: a wrong file is the person's to exchange, and a warning names what is wrong with it.
 */
export const checkSpeechTimes = (
  speech: SpeechPercepts,
  durationMs: Percepts['clip']['durationMs'],
  segments: readonly TimeRange[] | null,
): SpeechTimes => {
  const { timed, source } = speech;
  if (!timed) {
    const cues = speech.cues.map((cue) => ({ ...cue, startMs: 0, endMs: durationMs }));
    return { cues, trusted: true, warnings: [] };
  }
  if (durationMs <= 0) {
    return { cues: speech.cues, trusted: true, warnings: [] };
  }
  const cues = speech.cues.filter(({ startMs }) => startMs < durationMs);
  const warnings: Warning[] = [];
  const over = speech.cues.filter(({ endMs }) => endMs > durationMs + TIMES.beyondMs);
  if (over.length > 0) {
    const which =
      over.length === speech.cues.length ? allOf(over.length) : `${over.length} of ${speech.cues.length} cues`;
    warnings.push({
      code: 'transcript-beyond-end',
      message: `${which} of ${source.name} ${over.length === 1 ? 'reaches' : 'reach'} beyond the end of the clip at ${timeWord(durationMs)}; the file may belong to another cut, or be shifted.`,
    });
  }
  const misfit =
    segments === null || source.kind === 'recognition' ? null : misfitOf(speech.cues, segments, source.name);
  if (misfit !== null) {
    warnings.push(misfit);
  }
  return { cues, trusted: warnings.length === 0, warnings };
};

const allOf = (count: number): string => (count === 1 ? 'The one cue' : `All ${count} cues`);

const misfitOf = (all: readonly SpeechCue[], segments: readonly TimeRange[], name: string): Warning | null => {
  const cues = merged(all.filter(({ text }) => !/^[[(♪].*[\])♪]$/u.test(text)).slice(0, TIMES.mostCues));
  if (cues.length === 0) {
    return null;
  }
  if (segments.length === 0) {
    return {
      code: 'transcript-without-voice',
      message: `${name} has words, but no voice is heard in the clip; it may belong to another one.`,
    };
  }
  const voice = merged(segments);
  const now = agreement(cues, voice, 0);
  if (now >= TIMES.poor) {
    return null;
  }
  let best = { from: 0, to: 0, fit: now };
  for (let shift = -TIMES.farthestMs; shift <= TIMES.farthestMs; shift += TIMES.stepMs) {
    const fit = agreement(cues, voice, shift);
    if (fit > best.fit + 1e-9) {
      best = { from: shift, to: shift, fit };
    } else if (fit > best.fit - 1e-9 && shift === best.to + TIMES.stepMs) {
      best.to = shift;
    }
  }
  // What is equally good is a plateau as wide as the free edges of the cues; half seconds are all that is known.
  const shift = 500 * Math.round((best.from + best.to) / 1000);
  if (best.fit >= TIMES.good && best.fit - now >= TIMES.gain && Math.abs(shift) >= TIMES.leastShiftMs) {
    const direction = shift < 0 ? 'earlier' : 'later';
    return {
      code: 'transcript-shifted',
      message: `The times of ${name} do not fit the voice; they would if they were about ${durationWord(Math.abs(shift))} ${direction}.`,
    };
  }
  return {
    code: 'transcript-elsewhere',
    message: `The times of ${name} do not fit the voice, shifted or not; it may belong to another clip.`,
  };
};

/** Rising, without overlaps. */
const merged = (ranges: readonly TimeRange[]): TimeRange[] => {
  const result: TimeRange[] = [];
  for (const { startMs, endMs } of [...ranges].sort((a, b) => a.startMs - b.startMs)) {
    const last = result.at(-1);
    if (last !== undefined && startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, endMs);
    } else if (endMs > startMs) {
      result.push({ startMs, endMs });
    }
  }
  return result;
};

/**
 * How well cues moved by `shift` cover the voice, 0–1: the F1 of the time they share, with `paddingMs` of each cue's edges
 * free. One sweep over both lists.
 */
const agreement = (cues: readonly TimeRange[], voice: readonly TimeRange[], shift: number): number => {
  let shared = 0;
  let cueTime = 0;
  let first = 0;
  for (const cue of cues) {
    const [startMs, endMs] = [cue.startMs + shift, cue.endMs + shift];
    let inside = 0;
    let free = 0;
    while ((voice[first]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs) {
      first += 1;
    }
    for (let index = first; index < voice.length; index += 1) {
      const segment = voice[index];
      if (segment === undefined || segment.startMs >= endMs) {
        break;
      }
      inside += Math.min(endMs, segment.endMs) - Math.max(startMs, segment.startMs);
      free = Math.min(2 * TIMES.paddingMs, Math.max(0, segment.startMs - startMs) + Math.max(0, endMs - segment.endMs));
    }
    shared += inside;
    cueTime += Math.max(inside, endMs - startMs - (inside > 0 ? free : 0));
  }
  const voiceTime = voice.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return cueTime + voiceTime === 0 ? 0 : (2 * shared) / (cueTime + voiceTime);
};
