/** What a picture model wrote about one picture: sentences about the face, and words it read in the picture. */
import { findEmotionWords } from '../../facs/emotion-words.ts';

export type Look = {
  /** Sentences about movements, free of emotion words. */
  face: string[];
  /** Words printed in the picture, as the model copied them. */
  printed: string[];
};

const MOST_SENTENCES = 12;
const MOST_PRINTED = 6;
const MOST_CHARACTERS = 300;

const THOUGHT = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/gi;
/** Numbering and bullets. */
const LIST_MARK = /^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+/;
const PRINTED = /^\s*(?:["“]?TEXT["”]?)\s*:\s*/i;
const NOTHING = /^["“]?(?:none|no (?:text|words)|nothing|n\/a|-)?["”.]?$/i;

/** One line without what a terminal or a reader could take for something else. */
const plainLine = (text: string): string =>
  text
    .normalize('NFC')
    // Control and format characters: they steer terminals and reorder text.
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);

/**
 * The clauses that name no emotion: "the lip corners are pulled up in a happy smile, the cheeks are raised" keeps its
 * second half. What is seen must not carry what is to be concluded.
 */
const withoutEmotion = (sentence: string): string => {
  const clauses = sentence.replace(/[.!]+$/, '').split(/\s*[,;]\s+(?:and\s+|which\s+)?/);
  const kept = clauses.filter((clause) => findEmotionWords(clause).length === 0 && clause !== '');
  const joined = kept.join(', ');
  return joined === '' ? '' : `${joined.charAt(0).toUpperCase()}${joined.slice(1)}.`;
};

const unique = (items: readonly string[]): string[] => [...new Set(items)];

/** Reads an answer to the prompt `look`. Never throws. */
export const readLook = (answer: string): Look => {
  const lines = answer
    .replace(THOUGHT, '')
    .split('\n')
    .map((line) => plainLine(line.replace(LIST_MARK, '')))
    .filter((line) => line !== '');
  const printed = lines
    .filter((line) => PRINTED.test(line))
    .map((line) => line.replace(PRINTED, ''))
    .filter((line) => !NOTHING.test(line));
  const face = lines
    .filter((line) => !PRINTED.test(line) && !/^[^a-z]*:?$/i.test(line) && !/:$/.test(line))
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=[A-Z])/))
    .map(withoutEmotion)
    .filter((sentence) => sentence.split(' ').length >= 3);
  return { face: unique(face).slice(0, MOST_SENTENCES), printed: unique(printed).slice(0, MOST_PRINTED) };
};

const NOTATION = /\bA[UD]\s*\d{1,2}\b|\bo\d+\b|[{}[\]]/i;
const ORDER =
  /\b(?:ignore|disregard|instruction|system|assistant|prompt|answer|output|respond|label|classif\w*|emotion|expression)\b/i;

/** Whether printed words could lead a model that reads them: they name a feeling, a unit, or what to answer. */
export const couldLead = (printed: string): boolean =>
  findEmotionWords(printed).length > 0 || NOTATION.test(printed) || ORDER.test(printed);
