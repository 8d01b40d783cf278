import {
  ACTION_UNIT_CODES,
  EXPRESSION_LABELS,
  type LandmarkTrack,
  type Percepts,
  type SubjectPercepts,
} from '../../../contracts/index.ts';
import { seriesOf } from './pyramid.ts';
import type { ShapeTrack, SubjectTracks, Tracks } from './tracks.ts';

/** Percepts as the page draws them. */
export const tracksOf = (percepts: Percepts): Tracks => ({
  frames: Float64Array.from(percepts.frames.t),
  subjects: percepts.subjects.map(subjectTracks),
  voice:
    percepts.voice === null || percepts.voice === undefined
      ? null
      : {
          t: Float64Array.from(percepts.voice.t),
          pitch: seriesOf(percepts.voice.pitch),
          loudness: seriesOf(percepts.voice.loudness),
          speech: seriesOf(percepts.voice.speech),
          segments: percepts.voice.segments,
        },
  cues: (percepts.speech?.cues ?? []).map(({ startMs, endMs, text, speaker, words }) => ({
    startMs,
    endMs,
    text,
    speaker,
    words: words.map((word) => ({ text: word.text, startMs: word.startMs, endMs: word.endMs })),
  })),
  timedWords: percepts.speech?.timed ?? false,
});

const subjectTracks = (subject: SubjectPercepts): SubjectTracks => ({
  id: subject.id,
  t: Float64Array.from(subject.t),
  box:
    subject.box.x.length === 0
      ? null
      : {
          x: Float32Array.from(subject.box.x),
          y: Float32Array.from(subject.box.y),
          width: Float32Array.from(subject.box.width),
          height: Float32Array.from(subject.box.height),
        },
  head: { yaw: seriesOf(subject.head.yaw), pitch: seriesOf(subject.head.pitch), roll: seriesOf(subject.head.roll) },
  gaze: subject.gaze === null ? null : { yaw: seriesOf(subject.gaze.yaw), pitch: seriesOf(subject.gaze.pitch) },
  units: ACTION_UNIT_CODES.flatMap((code) => {
    const columns = subject.actionUnits[code];
    return columns === undefined
      ? []
      : [
          {
            code,
            both: seriesOf(columns.both),
            left: columns.left === null ? null : seriesOf(columns.left),
            right: columns.right === null ? null : seriesOf(columns.right),
            threshold: columns.threshold,
          },
        ];
  }),
  expression:
    subject.expression === null
      ? null
      : EXPRESSION_LABELS.map((label) => ({ label, series: seriesOf(subject.expression?.[label] ?? []) })),
  affect:
    subject.affect === null
      ? null
      : { valence: seriesOf(subject.affect.valence), arousal: seriesOf(subject.affect.arousal) },
  shapes: subject.landmarks === undefined ? null : shapesOf(subject.landmarks),
});

const shapesOf = ({ t, perPixel, points }: LandmarkTrack): ShapeTrack => {
  const bytes = Uint8Array.from(atob(points), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const numbers = new Int16Array(bytes.length >> 1);
  for (let index = 0; index < numbers.length; index += 1) {
    numbers[index] = view.getInt16(index * 2, true);
  }
  return { t: Float64Array.from(t), perPixel, points: numbers };
};
