/** From vectors to a distribution over the eight expressions. */
import { EXPRESSION_LABELS, type ExpressionLabel, type ExpressionScores } from '../../contracts/index.ts';
import type { EncodedTexts } from '../../contracts/vision-models.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Descriptions } from './descriptions.ts';

type Vector = readonly number[];

/** One direction for each expression and polarity: the mean of the vectors of its phrasings, with length 1. */
export type ClassVectors = {
  shows: Record<ExpressionLabel, Vector>;
  lacks: Record<ExpressionLabel, Vector>;
  scale: number;
  bias: number;
  link: EncodedTexts['link'];
};

/** Every text, in a fixed order. */
export const textsOf = (descriptions: Descriptions): string[] =>
  EXPRESSION_LABELS.flatMap((label) => [...descriptions[label].shows, ...descriptions[label].lacks]);

const meanDirection = (vectors: readonly Vector[]): Vector => {
  const width = vectors[0]?.length ?? 0;
  const sum = Array.from({ length: width }, (_, index) =>
    vectors.reduce((total, each) => total + (each[index] ?? 0), 0),
  );
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
};

/** The vectors of `textsOf`, gathered by class. */
export const classVectors = (
  descriptions: Descriptions,
  { vectors, scale, bias, link }: EncodedTexts,
): ClassVectors => {
  let next = 0;
  const take = (count: number): Vector => {
    next += count;
    return meanDirection(vectors.slice(next - count, next));
  };
  const pairs = recordOf(EXPRESSION_LABELS, (label) => ({
    shows: take(descriptions[label].shows.length),
    lacks: take(descriptions[label].lacks.length),
  }));
  return {
    shows: recordOf(EXPRESSION_LABELS, (label) => pairs[label].shows),
    lacks: recordOf(EXPRESSION_LABELS, (label) => pairs[label].lacks),
    scale,
    bias,
    link,
  };
};

const cosine = (first: Vector, second: Vector): number =>
  first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0);

const normalised = (weights: ExpressionScores): ExpressionScores => {
  const sum = EXPRESSION_LABELS.reduce((total, label) => total + weights[label], 0);
  return recordOf(EXPRESSION_LABELS, (label) => (sum > 0 ? weights[label] / sum : 1 / EXPRESSION_LABELS.length));
};

const softmax = (logits: Record<ExpressionLabel, number>): ExpressionScores => {
  const highest = Math.max(...Object.values(logits));
  return normalised(recordOf(EXPRESSION_LABELS, (label) => Math.exp(logits[label] - highest)));
};

/** Logistic function without overflow. */
const sigmoid = (logit: number): number =>
  logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));

/** 1 where all weight is on one expression, 0 where it is spread evenly. */
export const certaintyOf = (scores: ExpressionScores): number => {
  const entropy = EXPRESSION_LABELS.reduce(
    (sum, label) => sum - (scores[label] > 0 ? scores[label] * Math.log(scores[label]) : 0),
    0,
  );
  return Math.min(1, Math.max(0, 1 - entropy / Math.log(EXPRESSION_LABELS.length)));
};

export type ChannelName = 'shows' | 'shows-against-lacks' | 'change-from-rest';
/** What one way of asking says, and how much it counts. */
export type Channel = { channel: ChannelName; ms: number; scores: ExpressionScores; certainty: number };

export type SeenFace = { ms: number; vector: Vector };

/**
 * Three ways of asking one picture. `shows`: which positive text fits best. `shows-against-lacks`: for each expression alone,
 * whether what it shows fits better than what it lacks. `change-from-rest`, where a picture of the same person at rest is
 * there: which text gained most; what suits the person whatever the expression falls out.
 */
const channelsOf = (face: SeenFace, rest: SeenFace | null, classes: ClassVectors): Channel[] => {
  const { scale, bias, link } = classes;
  const shows = recordOf(EXPRESSION_LABELS, (label) => cosine(face.vector, classes.shows[label]));
  const lacks = recordOf(EXPRESSION_LABELS, (label) => cosine(face.vector, classes.lacks[label]));
  const first =
    link === 'softmax'
      ? softmax(recordOf(EXPRESSION_LABELS, (label) => scale * shows[label]))
      : normalised(recordOf(EXPRESSION_LABELS, (label) => sigmoid(scale * shows[label] + bias)));
  const second = normalised(recordOf(EXPRESSION_LABELS, (label) => sigmoid(scale * (shows[label] - lacks[label]))));
  const asked: [ChannelName, ExpressionScores][] = [
    ['shows', first],
    ['shows-against-lacks', second],
  ];
  if (rest !== null) {
    const gained = (label: ExpressionLabel): number => shows[label] - cosine(rest.vector, classes.shows[label]);
    asked.push(['change-from-rest', softmax(recordOf(EXPRESSION_LABELS, (label) => scale * gained(label)))]);
  }
  return asked.map(([channel, scores]) => ({ channel, ms: face.ms, scores, certainty: certaintyOf(scores) }));
};

export type ImageTextReading = { scores: ExpressionScores; channels: Channel[] };

/** A channel without any certainty still counts a little, so that none decides by being the only one to speak up. */
const LEAST_WEIGHT = 0.05;

/** All pictures and ways of asking in one distribution, each weighted by how sure it is. */
export const readPictures = (
  faces: readonly SeenFace[],
  rest: SeenFace | null,
  classes: ClassVectors,
): ImageTextReading => {
  const channels = faces.flatMap((face) => channelsOf(face, rest, classes));
  const scores = normalised(
    recordOf(EXPRESSION_LABELS, (label) =>
      channels.reduce((sum, channel) => sum + (LEAST_WEIGHT + channel.certainty) * channel.scores[label], 0),
    ),
  );
  return { scores, channels };
};
