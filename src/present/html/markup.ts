import { html, raw } from 'hono/html';
import { WhyfaceError } from '../../kit/error.ts';
import { plain } from '../view/plain.ts';

/** HTML that is escaped already: a `String` object that carries the mark. */
export type Markup = ReturnType<typeof raw>;

/** What may stand in a template: words are escaped, markup is not, `null` and `false` are nothing. */
export type Piece = string | number | Markup | null | false | readonly Piece[];

/**
 * hono's `html` template, for values that are all there: no promises in, none out. Words lose control and
 * direction-changing characters as well, wherever they stand.
 */
export const markup = (strings: TemplateStringsArray, ...values: readonly Piece[]): Markup => {
  const result = html(strings, ...values.map(cleaned));
  if (result instanceof Promise) {
    throw new WhyfaceError({ code: 'internal', stage: 'present', message: 'A template was given a promise.' });
  }
  return result;
};

/** Text of our own source (style sheet, script, numbers) as markup; never words from outside. */
export const trusted = (text: string): Markup => raw(text);

const cleaned = (piece: Piece): Piece => {
  if (typeof piece === 'string') {
    return plain(piece);
  }
  return isList(piece) ? piece.map(cleaned) : piece;
};

const isList = (piece: Piece): piece is readonly Piece[] => Array.isArray(piece);
