import { EXPRESSION_LABELS, type ExpressionLabel, type TimeRange } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { at, clamp, mean, rounded, type Series, seriesOf, within } from './series.ts';
import { smooth } from './smooth.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** How the course of a model's output is cut into stretches that stay alike. */
const OUTPUTS = { smoothingMs: 250, stretchMs: 800, most: 8 } as const;

/**
 * The outputs of the expression and affect models, as citable numbers: for a clip over the whole and over each stretch
 * in which the same score leads. They are never worded here.
 */
export const observeModelOutputs = (view: SubjectView, source: string): Draft[] => {
  const expression = scoresOf(view);
  const stretches = expression === null ? [] : stretchesOf(view, expression);
  const ranges = stretches.length > 1 ? [view.range, ...stretches] : [view.range];
  return ranges.flatMap((range) => [
    ...expressionIn(view, expression, range, source),
    ...affectIn(view, range, source),
  ]);
};

type Scores = Record<ExpressionLabel, Series>;

const scoresOf = (view: SubjectView): Scores | null => {
  const { expression, t } = view.percepts;
  if (expression === null) {
    return null;
  }
  const read = (label: ExpressionLabel): Series => seriesOf(t, view.indices, expression[label], [0, 1]);
  const scores = {
    anger: read('anger'),
    contempt: read('contempt'),
    disgust: read('disgust'),
    fear: read('fear'),
    happiness: read('happiness'),
    neutral: read('neutral'),
    sadness: read('sadness'),
    surprise: read('surprise'),
  };
  const { length } = scores.neutral.t;
  return length > 0 && EXPRESSION_LABELS.every((label) => scores[label].t.length === length) ? scores : null;
};

/** Stretches in which the same score leads, the longest ones, in order of time. */
const stretchesOf = (view: SubjectView, scores: Scores): TimeRange[] => {
  if (view.still) {
    return [];
  }
  const courses = EXPRESSION_LABELS.map((label) => smooth(scores[label], OUTPUTS.smoothingMs));
  const { t } = scores.neutral;
  const runs: Array<TimeRange & { leader: number }> = [];
  for (let index = 0; index < t.length; index += 1) {
    let leader = 0;
    for (let label = 1; label < courses.length; label += 1) {
      if (at(courses[label] ?? [], index) > at(courses[leader] ?? [], index)) {
        leader = label;
      }
    }
    const startMs = Math.round(at(t, index));
    const endMs = Math.min(view.range.endMs, Math.round(at(t, index) + view.stepMs));
    const current = runs.at(-1);
    if (current === undefined || current.leader !== leader) {
      runs.push({ startMs, endMs: Math.max(startMs + 1, endMs), leader });
    } else {
      current.endMs = Math.max(current.endMs, endMs);
    }
  }
  return runs
    .filter(({ startMs, endMs }) => endMs - startMs >= OUTPUTS.stretchMs)
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs) || a.startMs - b.startMs)
    .slice(0, OUTPUTS.most)
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ startMs, endMs }) => ({ startMs, endMs }));
};

const meanIn = (series: Series, range: TimeRange, view: SubjectView): number => {
  const values = view.still ? series.v : within(series, range.startMs, range.endMs);
  return mean(values.length > 0 ? values : series.v);
};

const expressionIn = (view: SubjectView, scores: Scores | null, range: TimeRange, source: string): Draft[] => {
  if (scores === null) {
    return [];
  }
  const score = (label: ExpressionLabel): number => rounded(clamp(meanIn(scores[label], range, view), 0, 1), 3);
  return [
    {
      kind: 'expression',
      subject: view.id,
      range,
      confidence: confidenceOf(qualityIn(view, range.startMs, range.endMs)),
      source,
      text: sentence(view, range, "expression model's eight scores"),
      expression: {
        scores: {
          anger: score('anger'),
          contempt: score('contempt'),
          disgust: score('disgust'),
          fear: score('fear'),
          happiness: score('happiness'),
          neutral: score('neutral'),
          sadness: score('sadness'),
          surprise: score('surprise'),
        },
      },
    },
  ];
};

const affectIn = (view: SubjectView, range: TimeRange, source: string): Draft[] => {
  const { affect, t } = view.percepts;
  if (affect === null) {
    return [];
  }
  const valence = seriesOf(t, view.indices, affect.valence, [-1, 1]);
  const arousal = seriesOf(t, view.indices, affect.arousal, [-1, 1]);
  if (valence.t.length === 0 || arousal.t.length === 0) {
    return [];
  }
  return [
    {
      kind: 'affect',
      subject: view.id,
      range,
      confidence: confidenceOf(qualityIn(view, range.startMs, range.endMs)),
      source,
      text: sentence(view, range, "affect model's two scores"),
      affect: {
        valence: rounded(clamp(meanIn(valence, range, view), -1, 1), 3),
        arousal: rounded(clamp(meanIn(arousal, range, view), -1, 1), 3),
      },
    },
  ];
};

const sentence = (view: SubjectView, range: TimeRange, what: string): string => {
  const whose = view.name === null ? '' : ` for ${view.name}`;
  const whole = view.still || (range.startMs === view.range.startMs && range.endMs === view.range.endMs);
  const when = whole ? '' : ` between ${timeWord(range.startMs)} and ${timeWord(range.endMs)}`;
  return capitalized(`the ${what}${whose}${when} are recorded as numbers.`);
};
