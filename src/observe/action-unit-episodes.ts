import type { ActionUnitCode, ActionUnitFact, TimeRange } from '../contracts/index.ts';
import { actionUnit, letterOf } from '../facs/index.ts';
import { ACTION_UNIT_HABITS } from './action-unit-habits.ts';
import type { UnitMeasure } from './action-unit-measure.ts';
import { shownSentence } from './action-unit-sentences.ts';
import { marginConfidence } from './confidence.ts';
import type { Draft } from './draft.ts';
import { shareWithin } from './mouthing.ts';
import type { Segment } from './segments.ts';
import { at, firstFrom, mean, quantile, rounded, within } from './series.ts';
import { SETTINGS } from './settings.ts';
import { sideOf, sidesOver } from './sides.ts';
import { qualityIn, type SubjectView } from './subject-view.ts';

export type UnitDraft = Extract<Draft, { kind: 'action-unit' }>;
/** A present unit and how much it stands out, by which the list is kept short. */
export type Episode = { draft: UnitDraft; weight: number };

/** When the mouth is open, and when the person speaks. */
export type MouthTimes = { open: readonly TimeRange[]; spoken: readonly TimeRange[] };

/** The present action unit of a photo, or its episodes in a clip, each with the side it is on. */
export const presentOf = (
  view: SubjectView,
  measure: UnitMeasure,
  source: string,
  { open, spoken }: MouthTimes,
): Episode[] => {
  if (measure.state !== 'seen') {
    return [];
  }
  if (view.still) {
    const part = stillPart(view, measure);
    return part.intensity < measure.threshold ? [] : [episodeOf(view, measure, part, source, { open, spoken })];
  }
  return measure.episodes.flatMap((segment) =>
    partsOf(view, measure, segment).map((part) => episodeOf(view, measure, part, source, { open, spoken })),
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

/** Units for which a smaller lead counts: over rest, a brow seldom rises unevenly without one side rising alone. */
const SIDES_TOLD_WELL: ReadonlySet<ActionUnitCode> = new Set(['AU1', 'AU2']);

const partsOf = (view: SubjectView, { code, series, halves, rest }: UnitMeasure, segment: Segment): Part[] => {
  const startMs = Math.round(segment.onsetMs ?? at(series.t, segment.first));
  const lastMs = at(series.t, segment.last) + view.stepMs;
  const endMs = Math.min(view.range.endMs, Math.max(startMs + 1, Math.round(segment.offsetMs ?? lastMs)));
  const peak = peakOf(series.v, segment.first, segment.last, rest.spread);
  const apexMs = Math.round(at(series.t, peak.apex));
  const whole: Part = {
    range: { startMs, endMs },
    side: 'both',
    onsetMs: segment.onsetMs === null ? null : startMs,
    apexMs,
    offsetMs: segment.offsetMs === null ? null : endMs,
    intensity: peak.intensity,
    bursts: segment.bursts,
    steady: peak.steady,
  };
  if (halves === null) {
    return [whole];
  }
  // Sides are read while the unit is over its threshold: at the feet of an episode both are near nothing.
  const lead = SIDES_TOLD_WELL.has(code) ? SETTINGS.sideOverRest : SETTINGS.side;
  const spans = sidesOver(halves, at(series.t, segment.first), lastMs, lead);
  if (spans.length < 2) {
    const near = [apexMs - SETTINGS.minimumMs, apexMs + SETTINGS.minimumMs + 1] as const;
    const [left, right] = [mean(within(halves.left, ...near)), mean(within(halves.right, ...near))];
    const side = sideOf(left, right, lead);
    return [{ ...whole, side }];
  }
  return spans.map(({ side, startMs: from, endMs: to }, index) => {
    const first = index === 0 ? whole.range.startMs : Math.round(from);
    const end = index === spans.length - 1 ? whole.range.endMs : Math.round(to);
    const low = firstFrom(series.t, from);
    const part = peakOf(series.v, low, Math.max(low, firstFrom(series.t, to) - 1), rest.spread);
    return {
      range: { startMs: first, endMs: Math.max(first + 1, end) },
      side,
      onsetMs: index === 0 ? whole.onsetMs : first,
      apexMs: Math.round(at(series.t, part.apex)),
      offsetMs: index === spans.length - 1 ? whole.offsetMs : end,
      intensity: part.intensity,
      bursts: 1,
      steady: part.steady,
    };
  });
};

type Peak = { apex: number; intensity: number; steady: boolean };

/**
 * The peak of an episode. One that stays at its height for most of its time has its apex where it first gets there: any
 * later frame would be strongest by noise alone, and would put two movements in an order that they do not have.
 */
const peakOf = (v: Float64Array, first: number, last: number, spread: number): Peak => {
  const values = v.subarray(first, last + 1);
  const largest = indexOfLargest(values);
  const intensity = at(values, largest);
  const steady = quantile(values, 0.5) >= intensity - SETTINGS.plateau;
  const reached = intensity - Math.max(SETTINGS.plateau / 3, 2 * spread);
  return { apex: first + (steady ? values.findIndex((value) => value >= reached) : largest), intensity, steady };
};

const episodeOf = (
  view: SubjectView,
  measure: UnitMeasure,
  part: Part,
  source: string,
  { open, spoken }: MouthTimes,
): Episode => {
  const { code, enter, rest, visibility } = measure;
  const intensity = rounded(part.intensity, 1);
  const letter = letterOf(intensity) ?? 'A';
  const over = part.intensity - rest.level;
  const lasted = (part.range.endMs - part.range.startMs) / 1000;
  const quality = qualityIn(view, part.range.startMs, part.range.endMs);
  const mouthing = ACTION_UNIT_HABITS[code].articulates && shareWithin(part.range, spoken) >= SETTINGS.spokenShare;
  const worth = mouthing ? SETTINGS.spokenWorth : 1;
  const confidence = marginConfidence(quality * worth, visibility, (part.intensity - enter) / 1.5);
  const micro = confidence >= SETTINGS.microConfidence && isMicro(view, measure, part, open);
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
  const text = shownSentence(view, { ...part, code, letter, intensity, micro, mouthing });
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

/** When the lips or the jaw are open, with the breath before and after. */
export const openMouth = (view: SubjectView, measures: readonly UnitMeasure[]): TimeRange[] =>
  measures
    .filter(({ code }) => code === 'AU25' || code === 'AU26')
    .flatMap(({ series, episodes }) =>
      episodes.map(({ first, last }) => ({
        startMs: at(series.t, first) - SETTINGS.mergeMs,
        endMs: at(series.t, last) + view.stepMs + SETTINGS.mergeMs,
      })),
    );

const indexOfLargest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let index = 1; index < values.length; index += 1) {
    if (at(values, index) > at(values, best)) {
      best = index;
    }
  }
  return best;
};
