import type { Box, Pose } from '../face/project.ts';
import { indexAt } from '../state/playhead.ts';
import type { Series, SubjectTracks } from '../worker/tracks.ts';

/** Longer than this since the last measured frame, the face is taken for gone. */
const STALE_MS = 400;

/** Index of the measurement that is shown at a moment; −1 where the face is not there. */
export const sampleAt = (subject: SubjectTracks, ms: number): number => {
  const index = indexAt(subject.t, ms + 1);
  const t = subject.t[index];
  return t === undefined || (subject.t.length > 1 && ms - t > STALE_MS) ? -1 : index;
};

export const valueAt = (series: Series | null | undefined, index: number): number | null => {
  const value = series?.values[index];
  return value === undefined || Number.isNaN(value) ? null : value;
};

export const boxAt = ({ box }: SubjectTracks, index: number): Box | null => {
  const [x, y, width, height] = [box?.x[index], box?.y[index], box?.width[index], box?.height[index]];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? null
    : { x, y, width, height };
};

export const poseAt = ({ head }: SubjectTracks, index: number): Pose => ({
  yaw: valueAt(head.yaw, index) ?? 0,
  pitch: valueAt(head.pitch, index) ?? 0,
  roll: valueAt(head.roll, index) ?? 0,
});

export type UnitNow = {
  code: SubjectTracks['units'][number]['code'];
  both: number;
  left: number;
  right: number;
  shown: boolean;
};

/** What every unit measures at a sample; `shown` from its own threshold on. */
export const unitsAt = (subject: SubjectTracks, index: number): UnitNow[] =>
  subject.units.flatMap(({ code, both, left, right, threshold }) => {
    const whole = valueAt(both, index);
    return whole === null
      ? []
      : [
          {
            code,
            both: whole,
            left: valueAt(left, index) ?? whole,
            right: valueAt(right, index) ?? whole,
            shown: whole >= threshold,
          },
        ];
  });
