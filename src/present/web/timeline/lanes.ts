import type { Analysis, Observation, ObservationOf, TimeRange } from '../../../contracts/index.ts';
import { ACTION_UNITS } from '../../../facs/action-units.ts';
import { rangeText } from '../../view/words.ts';
import type { CueTrack, Series, SubjectTracks, Tracks, UnitTrack } from '../worker/tracks.ts';
import { type ExpressionRun, expressionRuns } from './expression-runs.ts';

/** A line over time, and how it is said. */
export type Curve = { name: string; t: Float64Array; series: Series; dashed?: boolean; faint?: boolean };

/** A stretch that an observation speaks of. */
export type Band = TimeRange & { id: string; text: string; apexMs: number | null; mark: string };

type Common = {
  key: string;
  /** In the first column: `AU12`, `Words`. */
  name: string;
  /** Beside it: "lip corner puller". */
  detail: string;
  /** Whose it is; `null`: of the whole clip. */
  subject: string | null;
  height: number;
  bands: readonly Band[];
};

export type Lane = Common &
  (
    | { kind: 'curve'; curves: readonly Curve[]; low: number; high: number; area: boolean; zero: boolean; unit: string }
    | {
        kind: 'expression';
        t: Float64Array;
        scores: NonNullable<SubjectTracks['expression']>;
        runs: readonly ExpressionRun[];
      }
    | { kind: 'words'; cues: readonly CueTrack[] }
    | { kind: 'bands' }
    | { kind: 'person' }
  );

export type LaneOptions = {
  /** Whose lanes; `null`: everybody's. */
  subject: string | null;
  everyUnit: boolean;
};

const HEIGHT = { unit: 38, curve: 44, words: 34, expression: 26, bands: 24, person: 32, alone: 96 } as const;

/** The lanes of a clip from the top: words, voice, then each person's expression, affect, action units, head, quality. */
export const lanesOf = (analysis: Analysis, tracks: Tracks, { subject: only, everyUnit }: LaneOptions): Lane[] => {
  const people = tracks.subjects.filter(({ id }) => only === null || id === only);
  const several = people.length > 1;
  const ofNobody = analysis.observations.filter(({ subject }) => subject === null || !several);
  return [
    ...wordLanes(analysis, tracks),
    ...people.flatMap((subject) => subjectLanes(analysis, subject, { everyUnit, several })),
    ...voiceLanes(analysis, tracks).map((lane) => (people.length === 0 ? { ...lane, height: HEIGHT.alone } : lane)),
    ...bandLane(
      'quality',
      'Quality',
      'what limits the reading',
      null,
      ofNobody.filter(({ kind }) => kind === 'quality'),
    ),
  ];
};

const bandOf = (observation: Observation, mark = ''): Band => ({
  id: observation.id,
  text: observation.text,
  startMs: observation.range.startMs,
  endMs: observation.range.endMs,
  apexMs: null,
  mark,
});

const bandLane = (
  key: string,
  name: string,
  detail: string,
  subject: string | null,
  observations: readonly Observation[],
): Lane[] =>
  observations.length === 0
    ? []
    : [
        {
          key,
          kind: 'bands',
          name,
          detail,
          subject,
          height: HEIGHT.bands,
          bands: observations.map((each) => bandOf(each, each.kind === 'quality' ? each.quality.issue : '')),
        },
      ];

const wordLanes = (analysis: Analysis, { cues }: Tracks): Lane[] => {
  const bands = analysis.observations.filter(({ kind }) => kind === 'speech').map((each) => bandOf(each));
  return cues.length === 0
    ? []
    : [
        {
          key: 'words',
          kind: 'words',
          name: 'Words',
          detail: 'as they are spoken',
          subject: null,
          height: HEIGHT.words,
          bands,
          cues,
        },
      ];
};

const subjectLanes = (
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

const voiceLanes = (analysis: Analysis, { voice }: Tracks): Lane[] => {
  if (voice === null) {
    return [];
  }
  const bands = analysis.observations.filter(({ kind }) => kind === 'voice').map((each) => bandOf(each));
  const speech: Band[] = voice.segments.map(({ startMs, endMs }) => ({
    id: '',
    text: 'somebody speaks',
    startMs,
    endMs,
    apexMs: null,
    mark: '',
  }));
  const common = { kind: 'curve', subject: null, height: HEIGHT.curve, zero: false } as const;
  return [
    {
      ...common,
      key: 'pitch',
      name: 'Pitch',
      detail: 'of the voice',
      bands,
      curves: [{ name: '', t: voice.t, series: voice.pitch }],
      ...pitchSpan(voice.pitch),
      area: false,
      unit: ' Hz',
    },
    {
      ...common,
      key: 'loudness',
      name: 'Loudness',
      detail: 'and where somebody speaks',
      bands: speech,
      curves: [{ name: '', t: voice.t, series: voice.loudness }],
      low: -70,
      high: 0,
      area: true,
      unit: ' dB',
    },
  ];
};

const LOWEST_SPAN = 60;

const pitchSpan = ({ values }: Series): { low: number; high: number } => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (low > high) {
    return { low: 60, high: 300 };
  }
  const margin = Math.max(LOWEST_SPAN - (high - low), (high - low) * 0.15) / 2;
  return { low: low - margin, high: high + margin };
};
