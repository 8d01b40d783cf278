import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm } from './chunk.ts';
import { isComma } from './grammar.ts';

/** Words between two commas that say nothing: "the mouth, *by contrast*, is still". */
const INTERJECTIONS = wordSet(
  'however, by contrast, in contrast, too, though, meanwhile, in turn, of course, for example, for instance, that is, again, notably, interestingly, clearly, likewise, also, in addition, by comparison, on the other hand, moreover, furthermore, therefore, thus, then, as well, in particular, especially, at the same time, taken together, overall, on the whole, in fact, indeed, above all, to be sure, by comparison, admittedly, similarly, together, perhaps, at least, in short, still, on the contrary, throughout',
);
const LONGEST_INTERJECTION = 4;
const LONGEST_INSERTION = 4;

const isDash = (chunk: Chunk | undefined): boolean => isNorm(chunk, '–', '—', '-');

const interjectionEnd = (chunks: readonly Chunk[], at: number): number | null => {
  for (let end = at + 2; end <= at + LONGEST_INTERJECTION + 1; end += 1) {
    if (isComma(chunks[end])) {
      const words = chunks
        .slice(at + 1, end)
        .map((each) => each.norm)
        .join(' ');
      return INTERJECTIONS.has(words) ? end : null;
    }
  }
  return null;
};

/** The second of two dashes around a few words: "one eyebrow – the right – is raised". */
const insertionEnd = (chunks: readonly Chunk[], at: number): number | null => {
  for (let end = at + 2; end <= at + LONGEST_INSERTION + 1; end += 1) {
    if (isDash(chunks[end])) {
      return end;
    }
  }
  return null;
};

const isName = (chunk: Chunk): boolean =>
  has(chunk, 'body') || has(chunk, 'side') || isNorm(chunk, 'the', 'her', 'his', 'their');

/** Takes out what would only cut a clause in two: interjections, the dashes of a short insertion, the colon of "Brows: raised". */
export const simplify = (chunks: readonly Chunk[]): Chunk[] => {
  const kept: Chunk[] = [];
  let lastMark = -1;
  let index = 0;
  while (index < chunks.length) {
    const each = chunks[index];
    if (each === undefined) {
      break;
    }
    const end = isComma(each) ? interjectionEnd(chunks, index) : null;
    const close = isDash(each) && each.token.kind === 'mark' ? insertionEnd(chunks, index) : null;
    const name = kept.slice(lastMark + 1);
    if (end !== null) {
      index = end + 1;
    } else if (close !== null && chunks.slice(index + 1, close).every((inner) => inner.token.kind === 'word')) {
      kept.push(...chunks.slice(index + 1, close));
      index = close + 1;
    } else if (
      isNorm(each, ':') &&
      name.length <= 3 &&
      name.length > 0 &&
      ((name.every(isName) && name.some((part) => has(part, 'body'))) ||
        name.every((part) => isNorm(part, 'missing throughout', 'absent throughout', 'not seen at all')))
    ) {
      index += 1;
    } else {
      kept.push(each);
      lastMark = each.token.kind === 'mark' ? kept.length - 1 : lastMark;
      index += 1;
    }
  }
  return kept;
};
