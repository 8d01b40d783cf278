import type { IntensityLetter } from '../../contracts/index.ts';

type Common = {
  /** Lower case, without possessive ending. */
  norm: string;
  /** Characters of the sentence. */
  start: number;
  end: number;
};

/** A piece of a sentence. */
export type Token =
  | (Common & { kind: 'word'; capital: boolean })
  | (Common & { kind: 'mark' })
  | (Common & { kind: 'number'; value: number; decimals: number })
  /** `m:ss.d`, read as milliseconds. */
  | (Common & { kind: 'clock'; ms: number; decimals: number })
  | (Common & { kind: 'citation' })
  | (Common & { kind: 'person'; id: string })
  /** A FACS number: "AU12", "L12C", the "2" of "AU 1+2". */
  | (Common & { kind: 'unit-code'; number: number; side: 'left' | 'right' | null; letter: IntensityLetter | null })
  | (Common & { kind: 'quote'; quote: string });

export type UnitCodeToken = Extract<Token, { kind: 'unit-code' }>;

export const isMark = (token: Token | undefined, ...marks: readonly string[]): boolean =>
  token?.kind === 'mark' && marks.includes(token.norm);

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.norm);
