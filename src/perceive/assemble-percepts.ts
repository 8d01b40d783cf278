/** Parent side: people's rows as the columns of `Percepts`, rounded so that the bytes are short and stable. */
import {
  ACTION_UNIT_CODES,
  type ActionUnitColumns,
  type ClipFacts,
  EXPRESSION_LABELS,
  FACE_REGIONS,
  type LandmarkTrack,
  type ModelReference,
  type NotMeasured,
  type Percepts,
  SIDED_ACTION_UNITS,
  type SubjectPercepts,
  type VoicePercepts,
  type Warning,
} from '../contracts/index.ts';
import { recordOf } from '../kit/record-of.ts';
import { meanFps } from '../media/frame-times.ts';
import { BLENDSHAPE_NAMES } from './face/blendshapes.ts';
import { COLUMNS, type ColumnName, columnIndex } from './face/face-row.ts';
import type { ChunkResult, EngineFacts, TrackData } from './protocol.ts';
import { type Person, stitch } from './stitch.ts';

const rounded = (value: number, decimals: number): number => {
  const factor = 10 ** decimals;
  // `+ 0` turns −0, which JSON writes as 0 anyway, into 0.
  return Math.round(value * factor) / factor + 0;
};

const SIDED: ReadonlySet<string> = new Set(SIDED_ACTION_UNITS);

const subjectOf = (person: Person, id: string, engine: EngineFacts): SubjectPercepts => {
  // The tracks of a person may interleave: one was lost for a while in which another was followed.
  const rows = person.tracks
    .flatMap((track) => track.t.map((ms, row) => ({ ms, row, track })))
    .sort((one, other) => one.ms - other.ms);
  const column = (name: ColumnName, decimals: number): Array<number | null> => {
    const position = columnIndex(name);
    return rows.map(({ row, track }) => {
      const value = track.values[row * COLUMNS.length + position] ?? Number.NaN;
      return Number.isFinite(value) ? rounded(value, decimals) : null;
    });
  };
  const numbers = (name: ColumnName, decimals: number): number[] => column(name, decimals).map((value) => value ?? 0);
  const actionUnits: SubjectPercepts['actionUnits'] = {};
  for (const code of ACTION_UNIT_CODES) {
    const threshold = engine.thresholds[code];
    if (threshold !== undefined) {
      const sided = SIDED.has(code);
      const columns: ActionUnitColumns = {
        both: column(`${code}.both`, 3),
        left: sided ? column(`${code}.left`, 3) : null,
        right: sided ? column(`${code}.right`, 3) : null,
        threshold,
      };
      actionUnits[code] = columns;
    }
  }
  const visibility: SubjectPercepts['visibility'] = {};
  for (const region of FACE_REGIONS) {
    visibility[region] = column(`visibility.${region}`, 2);
  }
  return {
    id,
    t: rows.map(({ ms }) => ms),
    frame: rows.map(({ row, track }) => track.frame[row] ?? 0),
    confidence: numbers('confidence', 3),
    box: { x: numbers('x', 1), y: numbers('y', 1), width: numbers('width', 1), height: numbers('height', 1) },
    interOcular: numbers('interOcular', 2),
    head: { yaw: column('yaw', 2), pitch: column('pitch', 2), roll: column('roll', 2) },
    gaze: { yaw: column('gazeYaw', 2), pitch: column('gazePitch', 2) },
    actionUnits,
    visibility,
    sharpness: column('sharpness', 3),
    brightness: column('brightness', 3),
    expression: engine.expression ? recordOf(EXPRESSION_LABELS, (label) => column(`expression.${label}`, 4)) : null,
    affect: engine.expression ? { valence: column('valence', 3), arousal: column('arousal', 3) } : null,
    blendshapes: engine.blendshapes
      ? Object.fromEntries(BLENDSHAPE_NAMES.map((name) => [name, column(`blendshape.${name}`, 4)]))
      : null,
    ...landmarksOf(person),
  };
};

/** The shapes of a person's tracks as one track; nothing where none were asked for. */
const landmarksOf = ({ tracks }: Person): { landmarks?: LandmarkTrack } => {
  const shapes = tracks
    .flatMap((track) => (track.shapes == null ? [] : shapesOf(track.shapes)))
    .sort((one, other) => one.ms - other.ms);
  const [first] = shapes;
  if (first === undefined) {
    return {};
  }
  const points = Buffer.concat(shapes.map(({ bytes }) => bytes)).toString('base64');
  return { landmarks: { t: shapes.map(({ ms }) => ms), perPixel: first.perPixel, points } };
};

const shapesOf = ({ t, points, perPixel }: NonNullable<TrackData['shapes']>) => {
  const size = (points.length / Math.max(1, t.length)) * points.BYTES_PER_ELEMENT;
  return t.map((ms, index) => ({
    ms,
    perPixel,
    bytes: Buffer.from(points.buffer, points.byteOffset + index * size, size),
  }));
};

const notMeasuredOf = (clip: ClipFacts, engine: EngineFacts | null, voice: VoicePercepts | null): NotMeasured[] => {
  const missing: NotMeasured[] = [...(engine?.notMeasured ?? [])];
  if (engine !== null && !engine.expression) {
    missing.push({
      what: 'expression and affect by a model',
      why: 'No expression model is in use; expressions are reasoned from action units.',
    });
  }
  if (clip.hasAudio && voice === null) {
    missing.push({ what: 'voice', why: 'The sound could not be read.' });
  }
  if (voice !== null && voice.utterances.length > 0 && voice.affect === undefined) {
    missing.push({
      what: 'valence and dominance of the voice',
      why: 'No speech-emotion model is in use (WHYFACE_VOICE_MODEL); such models tell both poorly from a voice alone.',
    });
  }
  return missing;
};

const uniqueWarnings = (warnings: readonly Warning[]): Warning[] => [
  ...new Map(warnings.map((warning) => [`${warning.code} ${warning.message}`, warning])).values(),
];

export type Measurement = {
  clip: ClipFacts;
  /** In the order of time. */
  chunks: readonly ChunkResult[];
  /** `null` where nothing was measured (sound alone). */
  engine: EngineFacts | null;
  warnings: readonly Warning[];
  /** Left out for a picture. */
  sound?: { voice: VoicePercepts | null; models: readonly ModelReference[] };
};

export const assemblePercepts = ({ clip, chunks, engine, warnings, sound }: Measurement): Percepts => {
  const voice = sound?.voice ?? null;
  const t = chunks.flatMap((chunk) => chunk.t);
  const { people, glimpses } = engine === null ? { people: [], glimpses: 0 } : stitch(chunks);
  const leftOut: Warning[] =
    glimpses === 0
      ? []
      : [
          {
            code: 'brief-face',
            message: `${glimpses === 1 ? 'One face' : `${glimpses} faces`} seen for less than half a second ${glimpses === 1 ? 'was' : 'were'} left out.`,
          },
        ];
  const fps = clip.kind === 'image' ? 0 : (meanFps(t) ?? 0);
  return {
    schema: 'whyface/percepts@1',
    clip: voice === null ? clip : { ...clip, hasSpeech: voice.segments.length > 0 },
    sampling: { fps: rounded(fps, 3), frames: t.length },
    frames: { t, frame: chunks.flatMap((chunk) => chunk.frame) },
    subjects: engine === null ? [] : people.map((person, index) => subjectOf(person, `P${index + 1}`, engine)),
    ...(voice === null ? {} : { voice }),
    models: [...(engine?.models ?? []), ...(sound?.models ?? [])],
    notMeasured: notMeasuredOf(clip, engine, voice),
    warnings: uniqueWarnings([...warnings, ...chunks.flatMap((chunk) => chunk.warnings), ...leftOut]),
  };
};
