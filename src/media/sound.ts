import type { Warning } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { AudioFacts, Probe, ReadSummary, SampleReadOptions } from './decoder.ts';
import { mediaWarning } from './warnings.ts';

/** Samples a second that voice and speech models here are made for. */
export const DEFAULT_SAMPLE_RATE = 16_000;

/** Codecs need a run-up after a seek: AAC overlaps one frame, Opus asks for 80 ms, MP3's reservoir holds about 250 ms. */
export const SOUND_PREROLL_MS = 500;

/** Formats in which a seek is exact. MP3 and ADTS guess the position from the bit rate and are read from the start. */
export const SOUND_SEEKABLE: ReadonlySet<string> = new Set(['mp4', 'mov', 'matroska', 'webm', 'wav', 'flac']);

/** The warning a finished reading of sound deserves, if any. */
const soundWarning = (summary: ReadSummary, name: string): Warning | undefined =>
  summary.errors === 0
    ? undefined
    : mediaWarning(
        'damaged',
        `The sound of ${name} is damaged: ${summary.errors} of ${summary.errors + summary.decoded} pieces could not be decoded.`,
      );

/** The samples asked for, counted from the start of the media: `first` up to and without `last`. */
export const sampleRange = (
  probe: Probe,
  options: SampleReadOptions,
): { sampleRate: number; first: number; last: number } => {
  const sampleRate = options.sampleRate ?? DEFAULT_SAMPLE_RATE;
  return {
    sampleRate,
    first: Math.round(((options.fromMs ?? 0) * sampleRate) / 1000),
    last: Math.min(
      Math.round(((options.toMs ?? Number.POSITIVE_INFINITY) * sampleRate) / 1000),
      Math.ceil((probe.durationMs * sampleRate) / 1000),
    ),
  };
};

/** The error of a recording of which nothing can be heard. */
const noSound = (name: string): WhyfaceError =>
  new WhyfaceError({
    code: 'media-damaged',
    stage: 'media',
    message: `Nothing of the sound of ${name} can be decoded; it is damaged, so fetch or export it again.`,
  });

/**
 * The sound of a probed file.
 *
 * @throws WhyfaceError `nothing-to-read` where there is none
 */
export const audioOf = (probe: Probe, name: string): AudioFacts => {
  if (probe.audio === null) {
    throw new WhyfaceError({ code: 'nothing-to-read', stage: 'media', message: `${name} has no sound to read.` });
  }
  return probe.audio;
};

/**
 * What is to be said when all sound of a reading has gone by: added to the summary's warnings.
 *
 * @param fromStart it was read from the start, so that nothing at all is an error
 * @throws WhyfaceError `media-damaged`
 */
export const closeSoundReading = (summary: ReadSummary, name: string, fromStart: boolean): void => {
  const warning = soundWarning(summary, name);
  if (warning !== undefined) {
    summary.warnings.push(warning);
  }
  if (fromStart && summary.decoded === 0) {
    throw noSound(name);
  }
};
