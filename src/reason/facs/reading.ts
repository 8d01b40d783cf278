import { COMPOUND_LABELS, EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import { type Channels, type FaceReading, readChannels, valenceOf, weighWords } from './channels.ts';
import type { Evidence } from './evidence.ts';
import { type Moment, momentAt } from './moment.ts';
import { rankedLabels, type Scores, scoreMoment } from './score.ts';
import { UNIT_WEIGHTS } from './weights.ts';

export type ScoredMoment = { moment: Moment; scores: Scores; label: ExpressionLabel; strength: number };

/** A stretch of time in which the face reads as the same thing. */
export type Episode = {
  startMs: number;
  endMs: number;
  label: ExpressionLabel;
  /** The moment at which it is strongest. */
  peak: ScoredMoment;
  /** Mean score of its label over its moments. */
  score: number;
};

/** What the scores say of one person over the range. */
export type Reading = {
  evidence: Evidence;
  scores: Scores;
  label: ExpressionLabel;
  runnerUp: ExpressionLabel;
  /** The moment that shows the conclusion best. */
  key: ScoredMoment;
  /** How strongly the face moves at the key moment, 0–1. */
  strength: number;
  episodes: readonly Episode[];
  channels: Channels;
};

/** Moments looked at in one range at most. */
const MOST_MOMENTS = 480;
const STEP_MS = 100;
/** A reading held for less than this is passing through, not an episode. */
const SHORTEST_EPISODE_MS = 300;
/** Weight of a moment at rest beside one of full strength, whose weight is 1. */
const REST_WEIGHT = 0.04;

/** Scores every moment of the range and joins them. */
export const readEvidence = (evidence: Evidence): Reading => {
  const moments = timesOf(evidence).map((ms) => scoredMoment(evidence, ms));
  const face = joined(moments);
  const channels = readChannels(evidence, (time) => {
    const during =
      time === null || evidence.still
        ? moments
        : moments.filter(({ moment: { ms } }) => time.startMs <= ms && ms < time.endMs);
    return during.length === 0 ? AT_REST : faceReading(during);
  });
  const scores = { ...face, expression: weighWords(face.expression, channels) };
  const [label, runnerUp] = topTwo(scores);
  const episodes = episodesOf(moments, evidence);
  const key = strongest(momentsOf(moments, label), label);
  return { evidence, scores, label, runnerUp, key, strength: key.strength, episodes, channels };
};

/** Said while nobody could see the face move. */
const AT_REST: FaceReading = { label: 'neutral', valence: 0, strength: 0 };

const faceReading = (moments: readonly ScoredMoment[]): FaceReading => {
  const scores = joined(moments);
  const [label] = topTwo(scores);
  const { strength } = strongest(momentsOf(moments, label), label);
  return { label, valence: valenceOf(scores.expression), strength };
};

/** The moments that read as the label; all of them where none does. */
const momentsOf = (moments: readonly ScoredMoment[], label: ExpressionLabel): readonly ScoredMoment[] => {
  const shows = moments.filter((moment) => moment.label === label);
  return shows.length > 0 ? shows : moments;
};

const topTwo = (scores: Scores): readonly [ExpressionLabel, ExpressionLabel] => {
  const [first = 'neutral', second = 'neutral'] = rankedLabels(scores.expression);
  return [first, second];
};

const scoredMoment = (evidence: Evidence, ms: number): ScoredMoment => {
  const moment = momentAt(evidence, ms);
  const scores = scoreMoment(evidence, moment);
  const [label] = topTwo(scores);
  return { moment, scores, label, strength: strengthOf(moment) };
};

/** How strongly a face moves, 0 at rest to 1: weighted intensities, saturating at about two units at D. */
const strengthOf = (moment: Moment): number => {
  let sum = 0;
  for (const [code, state] of moment.units) {
    if (state.status === 'present') {
      const opening = code === 'AU25' || code === 'AU26' ? 0.4 : 1;
      sum += UNIT_WEIGHTS[code] * opening * Math.max(state.left, state.right) * Math.max(0, 2 * state.presence - 1);
    }
  }
  return 1 - Math.exp(-sum / 4);
};

/** An even grid, and every apex. */
const timesOf = (evidence: Evidence): number[] => {
  const { startMs, endMs } = evidence.range;
  if (evidence.still) {
    return [0];
  }
  const step = Math.max(STEP_MS, (endMs - startMs) / MOST_MOMENTS);
  const grid = Array.from({ length: Math.max(1, Math.ceil((endMs - startMs) / step)) }, (_, index) =>
    Math.floor(startMs + index * step),
  );
  const apexes = evidence.units
    .flatMap(({ status, apexMs }) => (status === 'present' && apexMs !== null ? [apexMs] : []))
    .filter((ms) => ms >= startMs && ms < endMs)
    .slice(0, MOST_MOMENTS);
  return [...new Set([...grid, ...apexes])].sort((a, b) => a - b);
};

/**
 * One set of scores for the range: each moment counts by its duration and by the square of its strength, so that two
 * seconds of a clear expression outweigh the rest of a clip in which the face is still.
 */
const joined = (moments: readonly ScoredMoment[]): Scores => {
  const weights = moments.map((moment, index) => {
    const next = moments[index + 1]?.moment.ms ?? moment.moment.ms + STEP_MS;
    return (REST_WEIGHT + moment.strength ** 2) * Math.max(1, next - moment.moment.ms);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (value: (scores: Scores) => number): number =>
    moments.reduce((sum, { scores }, index) => sum + value(scores) * (weights[index] ?? 0), 0) / total;
  return {
    expression: recordOf(EXPRESSION_LABELS, (label) => mean(({ expression }) => expression[label])),
    compound: recordOf(COMPOUND_LABELS, (label) => mean(({ compound }) => compound[label])),
    single: mean(({ single }) => single),
  };
};

const strongest = (moments: readonly ScoredMoment[], label: ExpressionLabel): ScoredMoment => {
  const shows = (moment: ScoredMoment): number =>
    moment.scores.expression[label] * (label === 'neutral' ? 1.05 - moment.strength : 0.05 + moment.strength);
  return moments.reduce((best, moment) => (shows(moment) > shows(best) ? moment : best));
};

const episodesOf = (moments: readonly ScoredMoment[], evidence: Evidence): Episode[] => {
  const runs: ScoredMoment[][] = [];
  for (const moment of moments) {
    const current = runs.at(-1);
    if (current?.[0] !== undefined && current[0].label === moment.label) {
      current.push(moment);
    } else {
      runs.push([moment]);
    }
  }
  const endOf = (index: number): number => runs[index + 1]?.[0]?.moment.ms ?? evidence.range.endMs;
  const episodes = runs.flatMap((run, index): Episode[] => {
    const [first] = run;
    if (first === undefined) {
      return [];
    }
    const { label } = first;
    const score = run.reduce((sum, { scores }) => sum + scores.expression[label], 0) / run.length;
    return [{ startMs: first.moment.ms, endMs: endOf(index), label, peak: strongest(run, label), score }];
  });
  return merged(episodes);
};

/** Passing readings go to the episode before them; neighbours that then read alike are joined. */
const merged = (episodes: readonly Episode[]): Episode[] => {
  const result: Episode[] = [];
  for (const episode of episodes) {
    const previous = result.at(-1);
    const passing = episode.endMs - episode.startMs < SHORTEST_EPISODE_MS;
    if (previous !== undefined && (passing || previous.label === episode.label)) {
      const peak =
        previous.label === episode.label ? strongest([previous.peak, episode.peak], episode.label) : previous.peak;
      result[result.length - 1] = { ...previous, endMs: episode.endMs, peak };
    } else {
      result.push(episode);
    }
  }
  const [first, second, ...rest] = result;
  if (first !== undefined && second !== undefined && first.endMs - first.startMs < SHORTEST_EPISODE_MS) {
    return [{ ...second, startMs: first.startMs }, ...rest];
  }
  return result;
};
