import { wordSet } from '../word-set.ts';
import { type Chunk, has, isDeterminer, isNorm, isOneOf, senseOf } from './chunk.ts';
import { isCoordinator, isCopula, isGlue } from './grammar.ts';
import type { Mention } from './mention.ts';

/** What a clause says of a mention. */
export type Polarity = 'present' | 'absent' | 'hidden';

/** Verbs whose object is there although their subject is not: "no brow action accompanies *the smile*". */
const TAKES_OBJECT =
  /^(?:accompan(?:y|ies|ied)|qualif(?:y|ies)|(?:interrupt|disturb|spoil|join|mar|balance|match|temper|soften|complicate|contradict|complement|frame|undercut|overshadow|detract|diminish|affect|alter|hide|mask|cancel|outweigh|override|prevent|interfere|weaken|undermine|dominate)(?:s|es|ed)?|(?:goes|go|come|comes) with)$/;

/** Where "no" stops: at an "and" that brings a new article or a predicate of its own. */
const reachOf = (chunks: readonly Chunk[], at: number): number => {
  for (let index = at + 1; index < chunks.length; index += 1) {
    const next = chunks[index + 1];
    const joins = isCoordinator(chunks[index]) && !isNorm(chunks[index], 'or', 'nor');
    if (
      joins &&
      (isDeterminer(next) ||
        next === undefined ||
        /^(?:with|only|just|merely|some|instead|then|there|also|a|an|the)\b/.test(next.norm) ||
        has(next, 'negator'))
    ) {
      return index;
    }
    if (
      TAKES_OBJECT.test(chunks[index]?.norm ?? '') ||
      (has(chunks[index], 'points-to') && !isNorm(chunks[index], 'sign of', 'signs of'))
    ) {
      return index;
    }
    if (isNorm(chunks[index], 'with', 'accompanying', 'alongside', 'beside', 'despite') && index > at + 1) {
      return index;
    }
  }
  return chunks.length;
};

/** "absent AU4", "relaxed brows": the word stands before what it is said of. */
const isAttributive = (chunks: readonly Chunk[], at: number, mention: Mention): boolean => {
  if (mention.from <= at || isCopula(chunks[at - 1])) {
    return false;
  }
  return chunks.slice(at + 1, mention.from).every(isGlue);
};

const deniedByNo = (chunks: readonly Chunk[], mention: Mention): number =>
  chunks.filter((each, at) => {
    const sense = senseOf(each, 'negator');
    if (sense?.reach !== 'phrase') {
      return false;
    }
    return mention.anchor > at && mention.anchor < reachOf(chunks, at) && (mention.from > at || mention.anchor > at);
  }).length > 0
    ? 1
    : 0;

const BEING =
  /^(?:seen|present|visible|shown|show|shows|there|appear\w*|occur\w*|observed|detected|found|measured|register\w*|cross\w*|reach\w*|evident|apparent|exist\w*|coded|scored|happen\w*|join\w*|accompan\w*|follow\w*|in|any|noticeable|noted|observable|detectable|measurable|recorded|picked|at|above|over|beyond|once|ever|on|during|here|either|actually|both|much|so|rise|kick\w*|set|come|comes|emerge\w*|part|take|get|gets|make|makes|pass\w*|leave\w*|go|goes|lift\w*|yet|by|before|until|after|with|this|too|the|a|help\w*|play\w*|contribut\w*|back|match\w*|do|does|and|or)$/;

/** Whether a "not" without a movement after it denies that there was one, or only says something of it. */
const deniesBeing = (chunks: readonly Chunk[], at: number): boolean => {
  const next = chunks[at + 1];
  if (
    next === undefined ||
    has(next, 'action') ||
    has(next, 'active') ||
    has(next, 'absent') ||
    has(next, 'hidden') ||
    has(next, 'event') ||
    has(next, 'units')
  ) {
    return true;
  }
  const word = isDeterminer(next) ? null : next.norm;
  return word !== null && BEING.test(word);
};

/** "not" denies the movement after it; with none after it, what stands before ("AU4 is not seen"). */
const deniedByNot = (chunks: readonly Chunk[], mention: Mention, mentions: readonly Mention[]): number => {
  let count = 0;
  for (const [at, each] of chunks.entries()) {
    if (senseOf(each, 'negator')?.reach !== 'predicate') {
      continue;
    }
    // "the brows rise slightly and the lids not at all": it denies the part just before it.
    const joined = chunks.findLastIndex((before, index) => index < at && isCoordinator(before));
    if (
      isNorm(each, 'not at all') &&
      joined >= 0 &&
      mention.anchor < joined &&
      chunks.slice(joined + 1, at).some((part) => has(part, 'body'))
    ) {
      continue;
    }
    const next = chunks[at + 1];
    const after = mentions.filter((other) => other.anchor > at);
    // "does not overshadow the smile": the smile is there.
    if (TAKES_OBJECT.test(chunks[at + 1]?.norm ?? '') || (after.length === 0 && !deniesBeing(chunks, at))) {
      continue;
    }
    const ofDegree = has(next, 'level') || (has(next, 'side') && !has(next, 'action')) || has(next, 'more');
    if (ofDegree && !mentions.some((other) => other.anchor > at)) {
      continue;
    }
    if (after.length === 0 ? mention.anchor < at : mention.anchor > at && mention.anchor < reachOf(chunks, at)) {
      count += 1;
    } else if (
      after.length > 0 &&
      mention.anchor < at &&
      mention.region === null &&
      after.every((other) => other.region !== null)
    ) {
      count += 1;
    }
  }
  return count;
};

/** "… suggests *a relaxed* attitude": said of something else that is named after it. */
const ofAnother = (chunks: readonly Chunk[], at: number, mention: Mention): boolean =>
  isDeterminer(chunks[at - 1]) || chunks.slice(mention.to + 1, at).some((each) => has(each, 'points-to'));

/** "absent", "relaxed": said of the mention right after, or else of all before in the clause. */
const calledAbsent = (chunks: readonly Chunk[], mention: Mention, mentions: readonly Mention[]): number => {
  let count = 0;
  for (const [at, each] of chunks.entries()) {
    const sense = senseOf(each, 'absent');
    if (
      sense === null ||
      mention.negatedByWord ||
      (has(each, 'action') && mentions.some((other) => other.anchor === at))
    ) {
      continue;
    }
    const attributed = mentions.find((other) => isAttributive(chunks, at, other));
    if (attributed !== undefined) {
      const soft =
        attributed.region === null && !/^(?:absent|missing|inactive|lacking|non existent|nonexistent)$/.test(each.norm);
      count += attributed === mention && !soft ? 1 : 0;
    } else if (
      mention.to < at &&
      (sense.weak !== true ||
        ((mention.region !== null || isNorm(each, 'silent', 'quiet', 'idle', 'static', 'off')) &&
          saidOfSubject(chunks, at)))
    ) {
      count += 1;
    }
  }
  return count > 0 ? 1 : 0;
};

const saidOfSubject = (chunks: readonly Chunk[], at: number): boolean =>
  chunks.slice(Math.max(0, at - 5), at).some(isCopula) ||
  has(chunks[at - 1], 'body') ||
  isNorm(chunks[at], 'smooth', 'still', 'silent', 'quiet');

const STILL_VERBS = wordSet(
  'is, are, was, were, stay, stays, stayed, remain, remains, remained, hold, holds, held, keep, keeps, kept, lie, lies, sit, sits, perfectly, completely, quite, entirely, and, staying, remaining, totally, very, stands, stand',
);

/** "the brows stay still", not "the brows are still raised". */
const calledStill = (chunks: readonly Chunk[], mention: Mention, mentions: readonly Mention[]): boolean =>
  chunks.some((each, at) => {
    if (!isNorm(each, 'still')) {
      return false;
    }
    const next = chunks[at + 1];
    const attributive = mentions.find((other) => isAttributive(chunks, at, other) && other.region !== null);
    if (attributive !== undefined) {
      return attributive === mention;
    }
    return (
      mention.region !== null &&
      mention.to < at &&
      !ofAnother(chunks, at, mention) &&
      isOneOf(chunks[at - 1], STILL_VERBS) &&
      !has(next, 'action') &&
      !isNorm(next, 'visible', 'present', 'there')
    );
  });

/** What the clause says of a mention: denials count, and two of them cancel each other. */
export const polarityOf = (chunks: readonly Chunk[], mention: Mention, mentions: readonly Mention[]): Polarity => {
  if (
    chunks.some(
      (each, at) =>
        has(each, 'hidden') &&
        (mention.region === null
          ? (at > mention.to ||
              chunks.slice(at + 1, mention.from).every((word) => isGlue(word) || isNorm(word, 'about'))) &&
            !isNorm(each, 'behind', 'covered')
          : mentions.every((other) => other.region !== null)),
    )
  ) {
    return mention.region === null &&
      chunks.some((each) => isNorm(each, 'not visible', 'unseen', 'invisible', 'not observable'))
      ? 'absent'
      : 'hidden';
  }
  const still = calledStill(chunks, mention, mentions) ? 1 : 0;
  const denials =
    (mention.negatedByWord ? 1 : 0) +
    deniedByNo(chunks, mention) +
    deniedByNot(chunks, mention, mentions) +
    Math.max(still, calledAbsent(chunks, mention, mentions));
  return denials % 2 === 1 ? 'absent' : 'present';
};
