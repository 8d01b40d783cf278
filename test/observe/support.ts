import type { Analysis, ObservationOf, ObserveOptions, Percepts } from '../../src/contracts/index.ts';
import { observe } from '../../src/observe/index.ts';

export const OPTIONS: ObserveOptions = { fps: 'all', purpose: 'unspecified' };

export const observed = (percepts: Percepts): Promise<Analysis> => observe(percepts, OPTIONS, { version: '0.0.0' });

export type UnitObservation = ObservationOf<'action-unit'>;

/** The observations of one action unit, all statuses or one. */
export const unitsOf = (
  analysis: Analysis,
  code: UnitObservation['au']['code'],
  status?: UnitObservation['au']['status'],
): UnitObservation[] =>
  analysis.observations.filter(
    (observation): observation is UnitObservation =>
      observation.kind === 'action-unit' &&
      observation.au.code === code &&
      (status === undefined || observation.au.status === status),
  );
