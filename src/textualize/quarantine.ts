/**
 * Untrusted text as data: in a block with a random border that the text cannot know, its spaces replaced by a mark that
 * shows with every word that it is quoted material (spotlighting, Hines et al. 2024).
 */
import { SPACE_MARK } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import { cleanText } from './clean-text.ts';

/** One piece of untrusted text. `head` is ours: an id, a time, who speaks. */
export type UntrustedItem = { head: string; text: string };

export type UntrustedBlock = {
  /** What it is, in our words: "speech". */
  title: string;
  items: readonly UntrustedItem[];
};

export type QuarantineOptions = {
  /** 0–1, half-open; the border is drawn from it. */
  random: () => number;
  /** Most characters of one piece. */
  itemCharacters: number;
  /** Most characters of all pieces. */
  totalCharacters: number;
};

const BORDER_DIGITS = 16;
const TRIES = 8;

/** Sixteen hex digits that occur in none of the texts. @throws WhyfaceError `internal` where chance gives none */
export const drawBoundary = (texts: readonly string[], random: () => number): string => {
  const all = texts.join('\n').toLowerCase();
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const digits = Array.from({ length: BORDER_DIGITS }, () => Math.floor(random() * 16).toString(16)).join('');
    const boundary = `data-${digits}`;
    if (!all.includes(digits)) {
      return boundary;
    }
  }
  throw new WhyfaceError({
    code: 'internal',
    stage: 'textualize',
    message: 'No border could be drawn that does not occur in the recorded text.',
  });
};

/** Clean, and with marks for its spaces. */
export const markedText = (text: string, maximum: number): string =>
  cleanText(text.replaceAll(SPACE_MARK, ' '), maximum).replaceAll(' ', SPACE_MARK);

/** Marks in words that a model wrote, as the spaces they stand for. */
export const unmarkedText = (text: string): string => text.replaceAll(SPACE_MARK, ' ');

/** The blocks as text, and their border. Pieces that do not fit any more are counted, not cut. */
export const quarantine = (
  blocks: readonly UntrustedBlock[],
  { random, itemCharacters, totalCharacters }: QuarantineOptions,
): { text: string; boundary: string } => {
  const filled = blocks.filter(({ items }) => items.length > 0);
  const boundary = drawBoundary(
    filled.flatMap(({ items }) => items.flatMap(({ head, text }) => [head, text, cleanText(text, itemCharacters)])),
    random,
  );
  let left = totalCharacters;
  const written = filled.map(({ title, items }) => {
    const lines: string[] = [];
    let omitted = 0;
    for (const { head, text } of items) {
      const marked = markedText(text, itemCharacters);
      if (marked.length > left) {
        omitted += 1;
        continue;
      }
      left -= marked.length;
      lines.push(head === '' ? marked : `${head}: ${marked}`);
    }
    const rest = omitted === 0 ? [] : [`(${omitted} more left out for length)`];
    return [`<<<${boundary} ${title}`, ...lines, ...rest, `${boundary}>>>`].join('\n');
  });
  return { text: written.join('\n\n'), boundary };
};
