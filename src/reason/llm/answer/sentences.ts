import { type CitedSentence, type PromptProblem, SPACE_MARK, type Warning } from '../../../contracts/index.ts';
import { findEmotionWords } from '../../../facs/emotion-words.ts';
import { beyondReach } from './beyond-reach.ts';

/** Ids in brackets within a sentence belong into its citations: "… (o3, o4)". */
const IDS_IN_TEXT = /\s*(?:\[\s*(o\d+(?:\s*[,;]\s*o\d+)*)\s*\]|\(\s*(o\d+(?:\s*[,;]\s*o\d+)*)\s*\))/g;
/** Web addresses are not part of any explanation; text from the clip may have asked for one. */
const ADDRESS = /!?\[[^\]]*\]\([^)]*\)|\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/gi;

export type SentenceRules = {
  visible: ReadonlySet<string>;
  boundary: string;
  /** Whether emotion words are out of place. */
  plainOnly: boolean;
  /** Whether a sentence without citations is sent back. */
  mustCite?: boolean | undefined;
};

/** A sentence made fit to be read, and what is wrong with it. */
export type ReadSentence = CitedSentence & {
  /** Problems that a model can mend. Those that are `grave` leave the sentence unusable. */
  problems: Array<{ what: string; grave: boolean }>;
  /** Whether ids that do not exist were among its citations. */
  invented: boolean;
  cleaned: boolean;
};

/** The words of a model without quotation marks for spaces, borders and addresses. */
export const cleanWords = (text: string, boundary: string): { text: string; cleaned: boolean } => {
  const plain = text.replaceAll(SPACE_MARK, ' ').replace(/\p{Cc}+/gu, ' ');
  const clean = plain
    .replaceAll(`<<<${boundary}`, '')
    .replaceAll(`${boundary}>>>`, '')
    .replaceAll(boundary, '')
    .replace(ADDRESS, '[address removed]');
  return { text: clean.replace(/\s+/g, ' ').trim(), cleaned: clean !== plain };
};

/** Reads one sentence of an answer. */
export const readSentence = (
  given: CitedSentence,
  { visible, boundary, plainOnly, mustCite = false }: SentenceRules,
): ReadSentence => {
  const named = [...given.text.matchAll(IDS_IN_TEXT)].flatMap(([, square, round]) =>
    (square ?? round ?? '').split(/\s*[,;]\s*/),
  );
  const { text, cleaned } = cleanWords(given.text.replace(IDS_IN_TEXT, ''), boundary);
  const all = [...new Set([...given.cites, ...named])];
  const unknown = all.filter((id) => !visible.has(id));
  const problems: ReadSentence['problems'] = [];
  if (unknown.length > 0) {
    const left = all.length > unknown.length;
    problems.push({ what: `there is no observation ${unknown.slice(0, 5).join(', ')}`, grave: !left });
  }
  if (mustCite && all.length === 0) {
    problems.push({ what: 'it cites no observation', grave: false });
  }
  const reach = beyondReach(text);
  if (reach !== null) {
    problems.push({ what: `it speaks of ${reach}, which no expression tells`, grave: true });
  }
  const emotions = plainOnly ? findEmotionWords(text) : [];
  if (emotions.length > 0) {
    const words = [...new Set(emotions.map(({ word }) => `"${word}"`))].join(', ');
    problems.push({ what: `${words} names or implies an emotion; say the movement instead`, grave: true });
  }
  if (text === '') {
    problems.push({ what: 'it is empty', grave: true });
  }
  return { text, cites: all.filter((id) => visible.has(id)), problems, invented: unknown.length > 0, cleaned };
};

/** Sentences that can be used, and what was wrong with the others. */
export const usableSentences = (
  part: string,
  given: readonly CitedSentence[],
  rules: SentenceRules,
): { sentences: CitedSentence[]; problems: PromptProblem[]; warnings: Warning[] } => {
  const read = given.map((sentence) => readSentence(sentence, rules));
  const problems = read.flatMap(({ text, problems: found }, index) =>
    found.map(({ what }) => ({ where: `${part}, sentence ${index + 1}`, what: `${what}. It says: ${text}` })),
  );
  const kept = read.filter((sentence) => !sentence.problems.some(({ grave }) => grave));
  const dropped = read.filter((sentence) => sentence.problems.some(({ grave }) => grave));
  const reasons = [...new Set(dropped.flatMap((sentence) => sentence.problems.map(({ what }) => what)))];
  const warnings: Warning[] = [];
  if (dropped.length > 0) {
    warnings.push({
      code: 'sentences-left-out',
      message: `${dropped.length} ${dropped.length === 1 ? 'sentence' : 'sentences'} of the ${part} ${dropped.length === 1 ? 'was' : 'were'} left out: ${reasons.slice(0, 3).join('; ')}.`,
    });
  }
  const thinned = kept.filter((sentence) => sentence.invented).length;
  if (thinned > 0) {
    warnings.push({
      code: 'invented-evidence',
      message: `${thinned} ${thinned === 1 ? 'sentence' : 'sentences'} of the ${part} cited observations that do not exist; those citations were taken away.`,
    });
  }
  if (read.some(({ cleaned }) => cleaned)) {
    warnings.push({
      code: 'answer-cleaned',
      message: `Web addresses or borders of quoted text were taken out of the ${part}.`,
    });
  }
  return { sentences: kept.map(({ text, cites }) => ({ text, cites })), problems, warnings };
};
