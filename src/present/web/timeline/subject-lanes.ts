import type { Analysis, Observation, ObservationOf } from '../../../contracts/index.ts';
import { ACTION_UNITS } from '../../../facs/action-units.ts';
import { rangeText } from '../../view/words.ts';
import type { SubjectTracks, UnitTrack } from '../worker/tracks.ts';
import { expressionRuns } from './expression-runs.ts';
import { type Band, bandLane, bandOf, type Curve, HEIGHT, type Lane } from './lane.ts';

/** One person's lanes: expression, affect, action units, head; quality where there are several people. */
export const subjectLanes = (
  analysis: Analysis,
  subject: SubjectTracks,
  { everyUnit, several }: { everyUnit: boolean; several: boolean },
): Lane[] => {
  const observations = analysis.observations.filter((each) => each.subject === subject.id);
  const of = (...kinds: Array<Observation['kind']>): Band[] =>
    observations.filter(({ kind }) => kinds.includes(kind)).map((each) => bandOf(each));
  const lanes: Lane[] = [];
  const base = { subject: subject.id };
  if (several) {
    const [firstMs, lastMs] = [subject.t[0] ?? 0, subject.t[subject.t.length - 1] ?? 0];
    const detail = rangeText({ startMs: firstMs, endMs: lastMs });
    lanes.push({
      ...base,
      key: subject.id,
      kind: 'person',
      name: subject.id,
      detail,
      height: HEIGHT.person,
      bands: [],
    });
  }
  if (subject.expression !== null) {
    lanes.push({
      ...base,
      key: `${subject.id}.expression`,
      kind: 'expression',
      name: 'Expression',
      detail: '',
      height: HEIGHT.expression,
      bands: of('expression'),
      t: subject.t,
      scores: subject.expression,
      runs: expressionRuns(subject.t, subject.expression),
    });
  }
  if (subject.affect !== null) {
    lanes.push({
      ...base,
      key: `${subject.id}.affect`,
      kind: 'curve',
      name: 'Affect',
      detail: 'valence, arousal ╌',
      height: HEIGHT.curve,
      bands: of('affect'),
      curves: [
        { name: 'valence', t: subject.t, series: subject.affect.valence },
        { name: 'arousal', t: subject.t, series: subject.affect.arousal, dashed: true },
      ],
      low: -1,
      high: 1,
      area: false,
      zero: true,
      unit: '',
    });
  }
  lanes.push(...subject.units.flatMap((unit) => unitLane(subject, unit, observations, everyUnit)));
  lanes.push({
    ...base,
    key: `${subject.id}.head`,
    kind: 'curve',
    name: 'Head',
    detail: 'turn, nod ╌',
    height: HEIGHT.curve,
    bands: of('head', 'gaze', 'blink'),
    curves: [
      { name: 'turn', t: subject.t, series: subject.head.yaw },
      { name: 'nod', t: subject.t, series: subject.head.pitch, dashed: true },
    ],
    low: -40,
    high: 40,
    area: false,
    zero: true,
    unit: '°',
  });
  if (several) {
    const quality = observations.filter(({ kind }) => kind === 'quality');
    lanes.push(...bandLane(`${subject.id}.quality`, 'Quality', 'what limits the reading', subject.id, quality));
  }
  return lanes;
};

const unitLane = (
  subject: SubjectTracks,
  unit: UnitTrack,
  observations: readonly Observation[],
  everyUnit: boolean,
): Lane[] => {
  const episodes = observations.filter(
    (each): each is ObservationOf<'action-unit'> =>
      each.kind === 'action-unit' && each.au.code === unit.code && each.au.status === 'present',
  );
  if (episodes.length === 0 && !everyUnit) {
    return [];
  }
  const sided = unit.left !== null && unit.right !== null && episodes.some(({ au }) => au.side !== 'both');
  const curves: Curve[] = [{ name: sided ? 'both' : '', t: subject.t, series: unit.both, faint: sided }];
  if (sided && unit.left !== null && unit.right !== null) {
    curves.push(
      { name: 'left', t: subject.t, series: unit.left },
      { name: 'right', t: subject.t, series: unit.right, dashed: true },
    );
  }
  return [
    {
      key: `${subject.id}.${unit.code}`,
      kind: 'curve',
      name: unit.code,
      detail: ACTION_UNITS[unit.code].name,
      subject: subject.id,
      height: HEIGHT.unit,
      bands: episodes.map((each) => ({
        ...bandOf(
          each,
          `${each.au.letter ?? ''}${each.au.side === 'both' ? '' : each.au.side === 'left' ? ' L' : ' R'}`,
        ),
        startMs: each.au.onsetMs ?? each.range.startMs,
        endMs: each.au.offsetMs ?? each.range.endMs,
        apexMs: each.au.apexMs,
      })),
      curves,
      low: 0,
      high: 5,
      area: true,
      zero: false,
      unit: '',
    },
  ];
};
