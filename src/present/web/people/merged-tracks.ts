import { type Merge, mergedId } from '../../../pipeline/merged-subjects.ts';
import { seriesOf } from '../worker/pyramid.ts';
import type { Series, SubjectTracks, Tracks } from '../worker/tracks.ts';

/** The columns of people who were found to be one, under one id, in the order of time. */
export const mergedTracks = (tracks: Tracks, merges: readonly Merge[]): Tracks => {
  const groups = new Map<string, SubjectTracks[]>();
  for (const subject of tracks.subjects) {
    const id = mergedId(subject.id, merges);
    groups.set(id, [...(groups.get(id) ?? []), subject]);
  }
  return {
    ...tracks,
    subjects: [...groups].map(([id, parts]) =>
      parts.reduce((whole, part) => ({
        ...((whole.t[0] ?? 0) <= (part.t[0] ?? 0) ? joined(whole, part) : joined(part, whole)),
        id,
      })),
    ),
  };
};

const numbers = (first: Float32Array, second: Float32Array): Float32Array => {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
};

const times = (first: Float64Array, second: Float64Array): Float64Array => Float64Array.from([...first, ...second]);

/** Where one part was not measured, it has no value. */
const columns =
  (before: number, after: number) =>
  (first: Series | null | undefined, second: Series | null | undefined): Series =>
    seriesOf(
      numbers(
        first?.values ?? new Float32Array(before).fill(Number.NaN),
        second?.values ?? new Float32Array(after).fill(Number.NaN),
      ),
    );

const joined = (first: SubjectTracks, second: SubjectTracks): SubjectTracks => {
  const join = columns(first.t.length, second.t.length);
  const either = <Part, Whole>(one: Part | null, other: Part | null, make: () => Whole): Whole | null =>
    one === null && other === null ? null : make();
  const codes = new Set([...first.units, ...second.units].map(({ code }) => code));
  return {
    id: first.id,
    t: times(first.t, second.t),
    box:
      first.box === null || second.box === null
        ? null
        : {
            x: numbers(first.box.x, second.box.x),
            y: numbers(first.box.y, second.box.y),
            width: numbers(first.box.width, second.box.width),
            height: numbers(first.box.height, second.box.height),
          },
    head: {
      yaw: join(first.head.yaw, second.head.yaw),
      pitch: join(first.head.pitch, second.head.pitch),
      roll: join(first.head.roll, second.head.roll),
    },
    gaze: either(first.gaze, second.gaze, () => ({
      yaw: join(first.gaze?.yaw, second.gaze?.yaw),
      pitch: join(first.gaze?.pitch, second.gaze?.pitch),
    })),
    units: [...codes].map((code) => {
      const [one, other] = [first, second].map(({ units }) => units.find((unit) => unit.code === code));
      return {
        code,
        both: join(one?.both, other?.both),
        left: either(one?.left ?? null, other?.left ?? null, () => join(one?.left, other?.left)),
        right: either(one?.right ?? null, other?.right ?? null, () => join(one?.right, other?.right)),
        threshold: one?.threshold ?? other?.threshold ?? 0,
      };
    }),
    expression: either(first.expression, second.expression, () =>
      (first.expression ?? second.expression ?? []).map(({ label }) => ({
        label,
        series: join(
          first.expression?.find((each) => each.label === label)?.series,
          second.expression?.find((each) => each.label === label)?.series,
        ),
      })),
    ),
    affect: either(first.affect, second.affect, () => ({
      valence: join(first.affect?.valence, second.affect?.valence),
      arousal: join(first.affect?.arousal, second.affect?.arousal),
    })),
    shapes: joinedShapes(first, second),
  };
};

const joinedShapes = ({ shapes: first }: SubjectTracks, { shapes: second }: SubjectTracks): SubjectTracks['shapes'] => {
  if (first === null || second === null || first.perPixel !== second.perPixel) {
    return null;
  }
  const points = new Int16Array(first.points.length + second.points.length);
  points.set(first.points);
  points.set(second.points, first.points.length);
  return { t: times(first.t, second.t), perPixel: first.perPixel, points };
};
