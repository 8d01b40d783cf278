/**
 * Whisper's log-mel spectrogram, written from its definition (openai/whisper, audio.py; filters: Slaney's Auditory Toolbox as
 * in librosa) with no library: a Hann window of 25 ms every 10 ms, reflected edges, 80 bands up to 8 kHz, log10, eight
 * decades below the maximum at most, (x + 4) / 4.
 */
export type LogMelRules = {
  window?: 'hann' | 'rectangle';
  scale?: 'slaney' | 'htk';
  hop?: number;
  normalise?: boolean;
};

const RATE = 16_000;
const WINDOW = 400;
const BANDS = 80;
const COSINE = Float64Array.from({ length: WINDOW }, (_, index) => Math.cos((2 * Math.PI * index) / WINDOW));

const toMel = (hertz: number, htk: boolean): number =>
  htk
    ? 2595 * Math.log10(1 + hertz / 700)
    : hertz < 1000
      ? (3 * hertz) / 200
      : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4);
const toHertz = (mel: number, htk: boolean): number =>
  htk ? 700 * (10 ** (mel / 2595) - 1) : mel < 15 ? (200 * mel) / 3 : 1000 * 6.4 ** ((mel - 15) / 27);

const filters = (htk: boolean): number[][] => {
  const top = toMel(8000, htk);
  const corners = Array.from({ length: BANDS + 2 }, (_, index) => toHertz((top * index) / (BANDS + 1), htk));
  return Array.from({ length: BANDS }, (_, band) => {
    const [low = 0, middle = 0, high = 0] = corners.slice(band, band + 3);
    return Array.from({ length: WINDOW / 2 + 1 }, (__, bin) => {
      const hertz = (bin * RATE) / WINDOW;
      const height = Math.max(0, Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle)));
      return (2 * height) / (high - low);
    });
  });
};

/** @returns one row of 80 a frame, `seconds × 100` of them; the sound is filled up to half a minute before */
export const logMel = (
  samples: Float32Array,
  seconds: number,
  { window = 'hann', scale = 'slaney', hop = 160, normalise = true }: LogMelRules = {},
): number[][] => {
  const bank = filters(scale === 'htk');
  const shape = Array.from({ length: WINDOW }, (_, index) =>
    window === 'hann' ? 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW) : 1,
  );
  const rows = Array.from({ length: Math.round((seconds * RATE) / hop) }, (_, frame) => {
    const cut = shape.map((weight, index) => {
      const at = frame * hop + index - WINDOW / 2;
      return weight * (samples[Math.abs(at)] ?? 0);
    });
    const power = Array.from({ length: WINDOW / 2 + 1 }, (__, bin) => {
      let [real, imaginary] = [0, 0];
      for (let index = 0; index < WINDOW; index += 1) {
        const value = cut[index] ?? 0;
        real += value * (COSINE[(bin * index) % WINDOW] ?? 0);
        imaginary -= value * (COSINE[(bin * index + (3 * WINDOW) / 4) % WINDOW] ?? 0);
      }
      return real ** 2 + imaginary ** 2;
    });
    return bank.map((filter) =>
      Math.log10(
        Math.max(
          1e-10,
          filter.reduce((sum, weight, bin) => sum + weight * (power[bin] ?? 0), 0),
        ),
      ),
    );
  });
  const most = rows.flat().reduce((best, value) => Math.max(best, value), -10);
  return rows.map((row) => row.map((value) => (normalise ? (Math.max(value, most - 8) + 4) / 4 : value)));
};
