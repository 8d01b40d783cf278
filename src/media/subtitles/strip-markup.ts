import { cueTime } from './cue-time.ts';

/** Stretches of one voice. `ms` is the inline time before the text (VTT karaoke), `null` where there is none. */
export type MarkupPart = { text: string; speaker: string | null; ms: number | null };

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', nbsp: ' ', quot: '"', apos: "'", lrm: '', rlm: '', hellip: '…', ndash: '–', mdash: '—', rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”',
}; // biome-ignore format: one table

const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,10}));/g, (whole, decimal, hex, name: string) => {
        if (typeof name === 'string') {
          return ENTITIES[name.toLowerCase()] ?? whole;
        }
        const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      })
    : text;

/** Longest tag: a name in a voice tag is shorter than this. */
const TAG_CHARACTERS = 300;
/** VTT classes, HTML as players accept it; a `<` before anything else is a character of the text. */
const TAG = /^\/?(?:[bius]|c|v|lang|ruby|rt|font|span|i|em|strong|br|p|div|a|tt|script|style|img)(?=[\s.>/]|$)/i;

/**
 * Takes off HTML and VTT tags, ASS overrides (`{\an8}`) and character references in one pass. Voice tags (`<v Anna>`) name the
 * speaker of what follows, inline times (`<00:00:01.200>`) cut the text.
 */
export const stripMarkup = (text: string): MarkupPart[] => {
  const parts: MarkupPart[] = [];
  let speaker: string | null = null;
  let ms: number | null = null;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') {
      parts.push({ text: decodeEntities(plain), speaker, ms });
      plain = '';
    }
  };
  // The next closing mark is looked for once, however many opening ones come before it.
  const closers = { '<': -2, '{': -2 };
  const closing = (open: '<' | '{', from: number): number => {
    if (closers[open] !== -1 && closers[open] < from) {
      closers[open] = text.indexOf(open === '<' ? '>' : '}', from);
    }
    return closers[open];
  };
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character !== '<' && character !== '{') {
      continue;
    }
    const end = closing(character, index);
    if (end < 0 || end - index > TAG_CHARACTERS) {
      continue;
    }
    const inside = text.slice(index + 1, end);
    const time = character === '<' ? cueTime(inside) : null;
    const isTag = character === '<' ? time !== null || TAG.test(inside) : inside.startsWith('\\');
    if (!isTag) {
      continue;
    }
    plain += text.slice(at, index);
    at = end + 1;
    index = end;
    if (time !== null) {
      flush();
      ms = time;
    } else if (character === '<') {
      const voice = /^v(?:\.\S{0,80})?\s+(.+)$/is.exec(inside);
      if (voice !== null || /^\/v$/i.test(inside)) {
        flush();
        speaker = voice === null ? null : decodeEntities(voice[1] ?? '').trim();
      } else if (/^br\b/i.test(inside)) {
        plain += ' ';
      }
    }
  }
  plain += text.slice(at);
  flush();
  return parts;
};
