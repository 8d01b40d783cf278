/** Face and words side by side: where they agree, where they do not, and which of them carries the decision. */
import { ACTION_UNIT_CODES, EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/index.ts';
import { AFFECT_POSITIONS } from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Evidence } from './evidence.ts';
import { POLAR_FROM, readWords, type WordsReading } from './words/words-reading.ts';

type ExpressionScores = Record<ExpressionLabel, number>;

export type Channels = {
  /** −1 to 1, and how strongly it moves; `null` where no face was measured. */
  face: { valence: number; strength: number; label: ExpressionLabel } | null;
  /** The person's own words; `null` where none are known. */
  words: WordsReading | null;
  /** How the words stand to the face: one of them is missing or says neither good nor bad, they agree, or they do not. */
  relation: 'apart' | 'agree' | 'conflict';
};

const CHANNEL = {
  /** Valence and strength from which a face is on one side. */
  faceValence: 0.25,
  faceStrength: 0.3,
  /** Log weight of full polarity, beside a moving face and without any. */
  besideFace: 1,
  alone: 3,
  /** Log weight of a turn of phrase that is about one expression. */
  phrase: 1.2,
  phraseAlone: 2.5,
} as const;

export const faceMeasured = (evidence: Evidence): boolean =>
  evidence.expression.length > 0 || !ACTION_UNIT_CODES.every((code) => evidence.unmeasured.has(code));

/** @param shown what the face by itself reads as, and how strongly it moves at its key moment, 0–1 */
export const readChannels = (
  evidence: Evidence,
  scores: ExpressionScores,
  shown: { label: ExpressionLabel; strength: number },
): Channels => {
  const face = faceMeasured(evidence)
    ? {
        ...shown,
        valence: EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label] * AFFECT_POSITIONS[label].valence, 0),
      }
    : null;
  const words = readWords(evidence.speech, evidence.subject, evidence.name === null);
  const relation = relationOf(face, words);
  return { face, words, relation };
};

const relationOf = (face: Channels['face'], words: WordsReading | null): Channels['relation'] => {
  const clear = face !== null && Math.abs(face.valence) >= CHANNEL.faceValence && face.strength >= CHANNEL.faceStrength;
  if (!clear || words === null || Math.abs(words.polarity) < POLAR_FROM) {
    return 'apart';
  }
  return Math.sign(face.valence) === Math.sign(words.polarity) ? 'agree' : 'conflict';
};

/**
 * The scores of the face with the words weighed in. Where the two contradict each other nothing is averaged: the face's scores
 * stay, and the conflict is told.
 */
export const weighWords = (scores: ExpressionScores, { words, face, relation }: Channels): ExpressionScores => {
  if (words === null || words.carriers.length === 0 || relation === 'conflict') {
    return scores;
  }
  const rest = face === null ? 1 : 1 - face.strength;
  const polarity = CHANNEL.besideFace + (CHANNEL.alone - CHANNEL.besideFace) * rest ** 2;
  const phrase = CHANNEL.phrase + (CHANNEL.phraseAlone - CHANNEL.phrase) * rest ** 2;
  const weighed = recordOf(
    EXPRESSION_LABELS,
    (label) =>
      scores[label] *
      Math.exp(polarity * words.polarity * AFFECT_POSITIONS[label].valence + phrase * (words.labels[label] ?? 0)),
  );
  const total = EXPRESSION_LABELS.reduce((sum, label) => sum + weighed[label], 0);
  return recordOf(EXPRESSION_LABELS, (label) => weighed[label] / total);
};

/** Which channel carried the decision, in one sentence. */
export const carrierSentence = ({ face, words, relation }: Channels, label: ExpressionLabel): string => {
  if (words === null) {
    return '';
  }
  if (face === null) {
    return words.carriers.length > 0 ? 'The words alone carry the decision.' : '';
  }
  if (relation === 'conflict') {
    return 'The face carries the decision, and the words contradict it.';
  }
  if (face.label !== label) {
    return `The words carry the decision: the face by itself would read as ${face.label}.`;
  }
  return relation === 'agree'
    ? 'The face carries the decision, and the words agree.'
    : words.carriers.length > 0
      ? 'The face carries the decision; the words alone would not change it.'
      : 'The face carries the decision; the words say neither good nor bad.';
};
