import { isTimeless, type Observation } from '../../contracts/index.ts';
import type { TimeFacet } from '../read/reading.ts';
import type { Evidence } from './evidence.ts';

/** Frames and rounding make two right clocks differ by this much. */
const LEAST_TOLERANCE_MS = 80;

/** "They peak between 7.0 and 7.2 s": a peak is a moment, and no range around it is much wider. */
const WIDEST_PEAK_MS = 1200;

/** A stretch no longer than this may be a moment that is given loosely. */
const LOOSE_MOMENT_MS = 700;

type Moments = { start: number; end: number; onset: number | null; apex: number | null; offset: number | null };

const momentsOf = (observation: Observation): Moments => ({
  start: observation.range.startMs,
  end: observation.range.endMs,
  onset: observation.kind === 'action-unit' ? observation.au.onsetMs : null,
  apex: observation.kind === 'action-unit' ? observation.au.apexMs : null,
  offset: observation.kind === 'action-unit' ? observation.au.offsetMs : null,
});

const known = (...moments: readonly (number | null)[]): number[] => moments.filter((moment) => moment !== null);

const near = (ms: number, moments: readonly number[], tolerance: number): boolean =>
  moments.some((moment) => Math.abs(moment - ms) <= tolerance);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms % 100 === 0 ? 1 : 2)} s`;

/** "o3 lasts from 0.5 s to 2.4 s with its peak at 1.8 s". */
const described = (observation: Observation): string => {
  const { start, end, apex } = momentsOf(observation);
  return `${observation.id} lasts from ${seconds(start)} to ${seconds(end)}${apex === null ? '' : ` with its peak at ${seconds(apex)}`}`;
};

const pointFits = (facet: Extract<TimeFacet, { kind: 'point' }>, moments: Moments, absence: boolean): boolean => {
  const tolerance = Math.max(LEAST_TOLERANCE_MS, facet.precisionMs / 2 + 40);
  const { start, end, onset, apex, offset } = moments;
  const inside = facet.ms >= start - tolerance && facet.ms <= end + tolerance;
  const by = {
    onset: known(onset, start),
    apex: apex === null ? null : [apex],
    offset: known(offset, end),
    held: null,
    plain: known(start, onset, apex, offset, end),
  }[facet.role];
  if (facet.bound !== null) {
    const candidates = facet.role === 'plain' || by === null ? [start] : by;
    return candidates.some((moment) =>
      facet.bound === 'before' ? moment <= facet.ms + tolerance : moment >= facet.ms - tolerance,
    );
  }
  return absence || by === null ? inside : near(facet.ms, by, tolerance);
};

const rangeFits = (
  facet: Extract<TimeFacet, { kind: 'range' }>,
  moments: Moments,
  absence: boolean,
  evidence: Evidence,
): boolean => {
  const tolerance = Math.max(LEAST_TOLERANCE_MS, facet.precisionMs / 2 + 40);
  const { start, end, onset, apex, offset } = moments;
  const inside = (ms: number): boolean => ms >= facet.startMs - tolerance && ms <= facet.endMs + tolerance;
  if (absence) {
    return facet.startMs >= start - tolerance && facet.endMs <= end + tolerance;
  }
  if (facet.role === 'apex' && apex !== null) {
    return inside(apex) && Math.max(apex - facet.startMs, facet.endMs - apex) <= WIDEST_PEAK_MS + tolerance;
  }
  // "starting at 4.1–4.2 s": of several movements, the first and the last.
  const moment = facet.role === 'onset' ? (onset ?? start) : facet.role === 'offset' ? (offset ?? end) : null;
  if (moment !== null && inside(moment) && facet.endMs - facet.startMs <= WIDEST_PEAK_MS) {
    return true;
  }
  // "At 9–9.5 s the lids go up": a moment, given loosely.
  if (
    facet.role === 'plain' &&
    facet.endMs - facet.startMs <= LOOSE_MOMENT_MS &&
    known(onset ?? start, apex).some(inside)
  ) {
    return true;
  }
  const { range } = evidence.scope;
  const wholeScope = near(facet.startMs, [range.startMs], tolerance) && near(facet.endMs, [range.endMs], tolerance);
  if (wholeScope && inside(start) && inside(end)) {
    return true;
  }
  return (
    near(facet.startMs, known(start, onset, apex), tolerance) && near(facet.endMs, known(apex, offset, end), tolerance)
  );
};

const durationFits = (
  facet: Extract<TimeFacet, { kind: 'duration' }>,
  { start, end, onset, apex, offset }: Moments,
): boolean => {
  const from = onset ?? start;
  const to = offset ?? end;
  const lengths = [end - start, to - from, ...(apex === null ? [] : [apex - from, to - apex])];
  return lengths.some((length) => length >= facet.fromMs && length <= facet.toMs);
};

/** Whether something is going on in the first, or in the last, so many seconds of what is explained. */
const atEdge = (
  { edge, ms, held }: Extract<TimeFacet, { kind: 'edge' }>,
  { start, end }: Moments,
  { scope: { range } }: Evidence,
): boolean =>
  held
    ? Math.abs(edge === 'start' ? end - range.startMs - ms : range.endMs - ms - start) <= Math.max(400, ms * 0.15)
    : edge === 'start'
      ? start <= range.startMs + ms + LEAST_TOLERANCE_MS
      : end >= range.endMs - ms - LEAST_TOLERANCE_MS;

/** Whether an observation lies well inside the time of a denial, and so speaks against it. */
export const isDuring = (facet: TimeFacet, observation: Observation): boolean => {
  const { startMs, endMs } = observation.range;
  if (facet.kind === 'point') {
    const margin = Math.max(LEAST_TOLERANCE_MS, facet.precisionMs / 2 + 40);
    // "does not widen from 9 s on" denies all that follows.
    return (facet.role === 'onset' || facet.ms > startMs + margin) && facet.ms < endMs - margin;
  }
  return (
    facet.kind !== 'range' || (facet.endMs > startMs + LEAST_TOLERANCE_MS && facet.startMs < endMs - LEAST_TOLERANCE_MS)
  );
};

/** Why the time of a claim does not fit the observation, or `null` where it does. `absence`: the claim denies. */
export const timeProblem = (
  facet: TimeFacet,
  observation: Observation,
  evidence: Evidence,
  absence: boolean,
): string | null => {
  const { clip, sampling } = evidence.analysis;
  if (isTimeless(clip)) {
    return facet.kind === 'duration' && facet.words !== '' ? null : `it says ${facet.words}, but a photo has no times`;
  }
  const moments = momentsOf(observation);
  const problem = `it says ${facet.words}, but ${described(observation)}`;
  if (facet.kind === 'duration') {
    // "The voice is heard for 1.9 s": a length that only the sentence of the observation gives.
    const given = observation.kind !== 'action-unit' && observation.text.includes(facet.words);
    return given || durationFits(facet, moments) ? null : problem;
  }
  if (facet.kind === 'edge') {
    return atEdge(facet, moments, evidence) ? null : problem;
  }
  if (facet.kind === 'range') {
    return rangeFits(facet, moments, absence, evidence) ? null : problem;
  }
  if (facet.kind === 'frame') {
    const rate = clip.fps ?? sampling.fps;
    const ms = rate > 0 ? (facet.frame / rate) * 1000 : 0;
    const point = {
      kind: 'point',
      ms,
      precisionMs: rate > 0 ? 3000 / rate : 100,
      role: facet.role,
      bound: null,
      words: facet.words,
    } as const;
    return pointFits(point, moments, absence) ? null : problem;
  }
  const length = { kind: 'duration', fromMs: facet.ms - 120, toMs: facet.ms + 120, words: facet.words } as const;
  return pointFits(facet, moments, absence) || (facet.orLength === true && durationFits(length, moments))
    ? null
    : problem;
};
