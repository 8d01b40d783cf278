import type { ActionUnitCode } from '../../../contracts/index.ts';
import type { UnitEvidence } from '../evidence.ts';
import { unitsFor } from '../sway.ts';
import { UNIT_WEIGHTS } from '../weights.ts';
import type { Teller } from './teller.ts';

/** Units told of a photo, and of a clip, at most. */
const MOST_UNITS = 6;
const MOST_EPISODES = 5;
/** How salience is made up: of a unit whatever the reading, at the key moment, and as an event. */
const BASE = 0.35;
const AT_KEY = 1.4;
const EVENT = 1.6;

/** The present units that matter, those first that say most about the conclusion. */
export const salientUnits = (teller: Teller): UnitEvidence[] => {
  const { reading, named } = teller;
  const rival = named === 'neutral' ? reading.runnerUp : 'neutral';
  const { for: pro, against } = unitsFor(reading.key.moment, named, rival);
  const weight = new Map([...pro, ...against].map((sway) => [sway.code, sway.weight]));
  const atKey = new Set([...reading.key.moment.units.values()].flatMap(({ cites }) => cites));
  // What a stronger neighbour drags along is told last; what begins and ends in view, before what is simply there.
  const own = ({ id, code }: UnitEvidence): number =>
    atKey.has(id) ? Math.max(0.2, 2 * (reading.key.moment.units.get(code)?.presence ?? 0) - 1) : 0.7;
  const happens = ({ onsetMs, offsetMs }: UnitEvidence): number => (onsetMs === null || offsetMs === null ? 1 : EVENT);
  const salience = (unit: UnitEvidence): number =>
    ((weight.get(unit.code) ?? 0) + BASE) *
    (0.3 + unit.intensity) *
    (atKey.has(unit.id) ? AT_KEY : 1) *
    own(unit) *
    happens(unit);
  const most = reading.evidence.still ? MOST_UNITS : MOST_EPISODES;
  const present = reading.evidence.units.filter(
    ({ status, code }) => status === 'present' && UNIT_WEIGHTS[code] > 0 && !isLesserOpening(teller, code),
  );
  const sorted = [...present].sort((a, b) => salience(b) - salience(a));
  // Each unit once before any unit twice: six smiles say less than a smile and a raised brow.
  const repeats = (unit: UnitEvidence, index: number): number =>
    sorted.slice(0, index).filter(({ code, side }) => code === unit.code && side === unit.side).length;
  const ranked = sorted.map((unit, index) => ({
    unit,
    worth: salience(unit) * (happens(unit) > 1 ? 0.25 : 0.05) ** repeats(unit, index),
  }));
  return ranked
    .sort((a, b) => b.worth - a.worth)
    .slice(0, most)
    .map(({ unit }) => unit);
};

/** Of jaw drop and mouth stretch only the stronger is told: they exclude each other, and one contains the other. */
const isLesserOpening = (teller: Teller, code: ActionUnitCode): boolean => {
  const other = code === 'AU26' ? 'AU27' : code === 'AU27' ? 'AU26' : null;
  const { units } = teller.reading.key.moment;
  const [mine, theirs] = [units.get(code), other === null ? undefined : units.get(other)];
  return (
    mine?.status === 'present' &&
    theirs?.status === 'present' &&
    (mine.left < theirs.left || (mine.left === theirs.left && code === 'AU27'))
  );
};
