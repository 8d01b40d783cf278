import type { SpeechCue, Warning } from '../../contracts/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { timingLine } from './cue-time.ts';
import { decodeText } from './decode-text.ts';
import type { Draft, SubtitleFormat } from './draft-cue.ts';
import { linesOf } from './lines.ts';
import { readAss } from './read-ass.ts';
import { readCues } from './read-cues.ts';
import { readJson } from './read-json.ts';
import { readTsv } from './read-tsv.ts';
import { type Settled, settleCues } from './settle-cues.ts';

/** The words of one file. */
export type Subtitles = {
  format: SubtitleFormat;
  /** Sorted by start; `words` empty where the file has no word times. */
  cues: SpeechCue[];
  /** false: plain text without times; every cue is at 0. */
  timed: boolean;
  /** As the file states it. */
  language: string | null;
  warnings: Warning[];
};

/** Lines among which the first timing line must stand. */
const LINES_TO_LOOK_AT = 2000;

/**
 * Reads subtitles or a transcript: SRT, WebVTT, ASS, Whisper's table and JSON and that of its relatives, plain text. The
 * content decides, not the name; the time it takes is linear in the length, whatever the bytes.
 *
 * @param name for messages only
 * @throws WhyfaceError `media-too-large` over `LIMITS.subtitleBytes`, `media-empty`, `input-invalid` (binary, XML, other JSON)
 */
export const readSubtitles = (bytes: Uint8Array, name: string): Subtitles => {
  if (bytes.length > LIMITS.subtitleBytes) {
    throw tooLarge(name, bytes.length);
  }
  const { text, encoding } = decodeText(bytes);
  const { format, cues: drafts, language, timed } = readText(text, name);
  const settled = settleCues(drafts);
  const guessed: Warning[] =
    encoding === 'windows-1252'
      ? [warned('transcript-encoding', `${name} is not in UTF-8; it was read as Windows-1252 (Latin-1).`)]
      : [];
  return {
    format,
    cues: settled.cues,
    timed,
    language: language === null ? null : languageTag(language),
    warnings: [...guessed, ...repairWarnings(settled, name)],
  };
};

export const tooLarge = (name: string, bytes: number): WhyfaceError =>
  new WhyfaceError({
    code: 'media-too-large',
    stage: 'media',
    message: `${name} is ${(bytes / 1_048_576).toFixed(1)} MiB, and a transcript may have ${LIMITS.subtitleBytes / 1_048_576}; cut it to the part of this clip.`,
  });

const warned = (code: string, message: string): Warning => ({ code, message });

const invalid = (name: string, what: string): WhyfaceError =>
  new WhyfaceError({
    code: 'input-invalid',
    stage: 'media',
    message: `${name} ${what}; give the words as SRT, WebVTT, the JSON of Whisper, or plain text.`,
  });

const readText = (text: string, name: string): Draft => {
  const start = text.slice(0, 4096).trimStart();
  if (text.trim() === '') {
    throw new WhyfaceError({ code: 'media-empty', stage: 'media', message: `${name} has no words in it.` });
  }
  if (isBinary(text)) {
    throw invalid(name, 'is not a text file');
  }
  if (start.startsWith('WEBVTT')) {
    return readCues(text, 'vtt');
  }
  if (/^\[script info\]/i.test(start)) {
    return readAss(text);
  }
  if (/^start\tend\ttext/i.test(start)) {
    return readTsv(text);
  }
  if (hasTimingLine(text)) {
    return readCues(text, 'srt');
  }
  if (start.startsWith('{') || /^\[\s*[[{\]]/.test(start)) {
    const json = readJson(text);
    if (json === null) {
      throw invalid(name, 'is not JSON of a transcript that whyface knows');
    }
    return json;
  }
  if (/^<(?:\?xml|tt\b|sami\b|!doctype|html\b)/i.test(start)) {
    throw invalid(name, 'is XML or HTML');
  }
  return plainText(text);
};

const isBinary = (text: string): boolean => {
  const head = text.slice(0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from binary
  return (head.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g) ?? []).length > head.length / 100;
};

const hasTimingLine = (text: string): boolean => {
  let looked = 0;
  for (const line of linesOf(text)) {
    if (timingLine(line) !== null) {
      return true;
    }
    looked += 1;
    if (looked >= LINES_TO_LOOK_AT) {
      return false;
    }
  }
  return false;
};

/** One cue a paragraph. */
const plainText = (text: string): Draft => {
  const paragraphs: string[] = [];
  let open = '';
  for (const line of [...linesOf(text), '']) {
    if (line.trim() !== '' && open.length < 20_000) {
      open += ` ${line.slice(0, 20_000)}`;
    } else if (line.trim() === '' && open !== '') {
      paragraphs.push(open);
      open = '';
    }
    if (paragraphs.length > LIMITS.subtitleCues) {
      break;
    }
  }
  const cues = paragraphs.map((words) => ({ startMs: 0, endMs: 0, text: words, speaker: null, words: [] }));
  return { format: 'text', cues, language: null, timed: false };
};

const repairWarnings = ({ repairs }: Settled, name: string): Warning[] => {
  const told = [
    repairs.dropped > 0 ? `${count(repairs.dropped, 'cue')} left out` : '',
    repairs.reversed > 0 ? `${count(repairs.reversed, 'cue')} with start and end exchanged` : '',
    repairs.negative > 0 ? `${count(repairs.negative, 'cue')} with a time before the start` : '',
    repairs.cut > 0 ? `${count(repairs.cut, 'cue')} cut short` : '',
  ].filter((part) => part !== '');
  return told.length === 0 ? [] : [warned('transcript-repaired', `${name} was read with repairs: ${told.join(', ')}.`)];
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What Whisper's relatives call a language by its English name. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  arabic: 'ar', chinese: 'zh', czech: 'cs', danish: 'da', dutch: 'nl', english: 'en', finnish: 'fi', french: 'fr', german: 'de', greek: 'el', hebrew: 'he', hindi: 'hi', hungarian: 'hu', italian: 'it', japanese: 'ja', korean: 'ko', norwegian: 'no', polish: 'pl', portuguese: 'pt', russian: 'ru', spanish: 'es', swedish: 'sv', turkish: 'tr', ukrainian: 'uk',
}; // biome-ignore format: one table

/** BCP 47 of what a file calls its language; `null` where it is no such thing. */
export const languageTag = (stated: string): string | null => {
  const tag = LANGUAGE_NAMES[stated.toLowerCase()] ?? stated;
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}$/.test(tag) ? tag : null;
};
