import { wordSet } from '../word-set.ts';
import { takeAsides } from './asides.ts';
import { type Chunk, has, isDeterminer, isNorm } from './chunk.ts';
import { HARD_MARKS, isComma, isCoordinator, isCopula, isGlue, isItem, skipGlue } from './grammar.ts';
import { listCommas } from './lists.ts';
import { simplify } from './simplify.ts';

/** A stretch of chunks that says one thing. */
export type Clause = {
  chunks: readonly Chunk[];
  /** Stands in parentheses, and so speaks about what was named just before. */
  aside: boolean;
  /** The word that joins it to what stands before: "while", "but", ",", "(" … */
  opener: string;
};

/** Longer is no English; the bound keeps the reading of hostile text linear. */
const LONGEST_CLAUSE = 60;

const SUBORDINATORS = wordSet(
  'but, while, whereas, although, though, yet, because, since, which, who, when, whilst, however, until, so, where, unless, even though, except, meanwhile, whose, if, as, before, after, then, and then, followed by, once, just as, as soon as, right before, right after, just before, just after, shortly before, shortly after, at the same moment, at same time, during, despite, nevertheless, prior to, even as, after which, though not',
);
const PRONOUNS = wordSet('she, he, they, it, there, nothing, neither, this, these, none, both');
/** "she *smiles*" says something; "the *smile*" only names it. */
const isVerb = (chunks: readonly Chunk[], at: number): boolean =>
  has(chunks[at], 'units') &&
  at > 0 &&
  !isGlue(chunks[at - 1]) &&
  !isComma(chunks[at - 1]) &&
  !has(chunks[at - 1], 'negator') &&
  !has(chunks[at - 1], 'action');

const hasPredicate = (chunks: readonly Chunk[]): boolean =>
  chunks.some(
    (each) => isItem(each) || each.token.kind === 'quote' || has(each, 'voice-topic') || has(each, 'gaze-word'),
  ) &&
  chunks.some(
    (each, at) =>
      isVerb(chunks, at) ||
      isCopula(each) ||
      (['action', 'active', 'event', 'head-word', 'gaze-word', 'voice-word'] as const).some((kind) => has(each, kind)),
  );

const topical = (each: Chunk | undefined): boolean =>
  isItem(each) || has(each, 'voice-topic') || has(each, 'gaze-word');

/** Whether the "and" at `at` joins two clauses rather than two words. */
const joinsClauses = (chunks: readonly Chunk[], at: number, before: readonly Chunk[]): boolean => {
  const next = skipGlue(chunks, at + 1);
  if (isNorm(chunks[next], 'there', 'she', 'he', 'they', 'it') && isCopula(chunks[next + 1])) {
    return before.length > 0;
  }
  if (!hasPredicate(before)) {
    return false;
  }
  if (PRONOUNS.has(chunks[next]?.norm ?? '')) {
    return isCopula(chunks[next + 1]) || has(chunks[next + 1], 'action') || has(chunks[next + 1], 'units');
  }
  if (!topical(chunks[next])) {
    return false;
  }
  for (let index = next + 1; index < Math.min(chunks.length, next + 8); index += 1) {
    const each = chunks[index];
    if (isComma(each) || HARD_MARKS.has(each?.norm ?? '')) {
      return false;
    }
    if (
      isCopula(each) ||
      has(each, 'active') ||
      has(each, 'absent') ||
      has(each, 'event') ||
      (has(each, 'order') && index === next + 1)
    ) {
      return true;
    }
    if (has(each, 'action')) {
      return !isItem(chunks[skipGlue(chunks, index + 1)]) || has(chunks[next], 'body');
    }
    if (has(each, 'voice-word') && has(chunks[next], 'voice-topic')) {
      return true;
    }
  }
  return false;
};

/** "half a second after the jaw": a distance, not a clause. */
const MEASURES = /^(?:s|ms|seconds?|moments?|frames?)$/;

/** "as" opens a clause in "as the brows rise", not in "read as fear" or "as strong as". */
const opensClause = (chunks: readonly Chunk[], at: number): boolean => {
  const word = chunks[at]?.norm ?? '';
  if (!SUBORDINATORS.has(word)) {
    return false;
  }
  if (word === 'which' && isNorm(chunks[at - 1], 'at', 'in', 'of', 'on', 'to', 'by', 'from', 'for', 'with', 'during')) {
    return false;
  }
  const next = chunks[at + 1];
  if (['before', 'after'].includes(word) && MEASURES.test(chunks[at - 1]?.norm ?? '')) {
    return false;
  }
  if (['before', 'after', 'until', 'once', 'since'].includes(word)) {
    return next?.token.kind !== 'number' && next?.token.kind !== 'clock';
  }
  if (word === 'as') {
    return (
      at === 0 ||
      ((isDeterminer(next) || isItem(next) || next?.token.kind === 'person' || has(next, 'side')) &&
        !/^(?:it|them|this|mark|regarded|considered|taken|interpreted|serve|serves|qualifies|qualify|counted|understood|act|acts|work|works|stand|stands|marked|named|rated|read|reads|such|same|well|seen|scored|coded|classified|taken|known|described|labelled|named|counts|measured)$/.test(
          chunks[at - 1]?.norm ?? '',
        ))
    );
  }
  return true;
};

const isDash = (chunks: readonly Chunk[], at: number): boolean =>
  isNorm(chunks[at], '–', '-') && !(numeric(chunks[at - 1]) && numeric(chunks[at + 1]));

const numeric = (each: Chunk | undefined): boolean =>
  each?.token.kind === 'number' || each?.token.kind === 'clock' || isNorm(each, 's', 'sec', 'ms', 'seconds');

/** Whether anything is said of what is named: "P2's glance *then* moves" has yet to say it. */
const says = (chunks: readonly Chunk[]): boolean =>
  chunks.some(
    (each) =>
      isCopula(each) ||
      has(each, 'units') ||
      has(each, 'label') ||
      (['action', 'active', 'event', 'head-word', 'voice-word'] as const).some((kind) => has(each, kind)),
  );

const continuesWithOf = (chunks: readonly Chunk[], at: number): boolean =>
  isNorm(chunks[isCoordinator(chunks[at + 1]) ? at + 2 : at + 1], 'of');

const cut = (chunks: readonly Chunk[], aside: boolean): Clause[] => {
  const lists = listCommas(chunks);
  const clauses: Clause[] = [];
  let current: Chunk[] = [];
  let opener = aside ? '(' : '';
  const close = (next: string): void => {
    if (current.length > 0) {
      clauses.push({ chunks: current, aside, opener });
      current = [];
    }
    opener = next;
  };
  for (const [index, each] of chunks.entries()) {
    if (each.token.kind === 'mark' && (HARD_MARKS.has(each.norm) || isDash(chunks, index))) {
      close(each.norm);
    } else if (isComma(each) && has(chunks[index - 1], 'voice-word') && has(chunks[index + 1], 'voice-word')) {
      // "a loud, sharp voice" is one thing.
    } else if (isComma(each) && continuesWithOf(chunks, index)) {
      // "not a hint of a frown, of wrinkling, or of drooping" is one list.
    } else if (isComma(each) && !lists.has(index)) {
      close(',');
    } else if (isNorm(each, 'then') && isCopula(chunks[index - 1]) && has(chunks[index + 1], 'action')) {
      // "the lips are then stretched" is one thing, said with its place in the order.
    } else if (opensClause(chunks, index) && !(isNorm(each, 'then') && current.length > 0 && !says(current))) {
      close(each.norm);
      current.push(each);
    } else if (isCoordinator(each) && joinsClauses(chunks, index, current)) {
      close(each.norm);
      // "nor" denies what follows as well.
      current.push(...(has(each, 'negator') ? [each] : []));
    } else {
      if (current.length >= LONGEST_CLAUSE) {
        close('');
      }
      current.push(each);
    }
  }
  close('');
  return clauses;
};

/**
 * Cuts a sentence into clauses: at hard marks, subordinators, commas that part no list, and "and" between clauses. What
 * stands in parentheses comes last.
 */
export const splitClauses = (chunks: readonly Chunk[]): Clause[] => {
  const { outer, asides } = takeAsides(simplify(chunks));
  return [...cut(outer, false), ...asides.flatMap((inner) => cut(inner, true))];
};
