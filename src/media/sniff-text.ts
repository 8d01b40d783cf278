import type { Sniffed } from './sniff.ts';

/** Bytes as text when they are text: UTF-8 (a character cut off at the end is allowed) or UTF-16 with its mark; no control characters. */
const decodeText = (head: Uint8Array): string | undefined => {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from binary
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
};

const TIMED_CUE = /^\s*(?:\d+\s*\r?\n)?\s*\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}\s*-->/m;

/** A single line is the header of an empty table from so many columns on; a sentence has fewer commas. */
const LONE_HEADER = 5;

/** A table: the first two lines that are not blank have the same number, at least one, of commas or tabs. */
const tableKind = (text: string): 'csv' | 'tsv' | undefined => {
  // A separator within quotation marks (a path in a table of measurements) separates nothing.
  const bare = text.replace(/"[^"\n]*"/g, '""');
  const lines = bare.split(/\r?\n/).filter((line) => line.trim() !== '');
  const header = lines[0] ?? '';
  for (const [kind, separator] of [
    ['tsv', '\t'],
    ['csv', ','],
  ] as const) {
    const columns = header.split(separator).length;
    const second = lines[1];
    const complete = lines.length > 2 || second === undefined || text.endsWith('\n');
    const fits =
      second === undefined ? columns >= LONE_HEADER : !complete || second.split(separator).length === columns;
    if (columns >= 2 && fits) {
      return kind;
    }
  }
  return undefined;
};

/** Names the text files that people hand over for clips; `undefined` when the bytes are not text. */
export const sniffText = (head: Uint8Array): Sniffed | undefined => {
  const text = decodeText(head);
  if (text === undefined) {
    return undefined;
  }
  const start = text.trimStart();
  const lower = start.slice(0, 1024).toLowerCase();
  if (start.startsWith('#EXTM3U')) {
    return { kind: 'refused', format: 'hls' };
  }
  if (lower.startsWith('ffconcat version') || lower.startsWith('[playlist]') || lower.startsWith('[reference]')) {
    return { kind: 'refused', format: 'playlist' };
  }
  if (/^v=0\r?\no=/.test(start)) {
    return { kind: 'refused', format: 'sdp' };
  }
  if (lower.startsWith('<')) {
    if (lower.includes('<mpd')) {
      return { kind: 'refused', format: 'dash' };
    }
    if (lower.includes('<asx') || lower.includes('<smil') || lower.includes('<playlist')) {
      return { kind: 'refused', format: 'playlist' };
    }
    if (lower.includes('<svg')) {
      return { kind: 'refused', format: 'svg' };
    }
    return { kind: 'refused', format: lower.includes('<html') || lower.includes('<!doctype html') ? 'html' : 'xml' };
  }
  if (start.startsWith('WEBVTT') || start.startsWith('[Script Info]') || TIMED_CUE.test(start.slice(0, 512))) {
    return { kind: 'refused', format: 'subtitles' };
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    return { kind: 'json', format: 'json' };
  }
  const table = tableKind(text);
  return table === undefined ? { kind: 'refused', format: 'text' } : { kind: 'table', format: table };
};
