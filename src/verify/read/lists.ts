import { type Chunk, has } from './chunk.ts';
import { HARD_MARKS, isComma, isCoordinator, isCopula, isItem, skipGlue } from './grammar.ts';

/** After a list's separator: the item, perhaps behind an attribute ("widened eyes"). `null` where none follows. */
const itemAfter = (chunks: readonly Chunk[], from: number): number | null => {
  let index = skipGlue(chunks, from);
  if (has(chunks[index], 'action') && !isItem(chunks[index])) {
    index = skipGlue(chunks, index + 1);
  }
  return isItem(chunks[index]) ? index : null;
};

/** Marks the commas that part the items of a list ("AU1, AU2 and AU5"), which end no clause. */
export const listCommas = (chunks: readonly Chunk[]): Set<number> => {
  const commas = new Set<number>();
  let index = 0;
  while (index < chunks.length) {
    if (!isItem(chunks[index])) {
      index += 1;
      continue;
    }
    const run: number[] = [];
    let joined = false;
    let at = index;
    for (;;) {
      const separator = at + 1;
      const comma = isComma(chunks[separator]);
      const word = comma && isCoordinator(chunks[separator + 1]) ? separator + 1 : separator;
      if (!comma && !isCoordinator(chunks[separator])) {
        break;
      }
      const next = itemAfter(chunks, word + 1);
      if (next === null || startsPredicate(chunks, next, run.length > 0 && isCoordinator(chunks[word]))) {
        break;
      }
      joined ||= isCoordinator(chunks[word]);
      if (comma) {
        run.push(separator);
      }
      at = next;
    }
    const ends = chunks[at + 1] === undefined || HARD_MARKS.has(chunks[at + 1]?.norm ?? '');
    if (joined || (ends && run.length > 1)) {
      for (const comma of run) {
        commas.add(comma);
      }
    }
    index = at + 1;
  }
  return commas;
};

/** Whether the item at `at` is the subject of its own predicate ("…, and the jaw drops"), unless it closes a list. */
const startsPredicate = (chunks: readonly Chunk[], at: number, closesList: boolean): boolean => {
  if (closesList || !has(chunks[at], 'body')) {
    return false;
  }
  const next = chunks[at + 1];
  return has(next, 'action') && !isItem(chunks[at + 2]) ? true : isCopula(next) || has(next, 'active');
};
