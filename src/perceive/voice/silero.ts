import type { Sessions } from '../models/index.ts';
import { SOUND } from './sound-steps.ts';

export const SILERO_GRAPH = 'silero-vad/detector';

/** Samples a question, and of the one before that are asked again with it (snakers4/silero-vad, v5 and later). */
const CHUNK = 512;
const CONTEXT = 64;

export type SileroDetector = {
  /** Takes mono samples at 16 kHz in blocks of any length. */
  push: (samples: Float32Array) => Promise<void>;
  /** Probability of speech, one entry a step of `SOUND.step` samples. */
  finish: (steps: number) => Promise<Float32Array>;
};

/** The Silero detector where its model is installed, else `null`. */
export const openSilero = async (sessions: Sessions): Promise<SileroDetector | null> => {
  const opened = await sessions.openIfPresent(SILERO_GRAPH);
  if (opened === null) {
    return null;
  }
  const { session } = opened;
  const { Tensor } = sessions;
  const rate = new Tensor('int64', BigInt64Array.from([BigInt(SOUND.sampleRate)]), []);
  const window = new Float32Array(CONTEXT + CHUNK);
  const probabilities: number[] = [];
  let state = new Tensor('float32', new Float32Array(2 * 128), [2, 1, 128]);
  let filled = CONTEXT;

  const ask = async (): Promise<void> => {
    const { output, stateN } = await session.run({
      input: new Tensor('float32', window, [1, window.length]),
      state,
      sr: rate,
    });
    const [probability] = output?.data ?? [];
    probabilities.push(Number(probability ?? 0));
    if (stateN?.data instanceof Float32Array) {
      state = new Tensor('float32', stateN.data, [2, 1, 128]);
    }
    window.copyWithin(0, CHUNK);
    filled = CONTEXT;
  };

  const push = async (samples: Float32Array): Promise<void> => {
    let from = 0;
    while (from < samples.length) {
      const count = Math.min(window.length - filled, samples.length - from);
      for (let index = 0; index < count; index += 1) {
        const sample = samples[from + index] ?? 0;
        window[filled + index] = Number.isFinite(sample) ? Math.min(1, Math.max(-1, sample)) : 0;
      }
      filled += count;
      from += count;
      if (filled === window.length) {
        await ask();
      }
    }
  };

  return {
    push,
    finish: async (steps) => {
      await push(new Float32Array(CHUNK));
      return Float32Array.from({ length: steps }, (_, step) => {
        const chunk = Math.floor(((step + 0.5) * SOUND.step) / CHUNK);
        return probabilities[chunk] ?? probabilities.at(-1) ?? 0;
      });
    },
  };
};
