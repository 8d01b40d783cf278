/** The grid on which sound is measured. */
export const SOUND = {
  /** Samples a second that everything here expects. */
  sampleRate: 16_000,
  /** Samples from one step to the next: 10 ms. */
  step: 160,
  /** Samples of the window whose spectrum is taken, around the middle of a step: 32 ms. */
  spectrum: 512,
  /** Samples of the window in which a pitch is looked for: 32 ms, two periods of the lowest voice (63 Hz); longer ones blur quick glides. */
  pitch: 512,
} as const;

export const STEP_MS = (1000 * SOUND.step) / SOUND.sampleRate;
/** Steps a second. */
export const STEPS_A_SECOND = SOUND.sampleRate / SOUND.step;

/** What is measured at every step of 10 ms, before it is known where somebody speaks. */
export const STEP_COLUMNS = [
  // Level, dBFS.
  'level',
  // Fundamental frequency, Hz; NaN where there is none.
  'pitch',
  // 0–1, of the best pitch candidate, taken or not.
  'clarity',
  // Zero crossings a sample, 0–1.
  'crossings',
  // Spectral flatness of 100–5000 Hz, 0 (a tone) to 1 (white noise).
  'flatness',
  // 10 log10 of the energy of 50–1000 Hz over that of 1000–5000 Hz (the alpha ratio of eGeMAPS).
  'tilt',
  // 10 log10 of the energy above 500 Hz over that below.
  'high',
  // 1 where peaks of the waveform are cut off.
  'clipped',
  // Over the periods of the voice that end in this step: how many, the sum of |ΔT| / T, of |ΔA| / A, and of the correlations.
  'cycles',
  'periodChange',
  'peakChange',
  'correlation',
] as const;
export type StepColumn = (typeof STEP_COLUMNS)[number];

/** One entry a step for each column. */
export type SoundSteps = Record<StepColumn, Float32Array>;
