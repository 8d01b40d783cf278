import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../contracts/index.ts';
import { ACCOMPANIMENTS, ONE_SIDED_LIP_CORNER } from '../../facs/index.ts';
import type { Evidence, UnitEvidence } from './evidence.ts';
import { ARTICULATORS, OVERLOOKED, OVERLOOKED_OTHERWISE, WEIGHTS } from './weights.ts';

/** How one action unit stands at one moment. */
export type UnitState = {
  /** `unknown`: hidden or not measured; it neither speaks for nor against anything. */
  status: 'present' | 'absent' | 'unlisted' | 'unknown';
  left: number;
  right: number;
  /** P(the muscle acts | what was measured), 0–1. */
  presence: number;
  /** How much of the evidence counts, 0–1. */
  reliability: number;
  /** The statements it rests on. */
  cites: readonly string[];
};

/** The face at one moment. */
export type Moment = {
  ms: number;
  units: ReadonlyMap<ActionUnitCode, UnitState>;
  /** One lip corner acting alone; `null` where neither AU12 nor AU14 was measured. */
  oneSided: UnitState | null;
};

/** The other side of a unit reported on one side only: observations speak of a side where it holds under 55 % there. */
const OTHER_SIDE = 0.25;
/** What the stronger side adds to the whole face beyond the weaker one. */
const LEAD = 0.4;
/** Milliseconds that a movement takes to its plateau, where its apex is later than that. */
const RISE_MS = 600;

/** The state of every action unit at `ms`. */
export const momentAt = (evidence: Evidence, ms: number): Moment => {
  const speaking = evidence.speech.some(
    ({ speech, range, subject }) =>
      speech.speaker !== 'off-screen' && subject !== null && range.startMs <= ms && ms < range.endMs,
  );
  const units = new Map<ActionUnitCode, UnitState>();
  for (const code of ACTION_UNIT_CODES) {
    const state = stateOf(evidence, code, ms);
    const share = speaking && ARTICULATORS.has(code) ? WEIGHTS.speaking : 1;
    units.set(code, { ...state, reliability: state.reliability * share });
  }
  withoutAccompaniments(units);
  return { ms, units, oneSided: oneSidedCorner(units) };
};

const UNKNOWN: UnitState = { status: 'unknown', left: 0, right: 0, presence: 0.5, reliability: 0, cites: [] };

const stateOf = (evidence: Evidence, code: ActionUnitCode, ms: number): UnitState => {
  if (evidence.unmeasured.has(code)) {
    return UNKNOWN;
  }
  const all = evidence.units.filter((unit) => unit.code === code);
  const now = evidence.still
    ? all
    : all.filter((unit) => unit.startMs <= ms && ms < Math.max(unit.endMs, unit.startMs + 1));
  const present = now.filter((unit) => unit.status === 'present');
  if (present.length > 0) {
    return presentState(present, evidence.still ? null : ms);
  }
  if (now.some((unit) => unit.status === 'hidden')) {
    return UNKNOWN;
  }
  const absent = now.filter((unit) => unit.status === 'absent');
  const strongest = absent.reduce((most, unit) => Math.max(most, unit.intensity), 0);
  const listed = absent.length > 0;
  return {
    status: listed ? 'absent' : 'unlisted',
    left: strongest,
    right: strongest,
    presence: Math.max(OVERLOOKED[code] ?? OVERLOOKED_OTHERWISE, Math.min(presenceOf(strongest), ABSENT_MOST)),
    reliability: listed
      ? Math.sqrt(absent.reduce((sum, unit) => sum + unit.confidence, 0) / absent.length)
      : WEIGHTS.unlisted * Math.sqrt(evidence.trust),
    cites: absent.map((unit) => unit.id),
  };
};

const presentState = (units: readonly UnitEvidence[], ms: number | null): UnitState => {
  let left = 0;
  let right = 0;
  for (const unit of units) {
    const now = ms === null ? unit.intensity : unit.intensity * envelope(unit, ms);
    left = Math.max(left, unit.side === 'right' ? now * OTHER_SIDE : now);
    right = Math.max(right, unit.side === 'left' ? now * OTHER_SIDE : now);
  }
  const shown = units.every((unit) => unit.resting) ? 0 : PRESENT_LEAST;
  return {
    status: 'present',
    left,
    right,
    presence: Math.max(presenceOf(wholeFace(left, right)), shown),
    reliability: Math.sqrt(units.reduce((most, unit) => Math.max(most, unit.confidence), 0)),
    cites: units.map((unit) => unit.id),
  };
};

/** Share of the apex intensity that a movement has at `ms`. */
const envelope = (unit: UnitEvidence, ms: number): number => {
  const apex = unit.apexMs ?? ms;
  const ramp = (edge: number): number =>
    Math.min(1, Math.abs(ms - edge) / Math.max(1, Math.min(RISE_MS, Math.abs(apex - edge))));
  const from = ms < apex ? unit.onsetMs : unit.offsetMs;
  return from === null || ms === apex ? 1 : 0.35 + 0.65 * ramp(from);
};

const wholeFace = (left: number, right: number): number => Math.min(left, right) + LEAD * Math.abs(left - right);

/** Lead of one side that an even smile explains, as a share of its weaker side. */
const UNEVEN = 0.5;
/** A lead of one side is smaller than the movement that it belongs to. */
const LEAD_SCALE = 1.7;
const ABSENT_MOST = 0.42;
const PRESENT_LEAST = 0.55;

/**
 * P(the muscle acts | intensity): .1 at nothing (detectors miss things), about a half at the middle of A, .85 at B, .97 at
 * E. Rises everywhere.
 */
const presenceOf = (intensity: number): number =>
  0.1 + 0.87 * (1 - Math.exp(-((Math.max(0, intensity) / 1.25) ** 1.25)));

/** Takes from each unit what a stronger neighbour drags along (`ACCOMPANIMENTS`); only the rest speaks for its muscle. */
const withoutAccompaniments = (units: Map<ActionUnitCode, UnitState>): void => {
  const before = new Map(units);
  for (const [code, state] of before) {
    const driven = ACCOMPANIMENTS.filter((entry) => entry.code === code).reduce((most, { driver, share }) => {
      const source = before.get(driver);
      return source?.status === 'present' ? Math.max(most, share * wholeFace(source.left, source.right)) : most;
    }, 0);
    if (state.status === 'present' && driven > 0 && code !== 'AU6') {
      const own = Math.max(0, wholeFace(state.left, state.right) - driven);
      // What is dragged along says nothing either way; it is no evidence against the muscle.
      units.set(code, { ...state, presence: Math.min(state.presence, Math.max(presenceOf(own), 0.5)) });
    }
  }
};

const oneSidedCorner = (units: ReadonlyMap<ActionUnitCode, UnitState>): UnitState | null => {
  const corners = ONE_SIDED_LIP_CORNER.codes
    .map((code) => units.get(code))
    .filter((state) => state !== undefined && state.status !== 'unknown');
  // A smile on both sides is seldom even, and deepens one corner more than the other.
  const pull = units.get('AU12');
  const even = pull?.status === 'present' ? UNEVEN * Math.min(pull.left, pull.right) : 0;
  const leadOf = (state: UnitState | undefined): number => {
    const lead = state === undefined ? 0 : state.left - state.right;
    return Math.sign(lead) * Math.max(0, Math.abs(lead) - even);
  };
  const strongest = corners.map(leadOf).reduce((most, lead) => (Math.abs(lead) > Math.abs(most) ? lead : most), 0);
  const [first] = corners;
  if (first === undefined) {
    return null;
  }
  const difference = Math.abs(strongest);
  const lead = difference > ONE_SIDED_LIP_CORNER.tolerance ? difference : 0;
  const leading = corners.filter((state) => leadOf(state) === strongest);
  const source = lead > 0 ? leading : corners;
  return {
    status: lead > 0 ? 'present' : 'absent',
    left: strongest > 0 ? lead : 0,
    right: strongest < 0 ? lead : 0,
    presence: lead > 0 ? Math.max(PRESENT_LEAST, presenceOf(LEAD_SCALE * lead)) : presenceOf(0),
    reliability: Math.max(...corners.map((state) => state?.reliability ?? 0)),
    cites: source.flatMap((state) => state?.cites ?? []),
  };
};
