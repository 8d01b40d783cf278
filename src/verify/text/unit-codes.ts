import { type IntensityLetter, intensityLetter } from '../../contracts/index.ts';
import type { UnitCodeToken } from './token.ts';

/** The numbers that FACS gives to action units and descriptors; others ("AU 99") are read, and found not to exist. */
const HIGHEST_CODE = 66;

/** "AU12", "AU 12C", "AUs 1", "action unit 4", "L-AU12", "AU12R", "AU L12". */
const HEADED =
  /(?:([LRlr])[- ]?)?(AU|au|Au|[Aa]ction [Uu]nit)(s)?[\s-]*([LR])?0?(\d{1,2})([A-E])?(?:_?([LR])(?![a-z]))?(?![\d:]|\.\d)/y;
/** What may follow in the same list: "+2", "/ 4B"; and after a plural head also ", 5" and "and 7". */
const JOINED = /\s*[+/&]\s*(?:AU)?([LR])?0?(\d{1,2})([A-E])?(?![\d:]|\.\d)(?!\s*(?:s|ms|sec\w*|%|°|of|out)\b)/y;
const LISTED =
  /\s*(?:,\s*(?:and|or|nor)?|and|or|nor|to)\s*([LR])?0?(\d{1,2})([A-E])?(?![\d:]|\.\d)(?!\s*(?:s|ms|sec\w*|frames?|times|degrees|of|out)\b|\s*[%°])/y;
/** Bare, as coders write: "R14A", "L12", "12C" (a letter or a side is needed), and sums "6+12". */
const BARE_SIDED = /([LR])(\d{1,2})([A-E])?(?![\w:]|\.\d)/y;
const BARE_LETTERED = /()(\d{1,2})([A-E])(?![\w:]|\.\d)/y;
const BARE_SUM = /()(\d{1,2})([A-E])?(?=\s?\+\s?[LR]?\d{1,2}[A-E]?(?![\d.]))/y;

const SIDES = { L: 'left', R: 'right' } as const;

const sideOf = (...letters: readonly (string | undefined)[]): 'left' | 'right' | null => {
  for (const letter of letters) {
    const upper = letter?.toUpperCase();
    if (upper === 'L' || upper === 'R') {
      return SIDES[upper];
    }
  }
  return null;
};

const letterOf = (letter: string | undefined): IntensityLetter | null => intensityLetter.safeParse(letter).data ?? null;

const exec = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const tail = (text: string, from: number, plural: boolean): UnitCodeToken[] => {
  const tokens: UnitCodeToken[] = [];
  let at = from;
  for (;;) {
    const found: RegExpExecArray | null = exec(JOINED, text, at) ?? (plural ? exec(LISTED, text, at) : null);
    const number = Number(found?.[2]);
    if (found === null || number > HIGHEST_CODE || number === 0) {
      return tokens;
    }
    const end = at + found[0].length;
    const digits = found[0].search(/\d/);
    const start = at + (found[1] === undefined ? digits : digits - 1);
    tokens.push({
      kind: 'unit-code',
      norm: `au${number}`,
      number,
      side: sideOf(found[1]),
      letter: letterOf(found[3]),
      start,
      end,
    });
    at = end;
  }
};

/** The FACS codes that begin exactly at `at`, a list as several tokens; empty where none does. */
export const readUnitCodes = (text: string, at: number): UnitCodeToken[] => {
  if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') || (text[at - 1] === '.' && /\d/.test(text[at - 2] ?? ''))) {
    return [];
  }
  const headed = exec(HEADED, text, at);
  if (headed !== null) {
    const number = Number(headed[5]);
    const side = sideOf(headed[1], headed[4], headed[7]);
    const end = at + headed[0].length;
    const first: UnitCodeToken = {
      kind: 'unit-code',
      norm: `au${number}`,
      number,
      side,
      letter: letterOf(headed[6]),
      start: at,
      end,
    };
    return [first, ...tail(text, end, headed[3] !== undefined)];
  }
  const bare = exec(BARE_SUM, text, at) ?? exec(BARE_SIDED, text, at) ?? exec(BARE_LETTERED, text, at);
  const number = Number(bare?.[2]);
  if (bare === null || number > HIGHEST_CODE || number === 0) {
    return [];
  }
  const end = at + bare[0].length;
  const first: UnitCodeToken = {
    kind: 'unit-code',
    norm: `au${number}`,
    number,
    side: sideOf(bare[1]),
    letter: letterOf(bare[3]),
    start: at,
    end,
  };
  return [first, ...tail(text, end, false)];
};
