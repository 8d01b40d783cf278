import { isTimeless, type Observation } from '../../contracts/index.ts';
import type { DelayReading, EventReading, OrderReading, StrongerReading, UnitReading } from '../read/reading.ts';
import { type ActionUnitObservation, type Evidence, isAbout, isKind, unitsAmong } from './evidence.ts';
import { gazeFits, headFits } from './head-gaze.ts';
import { contradicted, listIds, type Outcome, supported, unsupported, untestable } from './outcome.ts';
import { holdsWords } from './quote.ts';
import { isOfFamily } from './voice.ts';

/** Moments closer than this are not one before the other. */
const SAME_MOMENT_MS = 20;

const shownAmong = (
  reading: { codes: UnitReading['codes']; person: string | null },
  cited: readonly Observation[],
  evidence: Evidence,
): ActionUnitObservation[] =>
  unitsAmong(
    cited.filter((observation) => isAbout(observation, reading.person, evidence.scope)),
    reading.codes,
  ).filter((observation) => observation.au.status === 'present');

const OPPOSITE = { left: 'right', right: 'left' } as const;

/** Of several observations of a unit, those that the side in the sentence allows: "the *left* brow before both". */
const onSide = (
  sides: UnitReading['sides'],
  observations: readonly ActionUnitObservation[],
): ActionUnitObservation[] => {
  const side = sides.find((named) => named === 'left' || named === 'right') ?? sides[0] ?? null;
  const allowed = observations.filter((observation) =>
    side === 'left' || side === 'right'
      ? observation.au.side === side
      : side !== 'both' || observation.au.side === 'both',
  );
  return allowed.length > 0
    ? allowed
    : observations.filter(
        (observation) => (side !== 'left' && side !== 'right') || observation.au.side !== OPPOSITE[side],
      );
};

const momentOf = (reading: EventReading, observation: Observation): number => {
  if (reading.kind !== 'unit' || observation.kind !== 'action-unit') {
    return reading.kind === 'heard' && reading.ends ? observation.range.endMs : observation.range.startMs;
  }
  const { onsetMs, apexMs, offsetMs } = observation.au;
  if (reading.event === 'offset') {
    return offsetMs ?? observation.range.endMs;
  }
  return reading.event === 'apex' && apexMs !== null ? apexMs : (onsetMs ?? observation.range.startMs);
};

const apexOf = (observation: Observation): number | null =>
  observation.kind === 'action-unit' ? observation.au.apexMs : null;

const comesFirst = (first: EventReading, one: Observation, second: EventReading, other: Observation): boolean => {
  const difference = momentOf(second, other) - momentOf(first, one);
  if (Math.abs(difference) > SAME_MOMENT_MS) {
    return difference > 0;
  }
  const [early, late] = [apexOf(one), apexOf(other)];
  return early !== null && late !== null && late - early > SAME_MOMENT_MS;
};

/** "The smile peaks first, the jaw drop later" means the peaks of both. */
const inOrder = (first: EventReading, one: Observation, second: EventReading, other: Observation): boolean => {
  if (comesFirst(first, one, second, other)) {
    return true;
  }
  if (first.kind !== 'unit' || second.kind !== 'unit') {
    return false;
  }
  return (
    (second.event === null &&
      first.event !== null &&
      comesFirst(first, one, { ...second, event: first.event }, other)) ||
    (first.event === null && second.event !== null && comesFirst({ ...first, event: second.event }, one, second, other))
  );
};

/** The observations that show what happens: a movement, a turn of the head or of the eyes, words, a sound. */
const showing = (event: EventReading, cited: readonly Observation[], evidence: Evidence): Observation[] => {
  if (event.kind === 'unit') {
    return onSide(event.sides, shownAmong(event, cited, evidence));
  }
  const own = cited.filter((observation) => isAbout(observation, event.person, evidence.scope));
  switch (event.kind) {
    case 'head':
      return own.filter(isKind('head')).filter((observation) => headFits(event, observation));
    case 'gaze':
      return own.filter(isKind('gaze')).filter((observation) => gazeFits(event, observation));
    case 'voice':
      return own.filter(isKind('voice')).filter((observation) => isOfFamily(observation, event.meanings));
    case 'quote':
      return cited.filter(isKind('speech')).filter((observation) => holdsWords(observation, event.quote));
    case 'heard':
      return event.what === 'speech'
        ? cited.filter(isKind('speech'))
        : cited.filter(isKind('voice')).filter(({ voice }) => voice.feature === 'burst');
  }
};

const overlaps = (one: Observation, other: Observation): boolean =>
  one.range.startMs < other.range.endMs && other.range.startMs < one.range.endMs;

/** Checks which of two movements came first, or that they were there together. */
export const checkOrder = (
  reading: OrderReading,
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome | null => {
  const ones = showing(reading.first, cited, evidence);
  const others = showing(reading.second, cited, evidence);
  // The same words named twice ("that sentence") come neither before nor after themselves.
  const same = ones.some((one) => others.includes(one));
  if (ones.length === 0 || others.length === 0 || same) {
    return null;
  }
  const both = [...ones, ...others];
  if (isTimeless(evidence.analysis.clip)) {
    return reading.order === 'while'
      ? supported(both, 'Both are in the one picture.')
      : unsupported(both, 'A photo has no before and after.');
  }
  const holds = ones.some((one) =>
    others.some((other) =>
      reading.order === 'while' ? overlaps(one, other) : inOrder(reading.first, one, reading.second, other),
    ),
  );
  if (holds) {
    return supported(both, `The times of ${listIds(both)} agree.`);
  }
  return contradicted(
    both,
    reading.order === 'while'
      ? `${listIds(both)} do not overlap in time.`
      : `The times of ${listIds(both)} say another order.`,
  );
};

const strongest = (observations: readonly ActionUnitObservation[]): number =>
  Math.max(0, ...observations.map((observation) => observation.au.intensity ?? 0));

/** Checks "stronger on the left" and "stronger than". */
export const checkStronger = (reading: StrongerReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const shown = shownAmong(reading, cited, evidence);
  const { than } = reading;
  if ('codes' in than) {
    const others = shownAmong({ codes: than.codes, person: reading.person }, cited, evidence);
    if (shown.length === 0 || others.length === 0) {
      return untestable('The two cannot be compared from what is cited.');
    }
    const both = [...shown, ...others];
    const more = strongest(shown) > strongest(others);
    return more === than.more
      ? supported(both, `${listIds(both)} say so.`)
      : contradicted(both, `The intensities of ${listIds(both)} say the opposite.`);
  }
  const left = shown.filter((observation) => observation.au.side === 'left');
  const right = shown.filter((observation) => observation.au.side === 'right');
  if (left.length + right.length > 0) {
    const winner = strongest(left) > strongest(right) ? 'left' : 'right';
    return winner === than.side
      ? supported([...left, ...right], `${listIds([...left, ...right])} say so.`)
      : contradicted([...left, ...right], `${listIds([...left, ...right])} say that the ${winner} is the stronger.`);
  }
  const words = shown.map((observation) => observation.text.toLowerCase());
  const said = words.some(
    (text) => text.includes(`stronger on the ${than.side}`) || text.includes(`more on the ${than.side}`),
  );
  const opposite = words.some((text) => /(?:stronger|more) on the (?:left|right)/.test(text));
  if (said) {
    return supported(shown, `${listIds(shown)} says so.`);
  }
  return shown.length === 0
    ? unsupported([], 'No observation that the sentence cites tells the sides apart.')
    : opposite
      ? contradicted(shown, `${listIds(shown)} says the opposite side.`)
      : unsupported(shown, `${listIds(shown)} does not tell the sides apart.`);
};

/** Checks how far two movements lie apart: from onset to onset, from peak to peak, or between the moments named. */
export const checkDelay = (
  reading: DelayReading,
  cited: readonly Observation[],
  evidence: Evidence,
): Outcome | null => {
  const ones = shownAmong(reading.first, cited, evidence);
  const others = shownAmong(reading.second, cited, evidence);
  if (ones.length === 0 || others.length === 0) {
    return null;
  }
  const apart = (from: number | null, to: number | null): boolean =>
    from !== null && to !== null && Math.abs(Math.abs(to - from) - reading.ms) <= reading.toleranceMs;
  const fits = ones.some((one) =>
    others.some(
      (other) =>
        apart(one.range.startMs, other.range.startMs) ||
        apart(one.range.endMs, other.range.endMs) ||
        apart(one.au.onsetMs, other.au.onsetMs) ||
        apart(one.au.apexMs, other.au.apexMs) ||
        apart(one.au.offsetMs, other.au.offsetMs) ||
        apart(momentOf(reading.first, one), momentOf(reading.second, other)),
    ),
  );
  const both = [...ones, ...others];
  return fits
    ? supported(both, `The times of ${listIds(both)} agree.`)
    : contradicted(
        both,
        `It says ${reading.words} between the two, and the times of ${listIds(both)} do not lie so far apart.`,
      );
};
