import type { ActionUnitCode, TimeRange } from '../contracts/index.ts';
import { actionUnit, letterOf } from '../facs/index.ts';
import { ABSENCES, absenceMatters, COMPANIONS } from './absences.ts';
import type { UnitDraft } from './action-unit-episodes.ts';
import type { UnitMeasure } from './action-unit-measure.ts';
import {
  absentSentence,
  companionSentence,
  hiddenSentence,
  restingSentence,
  unmeasuredSentence,
} from './action-unit-sentences.ts';
import { marginConfidence } from './confidence.ts';
import type { Draft } from './draft.ts';
import { hiddenStretches } from './hidden-regions.ts';
import { at, clamp, quantile, rounded, within } from './series.ts';
import { qualityIn, type SubjectView } from './subject-view.ts';

const noTimes = { side: 'both', letter: null, onsetMs: null, apexMs: null, offsetMs: null, micro: false } as const;

/** The one fact about a level that is high all the time and taken for how the face rests. */
export const restingOf = (view: SubjectView, measure: UnitMeasure, source: string): Draft[] => {
  const { code, state, rest, threshold, enter, visibility, series, episodes } = measure;
  const active = episodes.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const busy = active > series.t.length / 2;
  if (view.still || state !== 'seen' || rest.constant < threshold || rest.constant >= enter || busy) {
    return [];
  }
  const constant = rounded(Math.min(rest.constant, 5), 1);
  const quality = qualityIn(view, view.range.startMs, view.range.endMs);
  return [
    {
      kind: 'action-unit',
      subject: view.id,
      range: view.range,
      confidence: marginConfidence(quality, visibility, Math.min(1, series.t.length / 100)),
      source,
      text: restingSentence(view, code, letterOf(constant) ?? 'A', constant),
      au: {
        ...noTimes,
        code,
        name: actionUnit(code).name,
        status: 'below-threshold',
        intensity: constant,
        overBaseline: rounded(Math.max(0, constant - rest.level), 1),
      },
    },
  ];
};

/** Absences that matter, and what could not be seen or was not measured where it would matter. */
export const missingOf = (
  view: SubjectView,
  measures: readonly UnitMeasure[],
  present: ReadonlySet<ActionUnitCode>,
  source: string,
): Draft[] => {
  const anything = measures.some(({ state }) => state === 'seen');
  const tooBrief = !view.timeless && view.still;
  return measures.flatMap((measure): Draft[] => {
    if (tooBrief) {
      return [];
    }
    const rule = ABSENCES.find(({ code }) => code === measure.code);
    const said = present.has(measure.code) || restingOf(view, measure, source).length > 0;
    if (rule === undefined || said || !absenceMatters(rule, present)) {
      return [];
    }
    const { code, state, visibility } = measure;
    if (state === 'seen') {
      return [
        belowThreshold(view, measure, view.range, quantile(measure.series.v, 0.95), absentSentence(view, code), source),
      ];
    }
    const hidden = state === 'hidden';
    if (!hidden && !anything) {
      return [];
    }
    if (!hidden && rule.when !== 'always' && code !== 'AU6') {
      // The list of what was not measured names it; only the core of the prototypes needs an id to be cited.
      return [];
    }
    return [
      {
        kind: 'action-unit',
        subject: view.id,
        range: view.range,
        confidence: marginConfidence(1, 1, hidden ? 1 - visibility : 1),
        source,
        text: hidden ? hiddenSentence(view, code) : unmeasuredSentence(view, code),
        au: {
          ...noTimes,
          code,
          name: actionUnit(code).name,
          status: hidden ? 'not-visible' : 'not-measured',
          intensity: null,
          overBaseline: null,
        },
      },
    ];
  });
};

/** Units that cannot be seen for a while, in a face that is in view before or after: nobody knows what they did. */
export const unseenFor = (view: SubjectView, measures: readonly UnitMeasure[], source: string): Draft[] =>
  measures.flatMap(({ code, state }): Draft[] => {
    if (state !== 'seen' || ABSENCES.find((rule) => rule.code === code)?.when !== 'always') {
      return [];
    }
    return hiddenStretches(view, actionUnit(code).region).map((range) => ({
      kind: 'action-unit',
      subject: view.id,
      range,
      confidence: marginConfidence(1, 1, 1),
      source,
      text: hiddenSentence(view, code, range),
      au: {
        ...noTimes,
        code,
        name: actionUnit(code).name,
        status: 'not-visible',
        intensity: null,
        overBaseline: null,
      },
    }));
  });

/** Units that are there at other times but stay away while their companion is present. */
export const companionsOf = (
  view: SubjectView,
  measures: readonly UnitMeasure[],
  shown: readonly UnitDraft[],
  source: string,
): Draft[] => {
  if (view.still) {
    return [];
  }
  return COMPANIONS.flatMap(({ code, during }) => {
    const absent = measures.find((measure) => measure.code === code);
    if (absent === undefined || absent.state !== 'seen' || absent.episodes.length === 0) {
      return [];
    }
    const { series } = absent;
    const spans = absent.episodes.map(
      ({ first, last, onsetMs, offsetMs }) => [onsetMs ?? at(series.t, first), offsetMs ?? at(series.t, last)] as const,
    );
    const leading = shown.filter(({ au }) => au.code === during);
    return leading.flatMap(({ range }): Draft[] => {
      const values = within(series, range.startMs, range.endMs);
      if (values.length === 0 || spans.some(([from, to]) => from < range.endMs && to >= range.startMs)) {
        return [];
      }
      const text = companionSentence(view, code, during, range);
      return [belowThreshold(view, absent, range, quantile(values, 0.95), text, source)];
    });
  });
};

/** A unit that was looked for in a range, and how high it came at most. */
const belowThreshold = (
  view: SubjectView,
  { code, enter, rest, visibility }: UnitMeasure,
  range: TimeRange,
  highest: number,
  text: string,
  source: string,
): UnitDraft => ({
  kind: 'action-unit',
  subject: view.id,
  range,
  confidence: marginConfidence(qualityIn(view, range.startMs, range.endMs), visibility, (enter - highest) / enter),
  source,
  text,
  au: {
    ...noTimes,
    code,
    name: actionUnit(code).name,
    status: 'below-threshold',
    intensity: rounded(clamp(highest, 0, 5), 1),
    overBaseline: view.still ? null : rounded(highest - rest.level, 1),
  },
});
