/** Finds the JSON object in what a model wrote: strictly first, then out of prose, then with one bounded repair. */
import { jsonrepair } from 'jsonrepair';
import { LIMITS } from '../../../kit/limits.ts';

export type FoundJson =
  | { found: Record<string, unknown>; repaired: boolean }
  /** What is wrong, as it is told to the model and to the person. */
  | { found: null; problem: string };

/** Reasoning models think aloud before they answer. */
const THOUGHT = /^\s*<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, without what may stand around it. Never throws. */
export const findJson = (text: string): FoundJson => {
  const words = text
    .replace(THOUGHT, '')
    .replace(/^\uFEFF/, '')
    .trim();
  if (words === '') {
    return { found: null, problem: 'it is empty' };
  }
  const candidate = objectIn(words);
  if (candidate === null) {
    return { found: null, problem: 'there is no JSON object in it' };
  }
  const strict = parsed(candidate);
  if (strict !== null) {
    const shape = shapeOf(candidate);
    return shape.problem === null
      ? { found: unwrapped(strict), repaired: false }
      : { found: null, problem: shape.problem };
  }
  if (candidate.length > LIMITS.llmRepairCharacters) {
    return { found: null, problem: 'it is not valid JSON, and too long to be repaired' };
  }
  if (shapeOf(candidate).depth > LIMITS.llmRepairDepth) {
    return { found: null, problem: 'it is nested too deeply' };
  }
  const mended = repaired(candidate);
  const result = mended === null ? null : parsed(mended);
  if (mended === null || result === null) {
    return { found: null, problem: 'it is not valid JSON' };
  }
  const shape = shapeOf(mended);
  return shape.problem === null
    ? { found: unwrapped(result), repaired: true }
    : { found: null, problem: shape.problem };
};

const parsed = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const repaired = (text: string): string | null => {
  try {
    return jsonrepair(text);
  } catch {
    return null;
  }
};

/** Some models put the answer into an object of its own: `{"answer": {…}}`. */
const unwrapped = (value: Record<string, unknown>): Record<string, unknown> => {
  const entries = Object.entries(value);
  const only = entries.length === 1 ? entries[0]?.[1] : undefined;
  return isObject(only) ? only : value;
};

/**
 * The longest top-level `{…}` of a text, or what follows the first brace where it never closes. A form that is repeated
 * before the answer is shorter than the answer.
 */
const objectIn = (text: string): string | null => {
  let best: string | null = null;
  let from = text.indexOf('{');
  const first = from;
  while (from >= 0) {
    const end = closingBrace(text, from);
    if (end < 0) {
      break;
    }
    const object = text.slice(from, end + 1);
    best = best === null || object.length > best.length ? object : best;
    from = text.indexOf('{', end + 1);
  }
  return best ?? (first < 0 ? null : text.slice(first).replace(/\s*```\s*$/, ''));
};

/** Where the object that opens at `from` closes, strings read as strings; −1 where it does not. */
const closingBrace = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      if (at < 0) {
        return -1;
      }
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return -1;
};

const endOfString = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '"') {
      return at;
    }
  }
  return -1;
};

/** How deep a text is nested, and whether an object names the same thing twice: which of the two is meant nobody knows. */
const shapeOf = (text: string): { depth: number; problem: string | null } => {
  const open: Array<Set<string> | null> = [];
  let deepest = 0;
  let twice: string | null = null;
  let key: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end < 0) {
        break;
      }
      key = text.slice(at + 1, end);
      at = end;
    } else if (character === ':') {
      const keys = open.at(-1);
      if (keys !== null && keys !== undefined && key !== null) {
        twice ??= keys.has(key) ? key : null;
        keys.add(key);
      }
      key = null;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null);
      deepest = Math.max(deepest, open.length);
    } else if (character === '}' || character === ']') {
      open.pop();
    }
  }
  if (deepest > LIMITS.llmRepairDepth) {
    return { depth: deepest, problem: 'it is nested too deeply' };
  }
  return { depth: deepest, problem: twice === null ? null : `it has "${twice.slice(0, 40)}" twice in one object` };
};
