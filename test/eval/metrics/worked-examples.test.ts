import { describe, expect, it } from 'vitest';
import { brierScore, coverageAccuracy, expectedCalibrationError } from '../../../eval/metrics/calibration.ts';
import { classification } from '../../../eval/metrics/classification.ts';
import { areaUnderCurve, concordance, icc31 } from '../../../eval/metrics/continuous.ts';
import { labelOverlap } from '../../../eval/metrics/label-overlap.ts';
import { pearson, spearman } from '../../../eval/metrics/pearson.ts';
import { sentimentScore } from '../../../eval/metrics/sentiment.ts';
import { setLevel } from '../../../eval/metrics/set-level.ts';
import { bleu, meteorLike, rougeL, rougeN } from '../../../eval/metrics/text-overlap.ts';
import { textStyle } from '../../../eval/metrics/text-style.ts';
import { compoundF1 } from '../../../eval/runners/compound-folds.ts';
import { bootstrap, pairedBootstrap } from '../../../eval/statistics/bootstrap.ts';
import { mcNemar } from '../../../eval/statistics/mcnemar.ts';

describe('the worked examples of the definitions', () => {
  it('set level: {glad, calm} against {happy} with happy = glad', () => {
    expect(setLevel([{ truth: ['glad', 'calm'], prediction: ['happy'], synonyms: [['happy', 'glad']] }])).toEqual({
      accuracy: 1,
      recall: 0.5,
      average: 0.75,
      clips: 1,
    });
  });

  it('sentiment: zeros of the truth are dropped, neutral and odd answers are not positive', () => {
    const score = sentimentScore(
      new Map([
        ['a', 1],
        ['b', -1],
        ['c', -2],
        ['d', 0],
        ['e', 0.2],
      ]),
      new Map([
        ['a', 'positive'],
        ['b', 'neutral'],
        ['c', 'positive'],
        ['d', 'positive'],
        ['e', 'Positive'],
      ]),
    );
    // Truth T F F T, prediction T F T F: F1 of both classes 0.5.
    expect(score).toMatchObject({ weightedF1: 0.5, accuracy: 0.5, clips: 4, neutral: 1, unreadable: ['e'] });
  });

  it('classes: recall weighs classes alike in UAR, items alike in accuracy', () => {
    const score = classification(['a', 'a', 'a', 'b'], ['a', 'a', 'a', 'a']);
    expect(score).toMatchObject({ accuracy: 0.75, uar: 0.5, kappa: 0 });
    expect(score.macroF1).toBeCloseTo((6 / 7 + 0) / 2, 12);
    expect(score.confusion).toEqual({ a: { a: 3, b: 0 }, b: { a: 1, b: 0 } });
  });

  it('seven compounds: a class that nobody named counts as 0', () => {
    expect(compoundF1(['sadly-angry', 'sadly-fearful'], ['sadly-angry', 'happily-surprised'])).toBeCloseTo(1 / 7, 12);
  });

  it('concordance, ICC(3,1), area under the curve, correlations', () => {
    expect(concordance([1, 2, 3], [2, 3, 4])).toBeCloseTo(4 / 7, 12);
    expect(icc31([1, 2, 3], [2, 3, 4])).toBeCloseTo(1, 12);
    // Pairs of Shrout & Fleiss 1979, Table 2, judges 1 and 2: BMS 4.6833, EMS 0.6833, (4.6833 − 0.6833) / (4.6833 + 0.6833).
    expect(icc31([9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2])).toBeCloseTo(4 / 5.3667, 4);
    expect(areaUnderCurve([true, false, true, false], [0.9, 0.5, 0.4, 0.1])).toBe(0.75);
    expect(areaUnderCurve([true, false], [0.5, 0.5])).toBe(0.5);
    expect(pearson([1, 2, 3], [2, 4, 7])).toBeCloseTo(5 / Math.sqrt(2 * (38 / 3)), 12);
    expect(spearman([1, 2, 3], [10, 100, 1000])).toBe(1);
    expect(pearson([1, 1], [2, 3])).toBeNull();
  });

  it('calibration: bins of a tenth, Brier over all classes, coverage with ties together', () => {
    expect(
      expectedCalibrationError([
        { confidence: 0.95, right: true },
        { confidence: 0.85, right: false },
      ]),
    ).toBeCloseTo(0.45, 12);
    expect(brierScore([{ truth: 'happy', probabilities: { happy: 0.7, sad: 0.3 } }])).toBeCloseTo(0.18, 12);
    expect(
      coverageAccuracy([
        { confidence: 0.9, right: true },
        { confidence: 0.5, right: false },
        { confidence: 0.5, right: true },
      ]),
    ).toEqual([
      { coverage: 1 / 3, accuracy: 1 },
      { coverage: 1, accuracy: 2 / 3 },
    ]);
  });

  it('words: BLEU, ROUGE and METEOR-like', () => {
    const pair = { reference: 'the cat sat on the mat', candidate: 'the cat sat on a mat' };
    expect(bleu([pair])).toBeCloseTo((((((((5 / 6) * 3) / 5) * 2) / 4) * 1) / 3) ** 0.25, 12);
    expect(bleu([{ reference: pair.reference, candidate: pair.reference }])).toBeCloseTo(1, 12);
    expect(rougeN(pair, 2)).toBeCloseTo(3 / 5, 12);
    expect(rougeL({ reference: 'police killed the gunman', candidate: 'police kill the gunman' })).toBe(0.75);
    expect(rougeL({ reference: 'police killed the gunman', candidate: 'the gunman kill police' })).toBe(0.5);
    // Identical: precision and recall 1, one chunk of six: 1 − 0.5 · (1/6)³.
    expect(meteorLike({ reference: pair.reference, candidate: pair.reference })).toBeCloseTo(1 - 0.5 / 216, 12);
    expect(rougeN({ reference: '他很高兴', candidate: '她很高兴' }, 1)).toBe(0.75);
  });

  it('style: five words, three of them different', () => {
    expect(textStyle('He smiles. He smiles again.')).toMatchObject({
      words: 5,
      distinct1: 0.6,
      distinct2: 0.75,
      repetition: 0.4,
    });
    expect(textStyle('')).toEqual({ words: 0, distinct1: 0, distinct2: 0, repetition: 0, grade: 0 });
  });

  it('label overlap: a word that gives the sign alone counts half', () => {
    expect(labelOverlap(['anger', 'sadness'], ['anger', 'calm', 'negative'])).toEqual({
      precision: 0.5,
      recall: 0.75,
      f1: 0.6,
    });
    expect(labelOverlap(['anger'], [])).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('tests and intervals', () => {
  it('McNemar is exact, and stands thousands of pairs', () => {
    const right = (flags: string): boolean[] => [...flags].map((flag) => flag === '1');
    expect(mcNemar(right('1000000001'), right('0111111111'))).toEqual({
      onlyA: 1,
      onlyB: 8,
      p: expect.closeTo(20 / 512, 12),
    });
    const many = Array.from({ length: 5000 }, (_, index) => index % 2 === 0);
    expect(
      mcNemar(
        many,
        many.map((flag) => !flag),
      ).p,
    ).toBeGreaterThan(0.9);
  });

  it('intervals are repeatable, hold the estimate and follow the seed', () => {
    const values = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 1 : 0));
    const mean = (sample: readonly number[]): number => sample.reduce((sum, value) => sum + value, 0) / sample.length;
    const interval = bootstrap(values, mean, { seed: 7 });
    expect(bootstrap(values, mean, { seed: 7 })).toEqual(interval);
    expect(bootstrap(values, mean, { seed: 8 })).not.toEqual(interval);
    expect(interval.low).toBeLessThan(interval.estimate);
    expect(interval.high).toBeGreaterThan(interval.estimate);
    // Theory: 1/3 ± 1.96 · √(2/9/60) = 0.214 to 0.453.
    expect(interval.low).toBeCloseTo(0.214, 1);
    expect(interval.high).toBeCloseTo(0.453, 1);
  });

  it('the paired bootstrap finds a steady difference that unpaired noise would hide', () => {
    const pairs = Array.from({ length: 50 }, (_, index) => ({ a: index, b: index + 0.5 }));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const side = (key: 'a' | 'b') => (sample: readonly { a: number; b: number }[]) =>
      mean(sample.map((pair) => pair[key]));
    expect(pairedBootstrap(pairs, side('a'), side('b'))).toMatchObject({
      estimate: 0.5,
      low: 0.5,
      high: 0.5,
      p: 0.001,
    });
    expect(pairedBootstrap(pairs, side('a'), side('a')).p).toBe(1);
  });
});
