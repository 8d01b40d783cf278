import {
  type ActionUnitCode,
  type Analysis,
  type Explanation,
  explainOptions,
  isTimeless,
  type NotMeasured,
  type Observation,
  type ObservationKind,
  type ObservationOf,
  type Percepts,
  type Purpose,
  type Side,
  type TimeRange,
} from '../contracts/index.ts';
import { inferenceAllowed } from '../pipeline/purpose.ts';
import { explainAnalysis } from '../pipeline/text-side.ts';
import { collectEvidence } from '../reason/facs/evidence.ts';
import { createFacsReasoner } from '../reason/facs/index.ts';
import { type Reading, readEvidence } from '../reason/facs/reading.ts';
import { type Person, peopleOf } from './offline/understand/persons.ts';

/** One analysis, arranged for answering questions about it. Explanations of parts are made when they are needed. */
export type Scene = {
  analysis: Analysis;
  percepts: Percepts | null;
  people: readonly Person[];
  /** The whole clip. */
  whole: TimeRange;
  /** A photo: nothing has a time. */
  timeless: boolean;
  purpose: Purpose;
  /** Whether a reading of emotion may be given for the purpose. */
  mayInfer: boolean;
  byId: ReadonlyMap<string, Observation>;
  /** The verified explanation of one person (`null`: a voice nobody in view can be given) over one range; `null` where nothing can be read. */
  explain(subject: string | null, range: TimeRange): Promise<Explanation | null>;
  /** What the coding makes of one person over one range, moment by moment. */
  reading(subject: string | null, range: TimeRange): Reading;
};

export type SceneOptions = {
  analysis: Analysis;
  percepts?: Percepts | null | undefined;
  explanations?: readonly Explanation[] | undefined;
  purpose?: Purpose | undefined;
};

const keyOf = (subject: string | null, { startMs, endMs }: TimeRange): string => `${subject}/${startMs}-${endMs}`;

/** Kinds that carry an inference; taken out where the purpose refuses it. */
const INFERRED: ReadonlySet<ObservationKind> = new Set(['expression', 'affect']);

export const createScene = ({
  analysis: given,
  percepts = null,
  explanations = [],
  purpose = 'unspecified',
}: SceneOptions): Scene => {
  const mayInfer = inferenceAllowed(purpose);
  const analysis = mayInfer
    ? given
    : { ...given, observations: given.observations.filter(({ kind }) => !INFERRED.has(kind)) };
  const timeless = isTimeless(analysis.clip);
  const known = new Map<string, Promise<Explanation | null>>(
    mayInfer
      ? explanations
          .filter(({ analysisId, reasoner }) => analysisId === analysis.id && reasoner.id === 'facs')
          .map((explanation) => [keyOf(explanation.subject, explanation.range), Promise.resolve(explanation)])
      : [],
  );
  const readings = new Map<string, Reading>();
  const reasoner = createFacsReasoner();
  const explained = async (subject: string | null, { startMs, endMs }: TimeRange): Promise<Explanation | null> => {
    const options = explainOptions.parse({
      subject: subject ?? 'all',
      purpose,
      ...(timeless ? {} : { fromMs: startMs, toMs: endMs }),
    });
    const all = await explainAnalysis(analysis, options, { reasoner });
    return all.find((explanation) => explanation.subject === subject) ?? all[0] ?? null;
  };
  return {
    analysis,
    percepts,
    people: peopleOf(analysis, percepts),
    whole: { startMs: 0, endMs: analysis.clip.durationMs },
    timeless,
    purpose,
    mayInfer,
    byId: new Map(analysis.observations.map((observation) => [observation.id, observation])),
    explain: (subject, range) => {
      const key = keyOf(subject, range);
      const found = known.get(key) ?? explained(subject, range);
      known.set(key, found);
      return found;
    },
    reading: (subject, range) => {
      const key = keyOf(subject, range);
      const found = readings.get(key) ?? readEvidence(collectEvidence(analysis, subject, range));
      readings.set(key, found);
      return found;
    },
  };
};

/** Whether an observation touches a range; in a photo everything does. */
export const touches = (scene: Scene, observation: Observation, range: TimeRange): boolean =>
  scene.timeless || (observation.range.startMs < range.endMs && observation.range.endMs > range.startMs);

/** The observations of one kind about one person (`undefined`: anybody) that touch the range. */
export const observationsOf = <Kind extends ObservationKind>(
  scene: Scene,
  kind: Kind,
  subject: string | null | undefined,
  range: TimeRange,
): ObservationOf<Kind>[] =>
  scene.analysis.observations.filter(
    (observation): observation is ObservationOf<Kind> =>
      observation.kind === kind &&
      (subject === undefined || observation.subject === subject) &&
      touches(scene, observation, range),
  );

/** What was not measured of this person; a gap of others only begins with their names ("P2: blinks"). */
export const gapsOf = ({ analysis }: Scene, subject: string | null): NotMeasured[] =>
  analysis.notMeasured.filter(({ what }) => {
    const concerned = /^(P\d+(?:, P\d+)*): /.exec(what)?.[1]?.split(', ');
    return subject === null || concerned === undefined || concerned.includes(subject);
  });

export type UnitObservation = ObservationOf<'action-unit'>;

export type UnitsWanted = {
  subject: string | null | undefined;
  range: TimeRange;
  codes: readonly ActionUnitCode[];
  side?: Side | null | undefined;
};

/** Statements about these units, by whether the movement is there, is not, or could not be told. */
export const unitsOf = (
  scene: Scene,
  { subject, range, codes, side = null }: UnitsWanted,
): { present: UnitObservation[]; absent: UnitObservation[]; untold: UnitObservation[] } => {
  const all = observationsOf(scene, 'action-unit', subject, range).filter(({ au }) => codes.includes(au.code));
  const onSide = ({ au }: UnitObservation): boolean =>
    side === null || side === 'both' || au.side === side || au.side === 'both';
  const present = all.filter((observation) => observation.au.status === 'present' && onSide(observation));
  return {
    present: present.sort((a, b) => a.range.startMs - b.range.startMs || a.range.endMs - b.range.endMs),
    absent: all.filter(({ au }) => au.status === 'below-threshold'),
    untold: all.filter(({ au }) => au.status === 'not-visible' || au.status === 'not-measured'),
  };
};

export const strongestOf = (units: readonly UnitObservation[]): UnitObservation | null =>
  units.reduce<UnitObservation | null>(
    (best, unit) => (best === null || (unit.au.intensity ?? 0) > (best.au.intensity ?? 0) ? unit : best),
    null,
  );
