import type {
  ActionUnitCode,
  Analysis,
  Observation,
  ObservationKind,
  ObservationOf,
  TimeRange,
} from '../../contracts/index.ts';

/** Whom an explanation is about, and when. */
export type Scope = { subject: string | null; range: TimeRange };

/** The observations, arranged for looking claims up. */
export type Evidence = { analysis: Analysis; scope: Scope; byId: ReadonlyMap<string, Observation> };

export const evidenceOf = (analysis: Analysis, scope: Scope): Evidence => ({
  analysis,
  scope,
  byId: new Map(analysis.observations.map((observation) => [observation.id, observation])),
});

export const isKind =
  <Kind extends ObservationKind>(kind: Kind) =>
  (observation: Observation): observation is ObservationOf<Kind> =>
    observation.kind === kind;

export type ActionUnitObservation = ObservationOf<'action-unit'>;

/** Whether the range of an observation touches the scope; a photo's empty ranges touch everything. */
export const isInRange = (observation: Observation, { startMs, endMs }: TimeRange): boolean =>
  observation.range.startMs <= endMs && observation.range.endMs >= startMs;

/** Whether an observation may back a claim about that person; `other` is anybody but the subject. */
export const isAbout = (observation: Observation, person: string | null, scope: Scope): boolean => {
  if (person === 'other') {
    return observation.subject !== scope.subject;
  }
  const wanted = person ?? scope.subject;
  return wanted === null || observation.subject === null || observation.subject === wanted;
};

export const unitsAmong = (
  observations: readonly Observation[],
  codes: readonly ActionUnitCode[],
): ActionUnitObservation[] =>
  observations.filter(isKind('action-unit')).filter((observation) => codes.includes(observation.au.code));

/** Everything measured of the person in the scope, cited or not. */
export const measuredOf = (evidence: Evidence, person: string | null): Observation[] =>
  evidence.analysis.observations.filter(
    (observation) => isAbout(observation, person, evidence.scope) && isInRange(observation, evidence.scope.range),
  );
