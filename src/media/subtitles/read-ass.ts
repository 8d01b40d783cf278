import { LIMITS } from '../../kit/limits.ts';
import type { Draft, DraftCue } from './draft-cue.ts';
import { linesOf } from './lines.ts';
import { stripMarkup } from './strip-markup.ts';

/** `h:mm:ss.cc`. */
const TIME = /^\s*(\d{1,2}):(\d{2}):(\d{2})[.:](\d{2})\s*$/;

const milliseconds = (text: string | undefined): number | null => {
  const match = TIME.exec((text ?? '').slice(0, 40));
  return match === null
    ? null
    : Number(match[1]) * 3_600_000 + Number(match[2]) * 60_000 + Number(match[3]) * 1000 + Number(match[4]) * 10;
};

/** The fields before the text, where the file does not say: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect. */
const USUAL = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];

/** The dialogue lines of an (Advanced) SubStation Alpha file; drawings and styles are left out. */
export const readAss = (text: string): Draft => {
  const cues: DraftCue[] = [];
  let fields = USUAL;
  let inEvents = false;
  for (const line of linesOf(text)) {
    if (line.startsWith('[')) {
      inEvents = /^\[events\]/i.test(line);
    } else if (inEvents && line.startsWith('Format:')) {
      fields = line
        .slice(7, 400)
        .split(',')
        .map((field) => field.trim().toLowerCase());
    } else if (inEvents && line.startsWith('Dialogue:') && cues.length <= LIMITS.subtitleCues) {
      const cue = cueOf(line.slice(9), fields);
      cues.push(...(cue === null ? [] : [cue]));
    }
  }
  return { format: 'ass', cues, language: null, timed: true };
};

const cueOf = (line: string, fields: readonly string[]): DraftCue | null => {
  const values: string[] = [];
  let at = 0;
  for (let index = 1; index < fields.length; index += 1) {
    const comma = line.indexOf(',', at);
    if (comma === -1) {
      return null;
    }
    values.push(line.slice(at, comma));
    at = comma + 1;
  }
  const value = (field: string): string | undefined => values[fields.indexOf(field)];
  const [startMs, endMs] = [milliseconds(value('start')), milliseconds(value('end'))];
  const raw = line.slice(at, at + 20_000);
  // {\p1} switches to drawing commands, which are no words.
  if (startMs === null || endMs === null || /\{[^}]{0,200}\\p[1-9]/.test(raw.slice(0, 400))) {
    return null;
  }
  const text = stripMarkup(raw.replace(/\\[Nnh]/g, ' '))
    .map((part) => part.text)
    .join('');
  const speaker = value('name')?.trim() ?? '';
  return { startMs, endMs, text, speaker: speaker === '' ? null : speaker, words: [] };
};
