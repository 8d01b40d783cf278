import type { DraftCue } from '../../media/subtitles/draft-cue.ts';

/** A segment as a speech model gives it, with its own doubts where it tells them. */
export type RecognisedCue = DraftCue & {
  /** Probability that nobody speaks, 0–1. */
  noSpeech?: number | undefined;
  /** Mean log probability of the tokens. */
  logProbability?: number | undefined;
};

/** What was heard in one stretch of sound; times in milliseconds from its start. */
export type Recognised = {
  cues: RecognisedCue[];
  language: string | null;
};

/** A speech model, wherever it runs. */
export type Recogniser = {
  /** For the source of the words: the model's name. */
  readonly id: string;
  /** Where the sound goes: `null` for a model on this machine. */
  readonly host: string | null;
  /**
   * @param samples mono, 16 kHz, −1…1; at most `WINDOW_MS` long
   * @throws WhyfaceError `service-unavailable`, `answer-unusable`, `aborted`
   */
  recognise: (samples: Float32Array, options: { signal?: AbortSignal | undefined }) => Promise<Recognised>;
};
