import { wordSet } from '../word-set.ts';
import { ACTION_LEXICON } from './action.ts';
import { BODY_LEXICON } from './body.ts';
import { HEAD_GAZE_LEXICON } from './head-gaze.ts';
import { expand } from './inflect.ts';
import { LABEL_LEXICON, PERSON_LEXICON } from './labels.ts';
import { LEVEL_LEXICON } from './level.ts';
import { POLARITY_LEXICON } from './polarity.ts';
import type { LexiconEntry, Sense } from './sense.ts';
import { SIDE_LEXICON } from './side.ts';
import { TIME_LEXICON } from './time-words.ts';
import { UNIT_LEXICON } from './units.ts';
import { VOICE_LEXICON } from './voice.ts';

/** Words that a phrase may have between its own: "corners of *her* mouth". Phrases are stored without them. */
export const DETERMINERS = wordSet('the, a, an, her, his, their, its, my, your, our, own, this, that, these, those');

type PhraseNode = { next: Map<string, PhraseNode>; senses: Sense[]; kinds: Set<Sense['kind']> };

const LEXICA: readonly (readonly LexiconEntry[])[] = [
  BODY_LEXICON, ACTION_LEXICON, UNIT_LEXICON, LEVEL_LEXICON, POLARITY_LEXICON, SIDE_LEXICON, TIME_LEXICON, HEAD_GAZE_LEXICON, VOICE_LEXICON, LABEL_LEXICON, PERSON_LEXICON,
]; // biome-ignore format: one table

const sameSense = (one: Sense, other: Sense): boolean => JSON.stringify(one) === JSON.stringify(other);

const build = (): PhraseNode => {
  const root: PhraseNode = { next: new Map(), senses: [], kinds: new Set() };
  for (const { phrases, sense } of LEXICA.flat()) {
    for (const phrase of phrases.flatMap(expand)) {
      let node = root;
      for (const word of phrase
        .replaceAll(/['’]s?\b/g, '')
        .split(' ')
        .filter((part) => !DETERMINERS.has(part))) {
        const next: PhraseNode = node.next.get(word) ?? { next: new Map(), senses: [], kinds: new Set() };
        node.next.set(word, next);
        node = next;
      }
      if (node !== root && !node.senses.some((known) => sameSense(known, sense))) {
        node.senses.push(sense);
        node.kinds.add(sense.kind);
      }
    }
  }
  return root;
};

const ROOT = build();

export type PhraseMatch = { senses: readonly Sense[]; kinds: ReadonlySet<Sense['kind']>; length: number };

/**
 * The longest phrase of the lexicon that begins with the first of `words`, determiners and hyphens between its words
 * skipped; `length` counts the words that it covers. `null` where none begins there.
 */
export const longestPhrase = (words: readonly (string | null)[], at: number): PhraseMatch | null => {
  let node: PhraseNode | undefined = ROOT;
  let best: PhraseMatch | null = null;
  let skipped = 0;
  for (let index = at; index < words.length && skipped < 3; index += 1) {
    const word = words[index];
    if (word === null || word === undefined) {
      break;
    }
    if (index > at && (word === '-' || DETERMINERS.has(word))) {
      skipped += 1;
      continue;
    }
    node = node.next.get(word);
    if (node === undefined) {
      break;
    }
    skipped = 0;
    if (node.senses.length > 0) {
      best = { senses: node.senses, kinds: node.kinds, length: index - at + 1 };
    }
  }
  return best;
};
