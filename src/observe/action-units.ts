import { ACTION_UNIT_CODES, type ActionUnitCode, type ActionUnitFact, type TimeRange } from '../contracts/index.ts';
import { actionUnit, letterOf } from '../facs/index.ts';
import { ABSENCES, absenceMatters, COMPANIONS } from './absences.ts';
import { ACTION_UNIT_HABITS } from './action-unit-habits.ts';
import { measureUnit, type UnitMeasure } from './action-unit-measure.ts';
import {
  absentSentence,
  companionSentence,
  hiddenSentence,
  restingSentence,
  shownSentence,
  unmeasuredSentence,
} from './action-unit-sentences.ts';
import { marginConfidence } from './confidence.ts';
import type { Draft } from './draft.ts';
import type { Segment } from './segments.ts';
import { at, clamp, firstFrom, mean, quantile, rounded, within } from './series.ts';
import { SETTINGS } from './settings.ts';
import { sideOf, sidesOver } from './sides.ts';
import { qualityIn, type SubjectView } from './subject-view.ts';

type UnitDraft = Extract<Draft, { kind: 'action-unit' }>;
/** A present unit and how much it stands out, by which the list is kept short. */
type Episode = { draft: UnitDraft; weight: number };

export type UnitObservations = {
  drafts: Draft[];
  /** Episodes found but not listed, because the list would be too long to read. */
  unlisted: number;
  /** Units without any value. */
  unmeasured: ActionUnitCode[];
};

/** All that is said of one person's action units. AU45 is said as blinks, or as AU43 where the lids stay closed. */
export const observeUnits = (view: SubjectView, source: string): UnitObservations => {
  const measures = ACTION_UNIT_CODES.filter((code) => code !== 'AU45').map((code) => measureUnit(view, code));
  const talking = openMouth(view, measures);
  const found = measures.flatMap((measure) => shortlist(view, presentOf(view, measure, source, talking)));
  const listed = [...found].sort((a, b) => b.weight - a.weight).slice(0, mostEpisodes(view));
  const present = new Set(found.map(({ draft }) => draft.au.code));
  const total = measures.reduce((sum, { episodes }) => sum + episodes.length, 0);
  const kept = new Set(listed);
  return {
    drafts: [
      ...found.filter((episode) => kept.has(episode)).map(({ draft }) => draft),
      ...measures.flatMap((measure) => restingOf(view, measure, source)),
      ...missingOf(view, measures, present, source),
      ...companionsOf(view, measures, source),
    ],
    unlisted: Math.max(0, total - listed.length),
    unmeasured: measures.filter(({ state }) => state === 'unmeasured').map(({ code }) => code),
  };
};

/** When the lips or the jaw are open, with the breath before and after. */
const openMouth = (view: SubjectView, measures: readonly UnitMeasure[]): TimeRange[] =>
  measures
    .filter(({ code }) => code === 'AU25' || code === 'AU26')
    .flatMap(({ series, episodes }) =>
      episodes.map(({ first, last }) => ({
        startMs: at(series.t, first) - SETTINGS.mergeMs,
        endMs: at(series.t, last) + view.stepMs + SETTINGS.mergeMs,
      })),
    );

const secondsOf = (view: SubjectView): number => (view.range.endMs - view.range.startMs) / 1000;

const mostEpisodes = (view: SubjectView): number =>
  Math.min(SETTINGS.episodesMost, Math.round(SETTINGS.episodes + secondsOf(view) * SETTINGS.episodesPerSecond));

const shortlist = (view: SubjectView, episodes: readonly Episode[]): Episode[] => {
  const most = Math.min(
    SETTINGS.episodesPerUnitMost,
    SETTINGS.episodesPerUnit + Math.floor((secondsOf(view) * 1000) / SETTINGS.episodesPerUnitEachMs),
  );
  return [...episodes].sort((a, b) => b.weight - a.weight).slice(0, most);
};

const presentOf = (
  view: SubjectView,
  measure: UnitMeasure,
  source: string,
  talking: readonly TimeRange[] = [],
): Episode[] => {
  if (measure.state !== 'seen') {
    return [];
  }
  if (view.still) {
    const part = stillPart(view, measure);
    return part.intensity < measure.threshold ? [] : [episodeOf(view, measure, part, source, talking)];
  }
  return measure.episodes.flatMap((segment) =>
    partsOf(view, measure, segment).map((part) => episodeOf(view, measure, part, source, talking)),
  );
};

/** An episode, or the part of it during which the side stays the same. */
type Part = {
  range: TimeRange;
  side: 'both' | 'left' | 'right';
  onsetMs: number | null;
  apexMs: number | null;
  offsetMs: number | null;
  intensity: number;
  bursts: number;
  /** Stays near its peak for most of the time. */
  steady: boolean;
};

const stillPart = (view: SubjectView, { series, halves }: UnitMeasure): Part => ({
  range: view.range,
  side: halves === null ? 'both' : sideOf(quantile(halves.left.v, 0.5), quantile(halves.right.v, 0.5)),
  onsetMs: null,
  apexMs: view.timeless ? null : Math.round(at(series.t, indexOfLargest(series.v))),
  offsetMs: null,
  intensity: quantile(series.v, 0.5),
  bursts: 1,
  steady: true,
});

const partsOf = (view: SubjectView, { series, halves }: UnitMeasure, segment: Segment): Part[] => {
  const startMs = Math.round(segment.onsetMs ?? at(series.t, segment.first));
  const lastMs = at(series.t, segment.last) + view.stepMs;
  const endMs = Math.min(view.range.endMs, Math.max(startMs + 1, Math.round(segment.offsetMs ?? lastMs)));
  const apexMs = Math.round(at(series.t, segment.apex));
  const whole: Part = {
    range: { startMs, endMs },
    side: 'both',
    onsetMs: segment.onsetMs === null ? null : startMs,
    apexMs,
    offsetMs: segment.offsetMs === null ? null : endMs,
    intensity: at(series.v, segment.apex),
    bursts: segment.bursts,
    steady: isSteady(series.v.subarray(segment.first, segment.last + 1), at(series.v, segment.apex)),
  };
  if (halves === null) {
    return [whole];
  }
  // Sides are read while the unit is over its threshold: at the feet of an episode both are near nothing.
  const spans = sidesOver(halves, at(series.t, segment.first), lastMs);
  if (spans.length < 2) {
    const near = [apexMs - SETTINGS.minimumMs, apexMs + SETTINGS.minimumMs + 1] as const;
    const side = sideOf(mean(within(halves.left, ...near)), mean(within(halves.right, ...near)));
    return [{ ...whole, side }];
  }
  return spans.map(({ side, startMs: from, endMs: to }, index) => {
    const first = index === 0 ? whole.range.startMs : Math.round(from);
    const end = index === spans.length - 1 ? whole.range.endMs : Math.round(to);
    const low = firstFrom(series.t, from);
    const values = series.v.subarray(low, Math.max(low + 1, firstFrom(series.t, to)));
    const apex = low + indexOfLargest(values);
    return {
      range: { startMs: first, endMs: Math.max(first + 1, end) },
      side,
      onsetMs: index === 0 ? whole.onsetMs : first,
      apexMs: Math.round(at(series.t, apex)),
      offsetMs: index === spans.length - 1 ? whole.offsetMs : end,
      intensity: at(series.v, apex),
      bursts: 1,
      steady: isSteady(values, at(series.v, apex)),
    };
  });
};

const isSteady = (values: Float64Array, peak: number): boolean => quantile(values, 0.5) >= peak - SETTINGS.plateau;

const episodeOf = (
  view: SubjectView,
  measure: UnitMeasure,
  part: Part,
  source: string,
  talking: readonly TimeRange[],
): Episode => {
  const { code, enter, rest, visibility } = measure;
  const intensity = rounded(part.intensity, 1);
  const letter = letterOf(intensity) ?? 'A';
  const over = part.intensity - rest.level;
  const lasted = (part.range.endMs - part.range.startMs) / 1000;
  const quality = qualityIn(view, part.range.startMs, part.range.endMs);
  const confidence = marginConfidence(quality, visibility, (part.intensity - enter) / 1.5);
  const micro = confidence >= SETTINGS.microConfidence && isMicro(view, measure, part, talking);
  const au: ActionUnitFact = {
    code,
    name: actionUnit(code).name,
    status: 'present',
    side: part.side,
    intensity,
    letter,
    onsetMs: part.onsetMs,
    apexMs: part.apexMs,
    offsetMs: part.offsetMs,
    micro,
    overBaseline: view.still ? null : rounded(over, 1),
  };
  const text = shownSentence(view, { ...part, code, letter, intensity, micro });
  const draft: UnitDraft = { kind: 'action-unit', subject: view.id, range: part.range, confidence, source, text, au };
  return { draft, weight: over * confidence * (0.5 + Math.min(1.5, Math.sqrt(lasted))) * (micro ? 1.5 : 1) };
};

/**
 * ≤ 500 ms in all and ≤ 260 ms to the apex (Yan et al. 2013), seen whole and sampled finely enough. In the lower face not
 * while the mouth is open: speech moves chin, lips and cheeks as quickly.
 */
const isMicro = (
  view: SubjectView,
  { code }: UnitMeasure,
  { onsetMs, apexMs, offsetMs, range }: Part,
  talking: readonly TimeRange[],
): boolean =>
  onsetMs !== null &&
  apexMs !== null &&
  offsetMs !== null &&
  code !== 'AU43' &&
  !ACTION_UNIT_HABITS[code].articulates &&
  !(
    actionUnit(code).half === 'lower' &&
    talking.some(({ startMs, endMs }) => startMs < range.endMs && range.startMs < endMs)
  ) &&
  view.fps >= SETTINGS.microFps &&
  offsetMs - onsetMs <= SETTINGS.microTotalMs &&
  apexMs - onsetMs <= SETTINGS.microOnsetMs;

const noTimes = { side: 'both', letter: null, onsetMs: null, apexMs: null, offsetMs: null, micro: false } as const;

/** The one fact about a level that is high all the time and taken for how the face rests. */
const restingOf = (view: SubjectView, measure: UnitMeasure, source: string): Draft[] => {
  const { code, state, rest, threshold, enter, visibility, series } = measure;
  if (view.still || state !== 'seen' || rest.constant < threshold || rest.constant >= enter) {
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
const missingOf = (
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
    const common = { kind: 'action-unit', subject: view.id, range: view.range, source } as const;
    const quality = qualityIn(view, view.range.startMs, view.range.endMs);
    const name = actionUnit(code).name;
    if (state === 'seen') {
      const highest = quantile(measure.series.v, 0.95);
      const over = highest - measure.rest.level;
      return [
        {
          ...common,
          confidence: marginConfidence(quality, visibility, (measure.enter - highest) / measure.enter),
          text: absentSentence(view, code),
          au: {
            ...noTimes,
            code,
            name,
            status: 'below-threshold',
            intensity: rounded(clamp(highest, 0, 5), 1),
            overBaseline: view.still ? null : rounded(over, 1),
          },
        },
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
        ...common,
        confidence: marginConfidence(1, 1, hidden ? 1 - visibility : 1),
        text: hidden ? hiddenSentence(view, code) : unmeasuredSentence(view, code),
        au: {
          ...noTimes,
          code,
          name,
          status: hidden ? 'not-visible' : 'not-measured',
          intensity: null,
          overBaseline: null,
        },
      },
    ];
  });
};

/** Units that are there at other times but stay away while their companion is present. */
const companionsOf = (view: SubjectView, measures: readonly UnitMeasure[], source: string): Draft[] => {
  if (view.still) {
    return [];
  }
  return COMPANIONS.flatMap(({ code, during }) => {
    const absent = measures.find((measure) => measure.code === code);
    const leading = measures.find((measure) => measure.code === during);
    if (absent === undefined || leading === undefined || absent.state !== 'seen' || absent.episodes.length === 0) {
      return [];
    }
    const spans = absent.episodes.map(
      ({ first, last }) => [at(absent.series.t, first), at(absent.series.t, last)] as const,
    );
    return presentOf(view, leading, source).flatMap(({ draft: { range } }): Draft[] => {
      const values = within(absent.series, range.startMs, range.endMs);
      if (values.length === 0 || spans.some(([from, to]) => from < range.endMs && to >= range.startMs)) {
        return [];
      }
      const highest = quantile(values, 0.95);
      return [
        {
          kind: 'action-unit',
          subject: view.id,
          range,
          confidence: marginConfidence(
            qualityIn(view, range.startMs, range.endMs),
            absent.visibility,
            (absent.enter - highest) / absent.enter,
          ),
          source,
          text: companionSentence(view, code, during, range),
          au: {
            ...noTimes,
            code,
            name: actionUnit(code).name,
            status: 'below-threshold',
            intensity: rounded(clamp(highest, 0, 5), 1),
            overBaseline: rounded(highest - absent.rest.level, 1),
          },
        },
      ];
    });
  });
};

const indexOfLargest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let index = 1; index < values.length; index += 1) {
    if (at(values, index) > at(values, best)) {
      best = index;
    }
  }
  return best;
};
