import type { Observation } from '../../contracts/index.ts';
import type { LooseReading } from '../read/reading.ts';
import { type Evidence, isKind } from './evidence.ts';
import { levelProblem } from './level.ts';
import { contradicted, type Outcome, supported, untestable } from './outcome.ts';
import { timeProblem } from './time.ts';

/** Times, levels and sides of a sentence that names nothing ("It peaks at 1.8 s"): some cited observation must fit. */
export const checkLoose = (reading: LooseReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const units = cited.filter(isKind('action-unit'));
  const named = reading.sides.find((side) => side === 'left' || side === 'right');
  const problem = (observation: Observation): string | null => {
    const times = reading.times.map((facet) => timeProblem(facet, observation, evidence, false));
    const levels =
      observation.kind === 'action-unit' ? reading.levels.map((facet) => levelProblem(facet, observation)) : [];
    const side =
      observation.kind === 'action-unit' && named !== undefined && observation.au.side !== named
        ? `it says ${named}, but ${observation.id} does not`
        : null;
    return [...times, ...levels, side].find((each) => each !== null) ?? null;
  };
  const pool: readonly Observation[] = reading.levels.length > 0 || reading.sides.length > 0 ? units : cited;
  const good = pool.filter((observation) => problem(observation) === null);
  const [first] = pool;
  if (first === undefined) {
    return untestable('The sentence does not say what this is about.');
  }
  return good.length > 0
    ? supported(good, 'What is cited agrees.')
    : contradicted([first], `${problem(first) ?? 'What is cited says otherwise'}.`);
};
