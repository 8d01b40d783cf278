/** Pictures for reasoners that look: a few moments at which the face moves most, and one at which it rests. */
import type { ExplainOptions, Percepts, Still, TimeRange } from '../contracts/index.ts';
import type { Perception } from '../perceive/index.ts';
import type { Reasoner } from '../reason/reasoner.ts';
import { framesRefused } from '../reason/vlm/index.ts';
import { apexStills, type PerceiveContext } from './perceive-side.ts';

/** Pictures of the strongest moments, for each person: what a model on a processor sees in a few seconds. */
const MOST_APEXES = 3;
/** Moments nearer than this show one movement. */
const APART_MS = 700;

type Moment = { subject: string; ms: number; role: 'apex' | 'baseline' };

/**
 * The moments of one person, strongest first, then the baseline. Blinks are passed over where there is anything else: they
 * show a face with its eyes shut.
 */
export const momentsOf = (percepts: Percepts, subject: Percepts['subjects'][number], range: TimeRange): Moment[] => {
  const columns = Object.entries(subject.actionUnits).filter(([code]) => code !== 'AU43' && code !== 'AU45');
  const lids = subject.actionUnits.AU45;
  const measured = subject.t.flatMap((ms, index) => {
    const outside = percepts.clip.kind !== 'image' && (ms < range.startMs || ms >= range.endMs);
    const values = columns.map(([, column]) => ({ value: column.both[index] ?? null, threshold: column.threshold }));
    if (outside || values.every(({ value }) => value === null)) {
      return [];
    }
    const blinks = lids !== undefined && (lids.both[index] ?? 0) >= lids.threshold;
    const strength = values.reduce((sum, { value, threshold }) => sum + Math.max(0, (value ?? 0) - threshold), 0);
    return [{ ms, strength, blinks }];
  });
  const open = measured.filter(({ blinks }) => !blinks);
  const usable = open.length > 0 ? open : measured;
  const strongest = [...usable].sort((a, b) => b.strength - a.strength || a.ms - b.ms);
  const apexes: typeof usable = [];
  for (const moment of strongest) {
    // What does not move is no apex, except where nothing moves at all.
    if (apexes.length > 0 && moment.strength <= 0) {
      break;
    }
    if (apexes.every(({ ms }) => Math.abs(ms - moment.ms) >= APART_MS)) {
      apexes.push(moment);
    }
    if (apexes.length === MOST_APEXES) {
      break;
    }
  }
  const rest = strongest.at(-1);
  const [top] = apexes;
  const hasRest =
    rest !== undefined &&
    top !== undefined &&
    rest.strength < top.strength / 2 &&
    Math.abs(rest.ms - top.ms) >= APART_MS / 2;
  return [
    ...apexes.map(({ ms }) => ({ subject: subject.id, ms, role: 'apex' as const })),
    ...(hasRest ? [{ subject: subject.id, ms: rest.ms, role: 'baseline' as const }] : []),
  ];
};

export type StillsWanted = {
  perception: Perception;
  path: string;
  percepts: Percepts;
  /** `P1`, or everybody. */
  subject: string;
  range: TimeRange;
  /** `allowRemoteFrames`: goes with each picture. */
  mayLeave: boolean;
};

/** Refuses before anything is measured what would be refused when the pictures are there. */
export const assertFramesMayLeave = ({ capabilities }: Reasoner, options: ExplainOptions): void => {
  if (typeof capabilities.framesTo === 'string' && !options.allowRemoteFrames) {
    throw framesRefused(capabilities.framesTo);
  }
};

/** The pictures of everybody who is asked about. Measurements that others made, and recordings, have none. */
export const stillsForReasoning = async (
  { perception, path, percepts, subject, range, mayLeave }: StillsWanted,
  context: PerceiveContext,
): Promise<Still[]> => {
  if (percepts.clip.kind === 'percepts' || percepts.clip.kind === 'audio') {
    return [];
  }
  const moments = percepts.subjects
    .filter(({ id }) => subject === 'all' || subject === id)
    .flatMap((each) => momentsOf(percepts, each, range));
  const stills = await apexStills(perception, path, percepts, moments, context);
  return stills.map((still) => ({
    ...still,
    mayLeave,
    role: moments.find((moment) => moment.subject === still.subject && moment.ms === still.ms)?.role,
  }));
};
