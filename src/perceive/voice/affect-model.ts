/** A speech-emotion model of the hub (`audio-classification`) through transformers.js: arousal, valence, dominance. */
import { z } from 'zod';
import { AFFECT_POSITIONS } from '../../facs/affect-positions.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { type HubModelName, hubModelInvalid, lookIntoHubFolder } from '../models/hub/hub-folder.ts';
import { hasExports, loadTransformers } from '../models/hub/transformers.ts';

type Pipeline = {
  processor: (samples: Float32Array) => Promise<Record<string, unknown>>;
  model: { (inputs: Record<string, unknown>): Promise<unknown>; config: unknown };
};
type AudioModule = {
  pipeline: (task: 'audio-classification', model: string, options: Record<string, unknown>) => Promise<Pipeline>;
};
const isAudioModule = (loaded: unknown): loaded is AudioModule => hasExports(loaded, ['pipeline']);

export type AffectScores = { arousal: number; valence: number; dominance: number | null };

export type AffectModel = {
  id: string;
  /**
   * @param samples mono, 16 kHz, −1…1; a second or more
   * @throws WhyfaceError `model-invalid`
   */
  judge: (samples: Float32Array) => Promise<AffectScores>;
};

export type AffectModelOptions = {
  /** `WHYFACE_VOICE_MODEL`: a repository, which lies in `folder`. */
  model: string;
  folder: string;
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

const config = z.object({ id2label: z.record(z.string(), z.string()) });
const answer = z.object({
  logits: z.object({
    data: z.custom<ArrayLike<number>>((value) => ArrayBuffer.isView(value) && 'length' in value),
    dims: z.array(z.number()),
  }),
});

/** What speech-emotion models call their classes (IEMOCAP, RAVDESS, CREMA-D, EmoDB), and where those lie. */
const CLASSES: ReadonlyArray<readonly [pattern: RegExp, place: { valence: number; arousal: number }]> = [
  [/^(?:ang|angry|anger)$/, AFFECT_POSITIONS.anger],
  [/^(?:dis|disgust|disgusted)$/, AFFECT_POSITIONS.disgust],
  [/^(?:fea|fear|fearful)$/, AFFECT_POSITIONS.fear],
  [/^(?:hap|happy|happiness|joy|exc|excited)$/, AFFECT_POSITIONS.happiness],
  [/^(?:neu|neutral|calm)$/, AFFECT_POSITIONS.neutral],
  [/^(?:sad|sadness)$/, AFFECT_POSITIONS.sadness],
  [/^(?:sur|surprise|surprised|ps|pleasant_surprise)$/, AFFECT_POSITIONS.surprise],
  // Russell 1980: tiredness and boredom lie in the lower left.
  [/^(?:bored|boredom)$/, { valence: -0.3, arousal: -0.6 }],
];
const DIMENSIONS = ['arousal', 'valence', 'dominance'] as const;

/** Opens the model. Weights that are not there are never fetched in passing. @throws WhyfaceError `model-missing`, `model-invalid`, `config-invalid` */
export const openAffectModel = async ({ model, folder, load }: AffectModelOptions): Promise<AffectModel> => {
  const name: HubModelName = { model, folder, variable: 'WHYFACE_VOICE_MODEL' };
  const invalid = (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message.split('\n')[0]?.replace(/\.$/, '').slice(0, 200) : undefined;
    throw WhyfaceError.isInstance(cause) ? cause : hubModelInvalid(name, why ?? 'its files do not fit together', cause);
  };
  const { dtype } = await lookIntoHubFolder(name, ['model']);
  const library = await loadTransformers(
    { folder, remote: false, need: { what: 'The speech-emotion model', otherwise: 'unset WHYFACE_VOICE_MODEL' }, load },
    isAudioModule,
  );
  const pipe = await library
    .pipeline('audio-classification', model, { local_files_only: true, dtype, device: 'cpu' })
    .catch(invalid);
  const labels = Object.values(config.safeParse(pipe.model.config).data?.id2label ?? {}).map((label) =>
    label.trim().toLowerCase(),
  );
  const read = readerOf(labels);
  if (read === null) {
    throw hubModelInvalid(
      name,
      `its classes (${labels.slice(0, 4).join(', ')} …) are neither arousal and valence nor emotions`,
    );
  }
  const judge = async (samples: Float32Array): Promise<AffectScores> => {
    const given = answer.safeParse(await pipe.model(await pipe.processor(samples)));
    const values = Array.from(given.data?.logits.data ?? [], Number);
    if (values.length !== labels.length || !values.every(Number.isFinite)) {
      throw hubModelInvalid(name, 'it does not give one number for each of its classes');
    }
    return read(values);
  };
  return { id: model, judge: (samples) => judge(samples).catch(invalid) };
};

/** How the numbers of a model are read; `null` for a model that is about something else (who speaks, which language). */
const readerOf = (labels: readonly string[]): ((values: readonly number[]) => AffectScores) | null => {
  const [arousal, valence, dominance] = DIMENSIONS.map((dimension) => labels.indexOf(dimension));
  if (arousal !== undefined && arousal >= 0 && valence !== undefined && valence >= 0) {
    // Dimensional models are trained on 0 to 1 (Wagner et al. 2023).
    const at = (values: readonly number[], index: number): number => bounded(2 * (values[index] ?? 0.5) - 1);
    return (values) => ({
      arousal: at(values, arousal),
      valence: at(values, valence),
      dominance: dominance === undefined || dominance < 0 ? null : at(values, dominance),
    });
  }
  const places = labels.map((label) => CLASSES.find(([pattern]) => pattern.test(label))?.[1]);
  if (places.filter((place) => place !== undefined).length < 3) {
    return null;
  }
  return (values) => {
    const most = Math.max(...values);
    const odds = values.map((value, index) => (places[index] === undefined ? 0 : Math.exp(value - most)));
    const all = odds.reduce((sum, each) => sum + each, 0);
    const along = (axis: 'arousal' | 'valence'): number =>
      bounded(odds.reduce((sum, each, index) => sum + each * (places[index]?.[axis] ?? 0), 0) / Math.max(all, 1e-9));
    return { arousal: along('arousal'), valence: along('valence'), dominance: null };
  };
};

const bounded = (value: number): number => Math.min(1, Math.max(-1, value));
