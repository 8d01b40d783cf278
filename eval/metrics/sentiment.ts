import { weightedF1 } from './classification.ts';

export type SentimentScore = {
  /** Weighted F1 of positive against not positive, 0–1. */
  weightedF1: number;
  accuracy: number;
  /** Clips whose true score is not 0. */
  clips: number;
  /** Clips whose true score is 0: left out, as the published code has it. */
  neutral: number;
  /** Answers that are none of the three words: they count as neutral, hence as not positive. */
  unreadable: string[];
};

const VALUES: ReadonlyMap<string, number> = new Map([
  ['positive', 1],
  ['negative', -1],
  ['neutral', 0],
]);

/**
 * Sentiment of MER-UniBench: clips with a true score of 0 are dropped; both sides are then cut at "above 0", so that
 * neutral and negative predictions alike count as not positive. Only the exact words positive, negative and neutral
 * are read. Source: AffectGPT/evaluation-scoreonly.py, calculate_dimension_zeroshot.
 *
 * Worked example: truth 1, −1, −2; answers positive, neutral, positive → truth T F F, prediction T F T. F1 of T is
 * 2·1/(2·1+1+0) = 2/3 (support 1), of F 2·1/(2·1+0+1) = 2/3 (support 2): weighted 2/3.
 */
export const sentimentScore = (
  truth: ReadonlyMap<string, number>,
  answers: ReadonlyMap<string, string>,
): SentimentScore => {
  const unreadable: string[] = [];
  const [actual, predicted]: [string[], string[]] = [[], []];
  let neutral = 0;
  for (const [clip, score] of truth) {
    const answer = answers.get(clip) ?? '';
    const value = VALUES.get(answer);
    if (value === undefined && answer !== '') {
      unreadable.push(clip);
    }
    if (score === 0) {
      neutral += 1;
      continue;
    }
    actual.push(score > 0 ? 'positive' : 'other');
    predicted.push((value ?? 0) > 0 ? 'positive' : 'other');
  }
  const right = actual.filter((label, index) => label === predicted[index]).length;
  return {
    weightedF1: weightedF1(actual, predicted),
    accuracy: actual.length === 0 ? 0 : right / actual.length,
    clips: actual.length,
    neutral,
    unreadable,
  };
};
