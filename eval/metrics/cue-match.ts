import type { Channel, Cue } from '../text/cue.ts';

export type CueScore = {
  precision: number;
  recall: number;
  f1: number;
  shared: number;
  named: number;
  expected: number;
};

/** Pairs of neighbouring letters, for comparing quotations. */
const pairsOf = (text: string): Set<string> => {
  const letters = [...text.replace(/\s+/g, '')];
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`));
};

/** Dice coefficient of letter pairs: 1 for the same words, about 0 for others; robust to partial quotation. */
export const quoteSimilarity = (one: string, other: string): number => {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size === 0 || b.size === 0) {
    return one.replace(/\s+/g, '') === other.replace(/\s+/g, '') ? 1 : 0;
  }
  const shared = [...a].filter((pair) => b.has(pair)).length;
  // A part of the sentence quoted is the same cue: measured against the shorter one.
  return shared / Math.min(a.size, b.size);
};

const SAME_QUOTE = 0.6;

const matchesCue = (one: Cue, other: Cue): boolean =>
  one.channel === other.channel &&
  one.polarity === other.polarity &&
  (one.name === other.name || (one.channel === 'verbal' && quoteSimilarity(one.name, other.name) >= SAME_QUOTE));

const scoreOf = (truth: readonly Cue[], prediction: readonly Cue[]): CueScore => {
  const right = prediction.filter((cue) => truth.some((expected) => matchesCue(expected, cue))).length;
  const found = truth.filter((expected) => prediction.some((cue) => matchesCue(expected, cue))).length;
  const precision = prediction.length === 0 ? 0 : right / prediction.length;
  const recall = truth.length === 0 ? 0 : found / truth.length;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, shared: found, named: prediction.length, expected: truth.length };
};

/**
 * Cue-level agreement of one clip: which of the reference's cues a description names, by channel, polarity included.
 *
 * Worked example: reference {brow lowered, eyes wide, loud}, description {brow lowered, no smile}: facial precision
 * 1/2, recall 1/2; vocal recall 0; all: precision 1/2, recall 1/3, F1 0.4.
 */
export const cueScore = (truth: readonly Cue[], prediction: readonly Cue[]): Record<Channel | 'all', CueScore> => {
  const of = (cues: readonly Cue[], channel: Channel): Cue[] => cues.filter((cue) => cue.channel === channel);
  return {
    facial: scoreOf(of(truth, 'facial'), of(prediction, 'facial')),
    vocal: scoreOf(of(truth, 'vocal'), of(prediction, 'vocal')),
    verbal: scoreOf(of(truth, 'verbal'), of(prediction, 'verbal')),
    all: scoreOf(truth, prediction),
  };
};

/**
 * Over many clips: counts are summed first (micro average), so that clips with many cues count as much as they say.
 */
export const pooledCues = (
  clips: ReadonlyArray<Record<Channel | 'all', CueScore>>,
): Record<Channel | 'all', CueScore> => {
  const pooled = (channel: Channel | 'all'): CueScore => {
    const scores = clips.map((clip) => clip[channel]);
    const sum = (value: (score: CueScore) => number): number =>
      scores.reduce((total, score) => total + value(score), 0);
    const [named, expected, shared] = [
      sum((score) => score.named),
      sum((score) => score.expected),
      sum((score) => score.shared),
    ];
    const right = sum((score) => score.precision * score.named);
    const [precision, recall] = [named === 0 ? 0 : right / named, expected === 0 ? 0 : shared / expected];
    return {
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      shared,
      named,
      expected,
    };
  };
  return { facial: pooled('facial'), vocal: pooled('vocal'), verbal: pooled('verbal'), all: pooled('all') };
};
