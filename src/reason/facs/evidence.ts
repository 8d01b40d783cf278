import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  type Analysis,
  type IntensityLetter,
  type Observation,
  type ObservationOf,
  type Side,
  type TimeRange,
} from '../../contracts/index.ts';
import { isOfVoice } from './voice.ts';

/** One statement about an action unit, prepared for scoring. */
export type UnitEvidence = {
  id: string;
  code: ActionUnitCode;
  side: Side;
  status: 'present' | 'absent' | 'hidden';
  /** 0–5, less what is the person's resting look. */
  intensity: number;
  letter: IntensityLetter | null;
  confidence: number;
  startMs: number;
  endMs: number;
  onsetMs: number | null;
  apexMs: number | null;
  offsetMs: number | null;
  micro: boolean;
  /** The look of this face rather than a movement: held at the person's own resting level, or measured against it. */
  resting: boolean;
};

/** Everything about one person in one range that can speak for or against a reading. */
export type Evidence = {
  /** A photo: nothing has a time. */
  still: boolean;
  range: TimeRange;
  /** Whom it is about; `null` where no face is in the clip. */
  subject: string | null;
  /** "P2" where the clip shows several people; `null` where "the person" is clear. */
  name: string | null;
  units: readonly UnitEvidence[];
  /** Action units that nobody could measure here: neither present nor absent. */
  unmeasured: ReadonlySet<ActionUnitCode>;
  /** Mean confidence of the action-unit statements, 0–1; 0 where there are none. */
  trust: number;
  expression: ReadonlyArray<ObservationOf<'expression'>>;
  affect: ReadonlyArray<ObservationOf<'affect'>>;
  quality: ReadonlyArray<ObservationOf<'quality'>>;
  head: ReadonlyArray<ObservationOf<'head'>>;
  gaze: ReadonlyArray<ObservationOf<'gaze'>>;
  voice: ReadonlyArray<ObservationOf<'voice'>>;
  speech: ReadonlyArray<ObservationOf<'speech'>>;
};

/** Collects what was observed of the subject in the range. */
export const collectEvidence = (analysis: Analysis, subject: string | null, range: TimeRange): Evidence => {
  const still = analysis.clip.kind === 'image' || range.endMs <= range.startMs;
  const near = analysis.observations.filter(
    (observation) =>
      (observation.subject === subject || observation.subject === null) &&
      !isAnothersVoice(analysis, subject, observation) &&
      (still || overlaps(observation.range, range)),
  );
  const ofKind = <Kind extends Observation['kind']>(kind: Kind): ReadonlyArray<ObservationOf<Kind>> =>
    near.filter((observation): observation is ObservationOf<Kind> => observation.kind === kind);
  const units = ofKind('action-unit')
    .filter((observation) => observation.subject === subject && observation.au.status !== 'not-measured')
    .map(unitEvidence);
  const sure = units.filter((unit) => unit.status !== 'hidden');
  return {
    still,
    range: still ? { startMs: 0, endMs: 0 } : seenRange(analysis, subject, range),
    subject,
    name: analysis.subjects.length > 1 ? subject : null,
    units,
    unmeasured: unmeasuredUnits(analysis, ofKind('action-unit')),
    trust: sure.length === 0 ? 0 : sure.reduce((sum, unit) => sum + unit.confidence, 0) / sure.length,
    expression: ofKind('expression'),
    affect: ofKind('affect'),
    quality: ofKind('quality'),
    head: ofKind('head'),
    gaze: ofKind('gaze'),
    voice: ofKind('voice'),
    speech: ofKind('speech'),
  };
};

/**
 * A voice that nobody could be given counts for the one person in view, unless that person's lips keep still; among several
 * people it counts for none.
 */
const isAnothersVoice = (analysis: Analysis, subject: string | null, observation: Observation): boolean => {
  const heard = observation.kind === 'voice' || (observation.kind === 'affect' && isOfVoice(observation));
  const person = analysis.subjects.find(({ id }) => id === subject);
  return (
    heard &&
    observation.subject === null &&
    person !== undefined &&
    (analysis.subjects.length > 1 || person.speaks === false)
  );
};

const overlaps = (first: TimeRange, second: TimeRange): boolean =>
  first.startMs < second.endMs && (first.endMs > second.startMs || first.startMs === second.startMs);

/** The part of the range in which the person was seen. */
const seenRange = (analysis: Analysis, subject: string | null, range: TimeRange): TimeRange => {
  const person = analysis.subjects.find(({ id }) => id === subject);
  const startMs = Math.max(range.startMs, person?.firstMs ?? range.startMs);
  const endMs = Math.min(range.endMs, (person?.lastMs ?? range.endMs) + 1);
  return endMs > startMs ? { startMs, endMs } : range;
};

const unitEvidence = ({ id, range, confidence, au }: ObservationOf<'action-unit'>): UnitEvidence => {
  const status = au.status === 'present' ? 'present' : au.status === 'below-threshold' ? 'absent' : 'hidden';
  const raw = au.intensity ?? (status === 'present' ? 1 : 0);
  const { intensity, resting } = overRest(raw, au.overBaseline);
  return {
    id,
    code: au.code,
    side: au.side,
    status,
    intensity,
    letter: au.letter,
    confidence,
    startMs: range.startMs,
    endMs: range.endMs,
    onsetMs: au.onsetMs,
    apexMs: au.apexMs,
    offsetMs: au.offsetMs,
    micro: au.micro,
    resting:
      status === 'present' ? resting : status === 'absent' && raw >= REST_LEAST && raw - intensity >= REST_LEAST / 2,
  };
};

/** Level from which an absent unit is one that rests there, and not simply nothing. */
const REST_LEAST = 0.8;
/** Resting level at which half of it still counts as movement, and how sharply that changes. */
const REST_HALF = 2.8;
const REST_WIDTH = 0.5;

/**
 * The intensity without the person's resting look. A constant trace or slight level is how the face is built; nobody's
 * resting face holds a marked one, so that a smile held through the whole clip stays a smile.
 */
const overRest = (raw: number, overBaseline: number | null): { intensity: number; resting: boolean } => {
  if (overBaseline === null || overBaseline >= raw) {
    return { intensity: raw, resting: false };
  }
  const over = Math.max(0, overBaseline);
  const rest = raw - over;
  const kept = 1 / (1 + Math.exp(-(rest - REST_HALF) / REST_WIDTH));
  const intensity = over + rest * kept;
  return { intensity, resting: over < 0.5 && intensity < raw / 2 };
};

/** Codes named in `notMeasured`, and those whose only statements say so; all of them where nothing was measured. */
const unmeasuredUnits = (
  analysis: Analysis,
  observations: ReadonlyArray<ObservationOf<'action-unit'>>,
): ReadonlySet<ActionUnitCode> => {
  const named = new Set(analysis.notMeasured.flatMap(({ what }) => what.match(/\bAU\d+\b/g) ?? []));
  const measured = new Set(
    observations
      .filter(({ au }) => au.status === 'present' || au.status === 'below-threshold')
      .map(({ au }) => au.code),
  );
  const mentioned = new Set(observations.map(({ au }) => au.code));
  return new Set(
    ACTION_UNIT_CODES.filter((code) => {
      if (measured.has(code)) {
        return false;
      }
      return measured.size === 0 || named.has(code) || mentioned.has(code);
    }),
  );
};
