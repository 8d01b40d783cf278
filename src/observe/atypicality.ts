/**
 * How irregular a person's movements are: a measurement with its parts named, after the idea of "Hugging Rain Man"
 * (Ji et al. 2024, arXiv 2411.13797), which lets raters score the atypicality of sequences of action units. It is no
 * rating and no norm, knows no groups of people, and says nothing about health.
 */
import { type ActionUnitCode, type NotMeasured, SIDED_ACTION_UNITS } from '../contracts/index.ts';
import { actionUnit, rarityOfPair } from '../facs/index.ts';
import { durationWord } from '../facs/time-words.ts';
import { ACTION_UNIT_HABITS } from './action-unit-habits.ts';
import type { UnitMeasure } from './action-unit-measure.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { at, clamp, finiteAt, firstFrom, mean, rounded } from './series.ts';
import { capitalized, qualityIn, type SubjectView, whose } from './subject-view.ts';

const RULE = {
  /** Below these there is no course to judge: a movement to and fro lasts about half a second, of 8 frames at 15 a second. */
  fromMs: 2000,
  /** 14.9 admits 15.00. */
  fps: 14.9,
  /** Least turn (0–5 scale) that counts as one, and in deviations of the column at rest; smaller ones are noise. */
  turn: 0.35,
  turnNoise: 4,
  /** Heads turned further than this (degrees) show one side of the face less than the other. */
  yaw: 20,
  /** Activity (seconds of units, units apart) below which there is nothing to judge. */
  activeSeconds: 0.5,
  /** Pairs are judged only where both units are this far (0–5) over their resting level. */
  paired: 1,
} as const;

export type Irregularity = { drafts: Draft[]; notMeasured: NotMeasured[] };

/**
 * One statement for a person who is seen for 2 s or longer at 15 analysed frames a second or more. Units that speech
 * moves, and the lids, are left out: they are irregular by their nature.
 */
export const observeIrregularity = (
  view: SubjectView,
  measures: readonly UnitMeasure[],
  source: string,
): Irregularity => {
  const reason = unfit(view);
  if (view.timeless) {
    return { drafts: [], notMeasured: [] };
  }
  const units = measures.filter(
    ({ code, state }) =>
      state === 'seen' && code !== 'AU43' && code !== 'AU45' && !ACTION_UNIT_HABITS[code].articulates,
  );
  const active = units.filter(({ episodes }) => episodes.length > 0);
  if (reason !== null || secondsOf(active) < RULE.activeSeconds) {
    return {
      drafts: [],
      notMeasured: [{ what: WHAT, why: reason ?? 'Too little moves in the face to judge how it moves.' }],
    };
  }
  const pairs = pairsOf(active);
  const parts = {
    jerk: share(jerkOf(active)),
    asymmetry: share(asymmetryOf(view, active)),
    coActivation: share(pairs.share),
  };
  const known = [parts.jerk, parts.asymmetry, parts.coActivation].filter((part) => part !== null);
  const score = rounded(mean(known), 2);
  const draft: Draft = {
    kind: 'dynamics',
    subject: view.id,
    range: view.range,
    confidence: confidenceOf(qualityIn(view, view.range.startMs, view.range.endMs) * 0.7),
    source,
    text: sentence(view, score, parts, pairs.rarest),
    dynamics: { score, parts, unit: 'share' },
  };
  return { drafts: [draft], notMeasured: [] };
};

const WHAT = 'irregularity of the movements';

const unfit = (view: SubjectView): string | null => {
  const seenMs = view.indices.length * view.stepMs;
  if (seenMs < RULE.fromMs) {
    return `The face is in view for ${durationWord(seenMs)}; it takes 2 s.`;
  }
  return view.fps < RULE.fps
    ? `The clip was analysed at ${rounded(view.fps, 1)} frames a second; it takes at least 15.`
    : null;
};

/** NaN (nothing to judge by) is not 0. */
const share = (value: number): number | null => (Number.isNaN(value) ? null : rounded(clamp(value, 0, 1), 2));

const secondsOf = (units: readonly UnitMeasure[]): number =>
  units.reduce(
    (sum, { episodes, series }) =>
      sum + episodes.reduce((time, { first, last }) => time + at(series.t, last) - at(series.t, first), 0),
    0,
  ) / 1000;

/**
 * Share of the way that movements take and take back within one episode: a rise to the apex and a fall to where it ends
 * need no other turn. 0 is smooth; a flutter between two levels approaches 1.
 */
const jerkOf = (units: readonly UnitMeasure[]): number => {
  let [way, needed] = [0, 0];
  for (const { series, episodes, rest } of units) {
    const least = Math.max(RULE.turn, RULE.turnNoise * rest.spread);
    for (const { first, last, apex } of episodes) {
      const turns = turnsOf(series.v, first, last, least);
      const direct =
        Math.abs(at(series.v, apex) - at(series.v, first)) + Math.abs(at(series.v, apex) - at(series.v, last));
      const walked = turns.slice(1).reduce((sum, value, index) => sum + Math.abs(value - at(turns, index)), 0);
      way += Math.max(walked, direct);
      needed += direct;
    }
  }
  return way === 0 ? Number.NaN : 1 - needed / way;
};

/** The levels at which a column turns by more than `least`, its first and last among them. */
const turnsOf = (v: Float64Array, first: number, last: number, least: number): number[] => {
  const turns = [at(v, first)];
  let [extreme, direction] = [at(v, first), 0];
  for (let index = first + 1; index <= last; index += 1) {
    const value = at(v, index);
    if (direction === 0) {
      direction = Math.abs(value - extreme) >= least ? Math.sign(value - extreme) : 0;
      extreme = direction === 0 ? extreme : value;
    } else if ((value - extreme) * direction > 0) {
      extreme = value;
    } else if (Math.abs(value - extreme) >= least) {
      turns.push(extreme);
      [extreme, direction] = [value, -direction];
    }
  }
  turns.push(direction === 0 ? at(v, last) : extreme);
  return turns;
};

const SIDED: ReadonlySet<ActionUnitCode> = new Set(SIDED_ACTION_UNITS);

/** Mean difference of the sides over the stronger one, each over its own resting level, in frontal frames of episodes. */
const asymmetryOf = (view: SubjectView, units: readonly UnitMeasure[]): number => {
  const frontal = frontalTimes(view);
  let [difference, strength] = [0, 0];
  for (const { code, halves, episodes, series } of units) {
    if (halves === null || !SIDED.has(code)) {
      continue;
    }
    for (const { first, last } of episodes) {
      const to = firstFrom(halves.left.t, at(series.t, last) + 1);
      for (let index = firstFrom(halves.left.t, at(series.t, first)); index < to; index += 1) {
        if (frontal.has(at(halves.left.t, index))) {
          const [left, right] = [Math.max(0, at(halves.left.v, index)), Math.max(0, at(halves.right.v, index))];
          difference += Math.abs(left - right);
          strength += Math.max(left, right);
        }
      }
    }
  }
  return strength === 0 ? Number.NaN : difference / strength;
};

const frontalTimes = ({ percepts, indices }: SubjectView): Set<number> =>
  new Set(
    indices
      // An unknown pose is no reason to leave a frame out: tables without one would never have sides.
      .filter((index) => !(Math.abs(finiteAt(percepts.head.yaw, index)) > RULE.yaw))
      .map((index) => percepts.t[index] ?? 0),
  );

type Pairs = { share: number; rarest: { one: ActionUnitCode; other: ActionUnitCode } | null };

/** Share of the time of pairs of active units that goes to pairs which no tabled expression has, by their rarity. */
const pairsOf = (units: readonly UnitMeasure[]): Pairs => {
  let [rare, time, most] = [0, 0, 0];
  let rarest: Pairs['rarest'] = null;
  for (const [index, one] of units.entries()) {
    for (const other of units.slice(index + 1)) {
      const together = togetherMs(one, other);
      const weighted = together * rarityOfPair(one.code, other.code);
      time += together;
      rare += weighted;
      if (weighted > most && weighted > 0.5 * together) {
        most = weighted;
        rarest = { one: one.code, other: other.code };
      }
    }
  }
  return { share: time === 0 ? Number.NaN : rare / time, rarest };
};

/** Milliseconds for which two units act at once. */
const togetherMs = (one: UnitMeasure, other: UnitMeasure): number => {
  let sum = 0;
  for (const a of one.episodes.filter(strongIn(one))) {
    for (const b of other.episodes.filter(strongIn(other))) {
      const start = Math.max(at(one.series.t, a.first), at(other.series.t, b.first));
      const end = Math.min(at(one.series.t, a.last), at(other.series.t, b.last));
      sum += Math.max(0, end - start);
    }
  }
  return sum;
};

const strongIn =
  ({ series, rest }: UnitMeasure) =>
  ({ apex }: UnitMeasure['episodes'][number]): boolean =>
    at(series.v, apex) - rest.level >= RULE.paired;

type Parts = { jerk: number | null; asymmetry: number | null; coActivation: number | null };

const sentence = (view: SubjectView, score: number, parts: Parts, rarest: Pairs['rarest']): string => {
  const pair =
    rarest === null ? '' : `, most of it ${actionUnit(rarest.one).code} with ${actionUnit(rarest.other).code}`;
  const named = [
    parts.jerk === null ? null : `${percent(parts.jerk)} of their way is taken back again`,
    parts.asymmetry === null ? null : `the sides differ by ${percent(parts.asymmetry)} of the stronger one`,
    parts.coActivation === null
      ? null
      : `${percent(parts.coActivation)} of what moves together is rarely paired${pair}`,
  ].filter((part) => part !== null);
  const listed = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named.join('');
  return capitalized(
    `${whose(view, 'movements')} are irregular to ${score.toFixed(2)} on a scale from 0 to 1: ${listed}.`,
  );
};

const percent = (value: number): string => `${Math.round(value * 100)}%`;
