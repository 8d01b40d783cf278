import { type Chunk, isNorm } from './chunk.ts';
import { HARD_MARKS, isItem } from './grammar.ts';

const isOpening = (chunk: Chunk | undefined): boolean => isNorm(chunk, '(', '[');
const isClosing = (chunk: Chunk | undefined): boolean => isNorm(chunk, ')', ']');

type Parenthesised = { outer: Chunk[]; asides: Chunk[][] };

/**
 * Takes the parentheses out, so that they do not cut the clause around them. One that brings the first thing named
 * ("the pull (AU12) is absent") stays where it is.
 */
export const takeAsides = (chunks: readonly Chunk[]): Parenthesised => {
  const outer: Chunk[] = [];
  const asides: Chunk[][] = [];
  let index = 0;
  while (index < chunks.length) {
    const each = chunks[index];
    if (each === undefined) {
      break;
    }
    if (!isOpening(each)) {
      if (!isClosing(each)) {
        outer.push(each);
      }
      index += 1;
      continue;
    }
    let end = index + 1;
    while (end < chunks.length && !isClosing(chunks[end])) {
      end += 1;
    }
    const inner = chunks.slice(index + 1, end).filter((chunk) => !isOpening(chunk));
    const named = outer.slice(outer.findLastIndex((chunk) => HARD_MARKS.has(chunk.norm)) + 1).some(isItem);
    if (!named && inner.some(isItem)) {
      outer.push(...inner.filter((chunk) => chunk.token.kind !== 'mark'));
    } else if (inner.length > 0) {
      asides.push(inner);
    }
    index = end + 1;
  }
  return { outer, asides };
};
