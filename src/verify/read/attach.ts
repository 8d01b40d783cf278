import { type Chunk, has, isNorm } from './chunk.ts';
import { isComma, isCoordinator, isCopula, isGlue } from './grammar.ts';
import { isTie } from './levels.ts';
import type { Mention } from './mention.ts';

/** The mentions joined by "and" with the one at `index`, as far back as the list goes. */
export const listOf = (chunks: readonly Chunk[], mentions: readonly Mention[], index: number): Mention[] => {
  const group: Mention[] = [];
  for (let at = index; at >= 0; at -= 1) {
    const current = mentions[at];
    const next = mentions[at + 1];
    if (current === undefined) {
      break;
    }
    if (at < index) {
      const between = next === undefined ? [] : chunks.slice(current.to + 1, next.from);
      if (!between.every((each) => isCoordinator(each) || isComma(each) || isGlue(each))) {
        break;
      }
    }
    group.unshift(current);
  }
  return group;
};

/** Mentions of one movement on several parts ("the inner and outer brows are raised") share what is said of it. */
const sharing = (mentions: readonly Mention[], owner: Mention): Mention[] =>
  mentions.filter((each) => each === owner || each.anchor === owner.anchor);

/**
 * Whom a word from chunk `from` to `to` is said of: the mention that it stands directly before or inside, else the one
 * that it follows (with its whole list after "are"). `strict` asks that only tying words stand between.
 */
export const ownersOf = (
  chunks: readonly Chunk[],
  mentions: readonly Mention[],
  from: number,
  to: number,
  strict: boolean,
): Mention[] => {
  const ahead = mentions.find(
    (each) =>
      each.from > to &&
      chunks.slice(to + 1, each.from).every((word) => isGlue(word) || has(word, 'action') || has(word, 'active')),
  );
  // "stretched slightly and parted moderately": of the verb just before it.
  const told = mentions.filter((each) => each.anchor === from - 1 && each.from < each.anchor);
  const next = chunks[to + 1];
  if (told.length > 0 && (next === undefined || isCoordinator(next) || isComma(next))) {
    return told;
  }
  const inside = mentions.filter((each) => each.from < from && each.to > to);
  if (inside.length > 0) {
    return inside;
  }
  if (ahead !== undefined && !isCopula(chunks[from - 1])) {
    return sharing(mentions, ahead);
  }
  const index = mentions.findLastIndex((each) => each.to < from);
  const behind = mentions[index];
  if (behind === undefined) {
    return ahead === undefined ? (strict ? [] : mentions.slice(0, 1)) : sharing(mentions, ahead);
  }
  const between = chunks.slice(behind.to + 1, from);
  if (strict && !between.every((each) => isTie(each) || isNorm(each, 'not', 'never'))) {
    return ahead === undefined ? [] : sharing(mentions, ahead);
  }
  return between.some(isCopula) ? listOf(chunks, mentions, index) : sharing(mentions, behind);
};
