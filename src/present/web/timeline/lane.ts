import type { Observation, TimeRange } from '../../../contracts/index.ts';
import type { CueTrack, Series, SubjectTracks } from '../worker/tracks.ts';
import type { ExpressionRun } from './expression-runs.ts';

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

/** Pixels. */
export const HEIGHT = { unit: 38, curve: 44, words: 34, expression: 26, bands: 24, person: 32, alone: 96 } as const;

export const bandOf = (observation: Observation, mark = ''): Band => ({
  id: observation.id,
  text: observation.text,
  startMs: observation.range.startMs,
  endMs: observation.range.endMs,
  apexMs: null,
  mark,
});

export const bandLane = (
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
