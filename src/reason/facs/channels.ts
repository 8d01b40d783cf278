/** Face and words side by side: where they agree, where they do not, and which of them carries the decision. */
import { ACTION_UNIT_CODES, EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/index.ts';
import { AFFECT_POSITIONS } from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Evidence } from './evidence.ts';
import { POLAR_FROM, readWords, type SpokenClues, type WordsReading } from './words/words-reading.ts';

type ExpressionScores = Record<ExpressionLabel, number>;

/** What a face by itself reads as over some time, its valence (−1 to 1), and how strongly it moves (0–1). */
export type FaceReading = { label: ExpressionLabel; valence: number; strength: number };

/** How words stand to the face: one of the two says neither good nor bad, they agree, or they do not. */
type Relation = 'apart' | 'agree' | 'conflict';

/** A quotation that weighs, and the face while it is said. */
export type SpokenMoment = { spoken: SpokenClues; face: FaceReading | null; relation: Relation };

export type Channels = {
  /** `null` where no face was measured. */
  face: FaceReading | null;
  /** The person's own words; `null` where none are known. */
  words: WordsReading | null;
  /** The quotations that weigh, strongest first. */
  moments: readonly SpokenMoment[];
  /** Over all of them; `mixed`: some agree and some do not. */
  relation: Relation | 'mixed';
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

/** Valence of a set of scores. */
export const valenceOf = (scores: ExpressionScores): number =>
  EXPRESSION_LABELS.reduce((sum, label) => sum + scores[label] * AFFECT_POSITIONS[label].valence, 0);

/** @param faceDuring what the face by itself reads as while something is said; over the whole range without a time */
export const readChannels = (
  evidence: Evidence,
  faceDuring: (time: { startMs: number; endMs: number } | null) => FaceReading,
): Channels => {
  const seen = faceMeasured(evidence);
  const words = readWords(evidence.speech, evidence.subject, evidence.name === null);
  const moments = (words?.carriers ?? []).map((spoken): SpokenMoment => {
    const face = seen ? faceDuring(spoken) : null;
    return { spoken, face, relation: relationOf(face, spoken.clues.polarity) };
  });
  const found = new Set(moments.map(({ relation }) => relation));
  const relation =
    found.has('agree') && found.has('conflict')
      ? 'mixed'
      : found.has('conflict')
        ? 'conflict'
        : found.has('agree')
          ? 'agree'
          : 'apart';
  return { face: seen ? faceDuring(null) : null, words, moments, relation };
};

const relationOf = (face: FaceReading | null, polarity: number): Relation => {
  const clear = face !== null && Math.abs(face.valence) >= CHANNEL.faceValence && face.strength >= CHANNEL.faceStrength;
  if (!clear || Math.abs(polarity) < POLAR_FROM) {
    return 'apart';
  }
  return Math.sign(face.valence) === Math.sign(polarity) ? 'agree' : 'conflict';
};

/**
 * The scores of the face with the words weighed in. Where the two contradict each other nothing is averaged: the face's scores
 * stay, and the conflict is told.
 */
export const weighWords = (scores: ExpressionScores, { words, face, relation }: Channels): ExpressionScores => {
  if (words === null || words.carriers.length === 0 || relation === 'conflict' || relation === 'mixed') {
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
  if (relation === 'mixed') {
    return 'The face carries the decision; the words agree at one time and contradict it at another.';
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
