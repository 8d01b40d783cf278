import { type Chunk, has, isDeterminer, isNorm } from './chunk.ts';

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

const HARD_MARKS = new Set([';', ':', '—', '...', '.', '!', '?']);
const SUBORDINATORS = new Set([
  'but', 'while', 'whereas', 'although', 'though', 'yet', 'because', 'since', 'which', 'who', 'when', 'whilst', 'however', 'until', 'so', 'where', 'unless', 'even though', 'except', 'meanwhile', 'whose', 'if', 'as',
  'before', 'after', 'then', 'and then', 'followed by', 'once', 'just as', 'as soon as', 'right before', 'right after', 'just before', 'just after', 'shortly before', 'shortly after', 'at the same moment', 'at same time', 'during', 'despite', 'nevertheless', 'prior to', 'even as', 'after which', 'though not',
]); // biome-ignore format: one table
const PRONOUNS = new Set(['she', 'he', 'they', 'it', 'there', 'nothing', 'neither', 'this', 'these', 'none', 'both']);
const COPULAS = new Set([
  'is', 'are', 'was', 'were', 'be', 'being', 'been', 'stay', 'stays', 'stayed', 'staying', 'remain', 'remains', 'remained', 'remaining', 'keep', 'keeps', 'hold', 'holds', 'held', 'lie', 'lies', 'sit', 'sits', 'appear', 'appears', 'seem', 'seems',
  'look', 'looks', 'has', 'have', 'had', 'do', 'does', 'did', 'can', 'shows', 'show', 'kept', 'becomes', 'become', 'goes', 'rests', 'rest', 'get', 'gets', 'grows', 'left', 'fall', 'falls', 'stand', 'stands', 'play', 'plays', 'take', 'takes', 'never', 'runs', 'measures', 'reaches', 'peaks', 'reads',
]); // biome-ignore format: one table
const COORDINATORS = new Set(['and', 'or', 'nor', '&', 'plus', 'as well as', 'along with']);

export const isCopula = (chunk: Chunk | undefined): boolean => chunk !== undefined && COPULAS.has(chunk.norm);
export const isCoordinator = (chunk: Chunk | undefined): boolean => chunk !== undefined && COORDINATORS.has(chunk.norm);
export const isComma = (chunk: Chunk | undefined): boolean => isNorm(chunk, ',');

/** Names a part, a unit or a code: what lists are made of. */
export const isItem = (chunk: Chunk | undefined): boolean =>
  chunk !== undefined && (chunk.token.kind === 'unit-code' || has(chunk, 'body') || has(chunk, 'units'));

/** May stand between a list's separator and its item, or between an adjective and its noun. */
export const isGlue = (chunk: Chunk | undefined): boolean =>
  chunk !== undefined &&
  (isDeterminer(chunk) ||
    has(chunk, 'level') ||
    has(chunk, 'side') ||
    chunk.token.kind === 'person' ||
    isNorm(
      chunk,
      'of',
      'in',
      'more',
      'most',
      'very',
      'quite',
      'rather',
      'also',
      'any',
      'some',
      'no',
      'even',
      'visibly',
      'visible',
      'her',
      'with',
      'without',
    ) ||
    (chunk.token.kind === 'word' && chunk.senses.length === 0 && chunk.norm.endsWith('ly')));

const skipGlue = (chunks: readonly Chunk[], from: number): number => {
  let index = from;
  while (index < chunks.length && (isGlue(chunks[index]) || has(chunks[index], 'negator')) && !isItem(chunks[index])) {
    index += 1;
  }
  return index;
};

/** After a list's separator: the item, perhaps behind an attribute ("widened eyes"). `null` where none follows. */
const itemAfter = (chunks: readonly Chunk[], from: number): number | null => {
  let index = skipGlue(chunks, from);
  if (has(chunks[index], 'action') && !isItem(chunks[index])) {
    index = skipGlue(chunks, index + 1);
  }
  return isItem(chunks[index]) ? index : null;
};

/** Marks the commas that part the items of a list ("AU1, AU2 and AU5"), which end no clause. */
const listCommas = (chunks: readonly Chunk[]): Set<number> => {
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

/** "she *smiles*" says something; "the *smile*" only names it. */
const isVerb = (chunks: readonly Chunk[], at: number): boolean =>
  has(chunks[at], 'units') &&
  at > 0 &&
  !isGlue(chunks[at - 1]) &&
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
  if (['before', 'after', 'until', 'once', 'since'].includes(word)) {
    return next?.token.kind !== 'number' && next?.token.kind !== 'clock';
  }
  if (word === 'as') {
    return (
      at === 0 ||
      ((isDeterminer(next) || isItem(next) || next?.token.kind === 'person' || has(next, 'side')) &&
        !/^(?:read|reads|such|same|well|seen|scored|coded|classified|taken|known|described|labelled|named|counts|measured)$/.test(
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

const isOpening = (chunk: Chunk | undefined): boolean => isNorm(chunk, '(', '[');
const isClosing = (chunk: Chunk | undefined): boolean => isNorm(chunk, ')', ']');

type Parenthesised = { outer: Chunk[]; asides: Chunk[][] };

/**
 * Takes the parentheses out, so that they do not cut the clause around them. One that brings the first thing named
 * ("the pull (AU12) is absent") stays where it is.
 */
const takeAsides = (chunks: readonly Chunk[]): Parenthesised => {
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
    } else if (isComma(each) && !lists.has(index)) {
      close(',');
    } else if (opensClause(chunks, index)) {
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
  const { outer, asides } = takeAsides(chunks);
  return [...cut(outer, false), ...asides.flatMap((inner) => cut(inner, true))];
};
