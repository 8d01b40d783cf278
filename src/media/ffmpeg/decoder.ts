import type { MediaDecoder } from '../decoder.ts';
import { readFramesWithFfmpeg } from './frames.ts';
import { probeWithFfmpeg } from './probe.ts';
import { readSamplesWithFfmpeg } from './samples.ts';
import { readTextTracksWithFfmpeg } from './text-tracks.ts';

/** An ffmpeg binary (5.1 or newer) as child processes, one for each reading. */
export const createFfmpegDecoder = (binary: string): MediaDecoder => ({
  id: 'ffmpeg',
  probe: (file, sniffed, options) => probeWithFfmpeg(binary, file, sniffed, options),
  readFrames: (file, sniffed, probe, options) => readFramesWithFfmpeg(binary, file, sniffed, probe, options),
  readSamples: (file, sniffed, probe, options) => readSamplesWithFfmpeg(binary, file, sniffed, probe, options),
  readTextTracks: (file, sniffed, options) => readTextTracksWithFfmpeg(binary, file, sniffed, options),
});
