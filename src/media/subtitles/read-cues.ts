import { LIMITS } from '../../kit/limits.ts';
import { timingLine } from './cue-time.ts';
import type { Draft, DraftCue, DraftWord } from './draft-cue.ts';
import { linesOf } from './lines.ts';
import { type MarkupPart, stripMarkup } from './strip-markup.ts';

/** Most characters of one cue that are kept as read; a screen holds about 80. */
const CUE_CHARACTERS = 20_000;

type OpenCue = { startMs: number; endMs: number; lines: string[]; length: number };

/**
 * SRT and WebVTT, which differ in their header and little else: a timing line opens a cue, a blank line (or the next timing
 * line) ends it. One pass.
 */
export const readCues = (text: string, format: 'srt' | 'vtt'): Draft => {
  const cues: DraftCue[] = [];
  const rolling = format === 'vtt' && /<\d\d:\d\d(?::\d\d)?\.\d{3}><c>/.test(text);
  let shownLines: ReadonlySet<string> = new Set();
  let language: string | null = null;
  let cue: OpenCue | null = null;
  let skipping = false;
  let number = 0;
  let opened = 0;
  const close = (ended: OpenCue | null, counterFollows: boolean): void => {
    if (ended === null) {
      return;
    }
    // The next cue's counter, where no blank line stands before it.
    if (counterFollows && /^\s*\d{1,9}\s*$/.test(ended.lines.at(-1) ?? '')) {
      ended.lines.pop();
    }
    const fresh = rolling ? ended.lines.filter((line) => !shownLines.has(plainOf(line))) : ended.lines;
    shownLines = new Set(rolling ? ended.lines.map(plainOf) : []);
    cues.push(...cuesOf({ ...ended, lines: fresh }));
  };
  for (const line of linesOf(text)) {
    number += 1;
    if (cues.length > LIMITS.subtitleCues || opened > LIMITS.subtitleCues) {
      break;
    }
    const times = timingLine(line);
    if (times !== null) {
      opened += 1;
      close(cue, true);
      skipping = false;
      cue = { ...times, lines: [], length: 0 };
    } else if (line.trim() === '') {
      close(cue, false);
      cue = null;
      skipping = false;
    } else if (cue !== null && cue.length < CUE_CHARACTERS) {
      cue.lines.push(line.slice(0, CUE_CHARACTERS - cue.length));
      cue.length += line.length;
    } else if (format === 'vtt' && cue === null && !skipping) {
      skipping = /^(?:NOTE|STYLE|REGION)\b/.test(line);
      language = number <= 10 ? (/^Language:\s*([A-Za-z-]{2,35})\s*$/.exec(line)?.[1] ?? language) : language;
    }
  }
  close(cue, false);
  return { format, cues, language, timed: true };
};

const plainOf = (line: string): string =>
  stripMarkup(line)
    .map(({ text }) => text)
    .join('')
    .trim();

/** One cue for each voice in it: a new voice tag, or a dash before every line (the usual mark of two speakers). */
const cuesOf = ({ startMs, endMs, lines }: OpenCue): DraftCue[] => {
  const dashed = lines.length > 1 && lines.every((line) => /^\s*(?:<[^>]{1,20}>)?[-–—]\s?\S/.test(line));
  const turns = dashed
    ? lines.map((line) => line.replace(/^(\s*(?:<[^>]{1,20}>)?)[-–—]\s?/, '$1'))
    : [lines.join('\n')];
  return turns.flatMap((turn) =>
    byVoice(stripMarkup(turn.replaceAll(String.raw`\N`, ' '))).map((parts) => {
      const text = parts.map((part) => part.text).join('');
      const named = parts[0]?.speaker ?? null;
      return { startMs, endMs, ...nameOff(text, named), words: wordsOf(parts, startMs, endMs) };
    }),
  );
};

/** "ANNA: Hello." and ">> Hello.", the broadcasters' way of naming who speaks. */
const nameOff = (text: string, speaker: string | null): { text: string; speaker: string | null } => {
  const match = /^\s*(?:>{1,3}\s*)?(?:(\p{Lu}[\p{Lu}\d .'’-]{1,30}):\s)?/u.exec(text);
  const label = match?.[1]?.trim();
  return { text: text.slice(match?.[0].length ?? 0), speaker: speaker ?? label ?? null };
};

const byVoice = (parts: readonly MarkupPart[]): MarkupPart[][] => {
  const turns: MarkupPart[][] = [];
  for (const part of parts) {
    const turn = turns.at(-1);
    if (turn?.[0] !== undefined && turn[0].speaker === part.speaker) {
      turn.push(part);
    } else if (part.text.trim() !== '') {
      turns.push([part]);
    }
  }
  return turns;
};

/** Word times, where inline times cut the cue. */
const wordsOf = (parts: readonly MarkupPart[], startMs: number, endMs: number): DraftWord[] =>
  parts.some(({ ms }) => ms !== null)
    ? parts.flatMap(({ text, ms }, index) => {
        const from = ms ?? startMs;
        const to = parts[index + 1]?.ms ?? endMs;
        const words = text.split(/\s+/).filter((word) => word !== '');
        return words.map((word, place) => ({
          text: word,
          startMs: from + ((to - from) * place) / words.length,
          endMs: from + ((to - from) * (place + 1)) / words.length,
          confidence: null,
        }));
      })
    : [];
