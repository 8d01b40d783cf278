import { DETERMINERS, longestPhrase } from '../lexicon/phrase-index.ts';
import type { Body, Sense } from '../lexicon/sense.ts';
import type { Token } from '../text/token.ts';

/** A word, or the words of one lexicon phrase, with all that it may mean. */
export type Chunk = {
  /** The first token; for plain words, numbers, codes, quotes and marks the only one. */
  token: Token;
  /** Lower-case words, joined by spaces. */
  norm: string;
  senses: readonly Sense[];
  /** The kinds of the senses, for quick questions. */
  kinds: ReadonlySet<Sense['kind']>;
  /** Characters of the sentence. */
  start: number;
  end: number;
};

const NO_KINDS: ReadonlySet<Sense['kind']> = new Set();
const BODY_ONLY: ReadonlySet<Sense['kind']> = new Set(['body']);

export type SenseOf<Kind extends Sense['kind']> = Extract<Sense, { kind: Kind }>;

/** The first meaning of that kind, or `null`. */
export const senseOf = <Kind extends Sense['kind']>(chunk: Chunk | undefined, kind: Kind): SenseOf<Kind> | null => {
  if (chunk === undefined || !chunk.kinds.has(kind)) {
    return null;
  }
  const found = chunk.senses.find((sense): sense is SenseOf<Kind> => sense.kind === kind);
  return found ?? null;
};

export const sensesOf = <Kind extends Sense['kind']>(chunk: Chunk | undefined, kind: Kind): SenseOf<Kind>[] =>
  chunk === undefined || !chunk.kinds.has(kind)
    ? []
    : chunk.senses.filter((sense): sense is SenseOf<Kind> => sense.kind === kind);

export const has = (chunk: Chunk | undefined, kind: Sense['kind']): boolean => chunk?.kinds.has(kind) ?? false;

export const isNorm = (chunk: Chunk | undefined, ...norms: readonly string[]): boolean =>
  chunk !== undefined && norms.includes(chunk.norm);

/** The same for a long list. */
export const isOneOf = (chunk: Chunk | undefined, norms: ReadonlySet<string>): boolean =>
  chunk !== undefined && norms.has(chunk.norm);

export const isDeterminer = (chunk: Chunk | undefined): boolean => chunk !== undefined && DETERMINERS.has(chunk.norm);

const wordOf = (token: Token): string | null => {
  if (token.kind === 'word') {
    return token.norm;
  }
  return token.kind === 'mark' && token.norm === '-' ? '-' : null;
};

/** "the *inner* and outer brows", "*upper* and lower lids": the noun that the first adjective shares. */
const SHARED: Readonly<Record<string, Readonly<Partial<Record<Body, Body>>>>> = {
  inner: { 'outer-brow': 'inner-brow' },
  outer: { 'inner-brow': 'outer-brow' },
  upper: { 'lower-lid': 'upper-lid', 'lower-lip': 'upper-lip', 'lower-face': 'upper-face' },
  lower: { 'upper-lid': 'lower-lid', 'upper-lip': 'lower-lip', 'upper-face': 'lower-face' },
  top: { 'lower-lip': 'upper-lip', 'lower-lid': 'upper-lid' },
};

const shareNouns = (chunks: readonly Chunk[]): Chunk[] =>
  chunks.map((each, index) => {
    const shared = SHARED[each.norm];
    if (shared === undefined || !isNorm(chunks[index + 1], 'and', 'or', 'nor', '&', '/')) {
      return each;
    }
    const noun = isDeterminer(chunks[index + 2]) ? chunks[index + 3] : chunks[index + 2];
    const body = senseOf(noun, 'body')?.body;
    const own = body === undefined ? undefined : shared[body];
    return own === undefined ? each : { ...each, senses: [{ kind: 'body', body: own }], kinds: BODY_ONLY };
  });

/** Reads the tokens of a sentence through the lexicon, longest phrase first. Citations and hyphens are left out. */
export const chunk = (tokens: readonly Token[]): Chunk[] => {
  const said = tokens.filter((token) => token.kind !== 'citation');
  const words = said.map(wordOf);
  const chunks: Chunk[] = [];
  let index = 0;
  while (index < said.length) {
    const token = said[index];
    if (token === undefined) {
      break;
    }
    const phrase = token.kind === 'word' ? longestPhrase(words, index) : null;
    const length = phrase?.length ?? 1;
    const last = said[index + length - 1] ?? token;
    if (!(token.kind === 'mark' && token.norm === '-' && isJoined(said, index))) {
      chunks.push({
        token,
        norm:
          length === 1
            ? token.norm
            : said
                .slice(index, index + length)
                .map((part) => part.norm)
                .join(' '),
        senses: phrase?.senses ?? [],
        kinds: phrase?.kinds ?? NO_KINDS,
        start: token.start,
        end: last.end,
      });
    }
    index += length;
  }
  return shareNouns(chunks);
};

/** A hyphen inside a compound ("lip-corner pull"), not a dash between words or numbers. */
const isJoined = (tokens: readonly Token[], index: number): boolean => {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const hyphen = tokens[index];
  return (
    before !== undefined &&
    after !== undefined &&
    hyphen !== undefined &&
    before.end === hyphen.start &&
    hyphen.end === after.start &&
    !(before.kind === 'number' && after.kind === 'number')
  );
};
