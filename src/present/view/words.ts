import type { Analysis, CompoundLabel, ExpressionLabel, Judgement, TimeRange } from '../../contracts/index.ts';
import { isTimeless } from '../../contracts/timeless.ts';

/** `1:02.3` for 62 300 ms; hours only where there are some. */
export const timeText = (ms: number): string => {
  const tenths = Math.round(ms / 100);
  const hours = Math.floor(tenths / 36_000);
  const minutes = Math.floor(tenths / 600) % 60;
  const seconds = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
};

/** `0:01.2–0:03.4`; one time where the range is a moment. */
export const rangeText = (range: TimeRange): string =>
  range.endMs - range.startMs < 100 ? timeText(range.startMs) : `${timeText(range.startMs)}–${timeText(range.endMs)}`;

/** `86 %`. */
export const percentText = (share: number): string => `${Math.round(share * 100)} %`;

/** How a confidence is said in one word. */
export const confidenceWord = (confidence: number): 'high' | 'moderate' | 'low' | 'very low' => {
  if (confidence >= 0.75) {
    return 'high';
  }
  if (confidence >= 0.5) {
    return 'moderate';
  }
  return confidence >= 0.3 ? 'low' : 'very low';
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A label for a headline: "Happily surprised". */
export const labelText = (label: ExpressionLabel | CompoundLabel): string => capitalised(label.replaceAll('-', ' '));

/** The reading in a few words: the compound where there is one, the expression else, or that it abstains. */
export const headline = (judgement: Judgement): string => {
  if (judgement.abstained) {
    return 'No reading';
  }
  return labelText(judgement.compound.label ?? judgement.expression.label);
};

/** The confidence in words: "high confidence, 86 %", or why there is no reading. */
export const confidenceText = (judgement: Judgement): string =>
  judgement.abstained
    ? 'abstains: the evidence does not carry a reading'
    : `${confidenceWord(judgement.confidence)} confidence, ${percentText(judgement.confidence)}`;

const KIND_NAMES = { image: 'photo', video: 'video', audio: 'sound recording', percepts: 'measurements' } as const;

/** What the clip is: "video, 640×480, 6.0 s, 25 frames a second". */
export const clipText = ({ clip, sampling }: Analysis): string => {
  const parts: string[] = [KIND_NAMES[clip.kind]];
  if (clip.width !== null && clip.height !== null) {
    parts.push(`${clip.width}×${clip.height}`);
  }
  if (!isTimeless(clip)) {
    parts.push(`${(clip.durationMs / 1000).toFixed(1)} s`);
  }
  if (clip.kind === 'video') {
    parts.push(`${Math.round(sampling.fps * 10) / 10} frames a second analysed`);
  }
  return parts.join(', ');
};

/** "1 claim", "3 claims". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * The name of an input in what is sent to others: a path from the root or a home folder says more about the sender than
 * about the clip, so only its last part is shown; a relative one as it was typed.
 */
export const sharedName = (input: string): string =>
  /^(?:[\\/~]|[A-Za-z]:)/.test(input) ? (input.split(/[\\/]/).at(-1) ?? input) : input;
