import { type WheelMaps, wheelSuite } from '../metrics/emotion-wheel.ts';
import { hitRate } from '../metrics/hit-rate.ts';
import { sentimentScore } from '../metrics/sentiment.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { isWellFormedList, parseLabelList } from '../readers/label-list.ts';
import type { PredictionSet } from '../readers/predictions.ts';
import { labelsOfText } from '../text/labels-of-text.ts';
import { sentimentOfLabels } from '../text/sentiment-of-labels.ts';
import type { DataSet } from './data-sets.ts';
import { isListSet } from './set-form.ts';
import type { Truth } from './truth.ts';

/** One checkpoint's score on one data set. */
export type CheckpointScore = {
  checkpoint: string;
  /** Hit rate, weighted F1 or mean F of five wheels, 0–1. */
  score: number;
  /** Clips that count (the mean over the wheels, where wheels skip clips). */
  clips: number;
  details: Record<string, number>;
};

export type DataSetScore = {
  dataSet: DataSet;
  system: string;
  checkpoints: CheckpointScore[];
  /** The highest over the checkpoints: what the paper publishes, chosen on the test set. */
  best: CheckpointScore;
  /** Mean over the checkpoints. */
  mean: number;
  /** Whether labels or sentiments had to be taken from free text by our own lexicon. */
  substitution: 'labels' | 'sentiment' | null;
  problems: Problem[];
};

/** Files of one run come in three forms: descriptions, `-openset` label lists, `-openset-sentiment` words. */
const formOf = (name: string): 'description' | 'openset' | 'sentiment' =>
  /-sentiment$/.test(name) ? 'sentiment' : /-openset$/.test(name) ? 'openset' : 'description';

type Chosen = { sets: readonly PredictionSet[]; substitution: DataSetScore['substitution'] };

/** The sets to score, and what must be made of them first. */
const chosenSets = (sets: readonly PredictionSet[], dataSet: DataSet): Chosen => {
  const of = (form: ReturnType<typeof formOf>): PredictionSet[] => sets.filter(({ name }) => formOf(name) === form);
  const [described, listed, sentiments] = [of('description'), of('openset'), of('sentiment')];
  if (dataSet.task === 'sentiment') {
    const words = sentiments.length > 0 ? sentiments : described.filter(isSentimentSet);
    return words.length > 0
      ? { sets: words, substitution: null }
      : { sets: listed.length > 0 ? listed : described, substitution: 'sentiment' };
  }
  if (listed.length > 0) {
    return { sets: listed, substitution: null };
  }
  const lists = described.filter(isListSet);
  return lists.length > 0 ? { sets: lists, substitution: null } : { sets: described, substitution: 'labels' };
};

const isSentimentSet = ({ items }: PredictionSet): boolean => {
  const words = [...items.values()];
  return (
    words.length > 0 && words.filter((word) => /^(positive|negative|neutral)$/.test(word)).length * 2 > words.length
  );
};

/** Scores every checkpoint of one system on one data set. `null` where there is nothing to score. */
export const scoreDataSet = (
  dataSet: DataSet,
  system: string,
  sets: readonly PredictionSet[],
  truth: Truth,
  maps: WheelMaps,
): DataSetScore | null => {
  const { sets: chosen, substitution } = chosenSets(sets, dataSet);
  const scored = chosen.map((set) => scoreSet(dataSet, set, truth, maps, substitution));
  const checkpoints = scored.map(({ score }) => score);
  const [first, ...others] = checkpoints;
  if (first === undefined) {
    return null;
  }
  const best = others.reduce((winner, candidate) => (candidate.score > winner.score ? candidate : winner), first);
  const mean = checkpoints.reduce((sum, { score }) => sum + score, 0) / checkpoints.length;
  return {
    dataSet,
    system,
    checkpoints,
    best,
    mean,
    substitution,
    problems: [...truth.problems, ...merged(scored.flatMap(({ problems }) => problems))],
  };
};

/** One problem a kind, counted over the checkpoints together. */
const merged = (problems: readonly Problem[]): Problem[] => {
  const byKind = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.treatment}`;
    const known = byKind.get(key);
    byKind.set(
      key,
      known === undefined
        ? problem
        : {
            ...known,
            where: known.where.split(',').length > 1 ? known.where : `${known.where}, …`,
            count: known.count + problem.count,
            examples: [...new Set([...known.examples, ...problem.examples])].slice(0, 5),
          },
    );
  }
  return [...byKind.values()];
};

const scoreSet = (
  dataSet: DataSet,
  set: PredictionSet,
  truth: Truth,
  maps: WheelMaps,
  substitution: DataSetScore['substitution'],
): { score: CheckpointScore; problems: Problem[] } => {
  const where = `${dataSet.title} ${set.name}`;
  const clips =
    dataSet.task === 'basic' ? truth.basic : dataSet.task === 'sentiment' ? truth.sentiment : truth.fineGrained;
  const missing = problemOf(
    'missing-clip',
    where,
    [...clips.keys()].filter((clip) => !set.items.has(clip)),
    'Counted as an empty prediction (the published code stops here).',
  );
  const extra = problemOf(
    'extra-clip',
    where,
    [...set.items.keys()].filter((clip) => !clips.has(clip)),
    'Answers for clips outside the test set do not count.',
  );
  const labelsAt = (clip: string): string[] => {
    const answer = set.items.get(clip) ?? '';
    return substitution === 'labels' ? labelsOfText(answer).map(({ label }) => label) : parseLabelList(answer);
  };
  if (dataSet.task === 'sentiment') {
    const answers =
      substitution === 'sentiment'
        ? new Map([...set.items].map(([clip, answer]) => [clip, sentimentOfLabels(answer)]))
        : set.items;
    const score = sentimentScore(truth.sentiment, answers);
    const odd = problemOf('malformed-row', where, score.unreadable, 'Counted as neutral, as in the published code.');
    return {
      score: {
        checkpoint: set.name,
        score: score.weightedF1,
        clips: score.clips,
        details: { accuracy: score.accuracy, neutral: score.neutral },
      },
      problems: problemsOf([missing, extra, odd]),
    };
  }
  const malformed =
    substitution === null
      ? problemOf(
          'malformed-list',
          where,
          [...set.items].flatMap(([clip, answer]) => (isWellFormedList(answer) ? [] : [clip])),
          'Read as the published code reads it: split at quotes and commas.',
        )
      : null;
  const unknown = problemOf(
    'unknown-label',
    where,
    unknownLabels(set, maps, substitution),
    'Labels in no map are dropped, as in the published code.',
  );
  const problems = problemsOf([missing, extra, malformed, unknown]);
  if (dataSet.task === 'basic') {
    const score = hitRate(
      [...truth.basic].map(([clip, label]) => ({ truth: label, prediction: labelsAt(clip) })),
      maps,
    );
    const perWheel = Object.values(score.wheels);
    return {
      score: {
        checkpoint: set.name,
        score: score.rate,
        clips: perWheel.reduce((sum, wheel) => sum + wheel.clips, 0) / Math.max(1, perWheel.length),
        details: Object.fromEntries(Object.entries(score.wheels).map(([wheel, { rate }]) => [wheel, rate])),
      },
      problems,
    };
  }
  const suite = wheelSuite(
    [...truth.fineGrained].map(([clip, labels]) => ({ truth: labels, prediction: labelsAt(clip) })),
    'five-wheels',
    maps,
  );
  const perMetric = Object.values(suite.scores);
  return {
    score: {
      checkpoint: set.name,
      score: suite.average,
      clips: perMetric.reduce((sum, metric) => sum + metric.clips, 0) / Math.max(1, perMetric.length),
      details: Object.fromEntries(Object.entries(suite.scores).map(([metric, { f }]) => [metric, f])),
    },
    problems,
  };
};

const unknownLabels = (set: PredictionSet, maps: WheelMaps, substitution: DataSetScore['substitution']): string[] => {
  if (substitution !== null) {
    return [];
  }
  const unknown = new Set<string>();
  for (const answer of set.items.values()) {
    for (const label of parseLabelList(answer)) {
      if (!maps.format.has(label)) {
        unknown.add(label);
      }
    }
  }
  return [...unknown];
};
