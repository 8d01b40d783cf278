import { isTimeless, type Percepts, type SubjectPercepts, type TimeRange } from '../contracts/index.ts';
import { frameQuality } from './confidence.ts';
import { mean, quantile, risingIndices, type Series, within } from './series.ts';
import { SETTINGS } from './settings.ts';

/** One person of the clip, prepared: usable frames, their spacing and their quality. */
export type SubjectView = {
  id: string;
  /** "P1" where the clip shows several people; `null` where there is nobody to confuse them with. */
  name: string | null;
  /** A photo, or too few frames to speak of movement. */
  still: boolean;
  /** A photo: nothing has a time. */
  timeless: boolean;
  percepts: SubjectPercepts;
  /** Frames with usable times. */
  indices: readonly number[];
  /** Milliseconds from one analysed frame to the next. */
  stepMs: number;
  /** Analysed frames a second. */
  fps: number;
  range: TimeRange;
  /** Seen from the first to the last frame of the clip, give or take half a second. */
  fromStart: boolean;
  toEnd: boolean;
  /** Quality of each frame, 0–1. */
  quality: Series;
  /** Size of the upright picture in pixels, where it is known. */
  picture: { width: number; height: number } | null;
};

/** The people of the clip, those without a usable frame left out. */
export const viewsOf = (percepts: Percepts): SubjectView[] => {
  const stepMs = stepOf(percepts);
  const { width, height, durationMs } = percepts.clip;
  return percepts.subjects.flatMap((subject): SubjectView[] => {
    const indices = risingIndices(subject.t);
    const first = indices[0];
    const last = indices.at(-1);
    if (first === undefined || last === undefined) {
      return [];
    }
    const timeless = isTimeless(percepts.clip) || (durationMs === 0 && percepts.frames.t.length <= 1);
    const startMs = Math.round(subject.t[first] ?? 0);
    const end = Math.round((subject.t[last] ?? 0) + stepMs);
    const endMs = Math.max(startMs + 1, durationMs > startMs ? Math.min(end, durationMs) : end);
    const quality = {
      t: Float64Array.from(indices, (index) => subject.t[index] ?? 0),
      v: Float64Array.from(indices, (index) => frameQuality(subject, index)),
    };
    return [
      {
        id: subject.id,
        name: percepts.subjects.length > 1 ? subject.id : null,
        still: timeless || indices.length < 3 || isPassing(indices.length * stepMs, durationMs),
        timeless,
        percepts: subject,
        indices,
        stepMs,
        fps: 1000 / stepMs,
        range: timeless ? { startMs: 0, endMs: 0 } : { startMs, endMs },
        fromStart: startMs <= 500,
        toEnd: endMs >= durationMs - 500,
        quality,
        picture: width === null || height === null ? null : { width, height },
      },
    ];
  });
};

/** A face that crosses the picture of a longer clip: there is no course to speak of. */
const isPassing = (seenMs: number, durationMs: number): boolean =>
  seenMs < SETTINGS.courseFromMs && durationMs > 2 * SETTINGS.courseFromMs;

/** Milliseconds between analysed frames: what the times say, or the stated sampling, or 30 a second. */
const stepOf = ({ frames, subjects, sampling }: Percepts): number => {
  const times = frames.t.length > 1 ? frames.t : (subjects[0]?.t ?? []);
  const steps = times.slice(1).flatMap((time, index) => {
    const step = time - (times[index] ?? 0);
    return Number.isFinite(step) && step > 0 ? [step] : [];
  });
  const typical = steps.length === 0 ? Number.NaN : quantile(steps.slice(0, 5000), 0.5);
  const stated = sampling.fps > 0 && Number.isFinite(sampling.fps) ? 1000 / sampling.fps : 1000 / 30;
  // Whole milliseconds make 67 of 66.7: what is stated is finer, as long as it is true.
  return Number.isNaN(typical) || Math.abs(typical - stated) <= 1 ? stated : typical;
};

/** Mean quality of the frames in a range; of all of them where the range holds none. */
export const qualityIn = (view: SubjectView, startMs: number, endMs: number): number => {
  const values = within(view.quality, startMs, endMs);
  return mean(values.length > 0 ? values : view.quality.v);
};

/** "the left brow", or "P1's left brow" where there are several people. */
export const whose = (view: SubjectView, part: string): string =>
  view.name === null ? `the ${part}` : `${view.name}'s ${part}`;

export const capitalized = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
