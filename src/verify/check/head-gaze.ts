import type { Observation, ObservationOf } from '../../contracts/index.ts';
import type { GazeReading, HeadReading } from '../read/reading.ts';
import { type Evidence, isAbout, isKind, measuredOf } from './evidence.ts';
import { contradicted, listIds, type Outcome, supported, unsupported } from './outcome.ts';
import { timeProblem } from './time.ts';

/** Degrees from which a pose may be called turned, tilted, raised or lowered. */
const TURNED = 4;
const RATHER_STRAIGHT = 15;
/** Degrees up to which a pose may be called slight, and from which strong; in between it is either. */
const SLIGHT_MOST = 25;
const STRONG_LEAST = 20;

type Head = ObservationOf<'head'>;
type Gaze = ObservationOf<'gaze'>;

const sideFits = (reading: HeadReading, degrees: number, text: string): boolean => {
  if (reading.side !== 'left' && reading.side !== 'right') {
    return true;
  }
  const other = reading.side === 'left' ? 'right' : 'left';
  if (Math.abs(degrees) < 1) {
    return text.includes(reading.side) || !text.includes(other);
  }
  return degrees > 0 === (reading.side === 'left');
};

/** Whether "slightly" or "strongly" suits the angle of the pose. */
const strengthFits = ({ movement, strength }: HeadReading, { head }: Head): boolean => {
  const degrees = Math.abs(movement === 'tilt' ? head.roll : movement === 'turn' ? head.yaw : head.pitch);
  return (
    strength === null ||
    degrees === 0 ||
    ((strength.to > 2.5 || degrees <= SLIGHT_MOST) && (strength.from < 2.25 || degrees >= STRONG_LEAST))
  );
};

export const headFits = (reading: HeadReading, { head, text }: Head): boolean => {
  const { yaw, pitch, roll, movement } = head;
  const words = text.toLowerCase();
  switch (reading.movement) {
    case 'nod':
    case 'shake':
      return movement === reading.movement;
    case 'tilt':
      return (movement === 'tilt' || Math.abs(roll) >= TURNED) && sideFits(reading, roll, words);
    case 'turn':
      return (movement === 'turn' || Math.abs(yaw) >= TURNED) && sideFits(reading, yaw, words);
    case 'raise':
      return pitch >= TURNED || words.includes('lifts') || words.includes('raised');
    case 'lower':
      return pitch <= -TURNED || words.includes('drops') || words.includes('lowered');
    case 'still':
      return (
        movement === 'still' ||
        (movement === null && Math.max(Math.abs(yaw), Math.abs(pitch), Math.abs(roll)) < RATHER_STRAIGHT)
      );
  }
};

const degreesFit = (degrees: number | null, measured: readonly number[], text: string): boolean =>
  degrees === null ||
  measured.some((angle) => Math.abs(Math.abs(angle) - degrees) <= 1.5) ||
  text.includes(`${degrees}°`);

const timesFit = (reading: HeadReading | GazeReading, observation: Observation, evidence: Evidence): boolean =>
  reading.times.every(
    (facet) => timeProblem(facet, observation, evidence, facet.kind === 'point' && facet.role === 'plain') === null,
  );

const judge = <Kind extends Head | Gaze>(
  pool: readonly Kind[],
  foreign: readonly Kind[],
  what: string,
  polarity: HeadReading['polarity'],
  fits: (observation: Kind) => boolean,
  timed: (observation: Kind) => boolean,
): Outcome => {
  if (pool.length === 0) {
    return foreign.length > 0
      ? contradicted(foreign, `${listIds(foreign)} is about ${foreign[0]?.subject ?? 'somebody else'}.`)
      : unsupported([], `No observation that the sentence cites is about the ${what}.`);
  }
  const fitting = pool.filter(fits);
  if (polarity === 'absent') {
    return fitting.length === 0
      ? supported(pool, `${listIds(pool)} shows nothing of the kind.`)
      : contradicted(fitting, `${listIds(fitting)} shows it.`);
  }
  const good = fitting.filter(timed);
  if (good.length > 0) {
    return supported(good, `${listIds(good)} says so.`);
  }
  return fitting.length > 0
    ? contradicted(fitting, `${listIds(fitting)} has it at another time: ${fitting[0]?.text ?? ''}`)
    : contradicted(pool, `${listIds(pool)} says otherwise: ${pool[0]?.text ?? ''}`);
};

/** Checks what a sentence says of the head: movement, direction, degrees, time. */
export const checkHead = (reading: HeadReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const foreign = cited.filter(isKind('head'));
  const pool = foreign.filter((observation) => isAbout(observation, reading.person, evidence.scope));
  const fits = (observation: Head): boolean =>
    headFits(reading, observation) &&
    strengthFits(reading, observation) &&
    degreesFit(
      reading.degrees,
      [observation.head.yaw, observation.head.pitch, observation.head.roll],
      observation.text,
    );
  return judge(pool, foreign, 'head', reading.polarity, fits, (observation) =>
    timesFit(reading, observation, evidence),
  );
};

export const gazeFits = ({ direction }: GazeReading, { gaze, text }: Gaze): boolean => {
  if (direction === 'away') {
    return gaze.direction !== 'camera';
  }
  const diagonal = {
    left: gaze.yaw > TURNED,
    right: gaze.yaw < -TURNED,
    up: gaze.pitch > TURNED,
    down: gaze.pitch < -TURNED,
    camera: false,
  }[direction];
  return (
    gaze.direction === direction || (gaze.direction !== 'camera' && diagonal && text.toLowerCase().includes(direction))
  );
};

/** Checks where a sentence says that the eyes look. */
export const checkGaze = (reading: GazeReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const foreign = cited.filter(isKind('gaze'));
  const pool = foreign.filter((observation) => isAbout(observation, reading.person, evidence.scope));
  // "looks up" after having looked down may end at the camera.
  const looksUp = (observation: Gaze): boolean =>
    reading.direction === 'up' &&
    observation.gaze.direction === 'camera' &&
    measuredOf(evidence, reading.person).some(
      (other) =>
        other.kind === 'gaze' && other.gaze.direction === 'down' && other.range.startMs < observation.range.startMs,
    );
  const fits = (observation: Gaze): boolean =>
    (gazeFits(reading, observation) || looksUp(observation)) &&
    degreesFit(reading.degrees, [observation.gaze.yaw, observation.gaze.pitch], observation.text);
  return judge(pool, foreign, 'gaze', reading.polarity, fits, (observation) =>
    timesFit(reading, observation, evidence),
  );
};
