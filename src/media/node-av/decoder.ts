import type { MediaDecoder } from '../decoder.ts';
import { readFramesWithNodeAv } from './frames.ts';
import { probeWithNodeAv } from './probe.ts';
import { readSamplesWithNodeAv } from './samples.ts';
import { readTextTracksWithNodeAv } from './text-tracks.ts';

/** FFmpeg 8 inside the npm package node-av, by its synchronous calls (its asynchronous iterators need Node 22). */
export const createNodeAvDecoder = (): MediaDecoder => ({
  id: 'node-av',
  probe: probeWithNodeAv,
  readFrames: readFramesWithNodeAv,
  readSamples: readSamplesWithNodeAv,
  readTextTracks: readTextTracksWithNodeAv,
});
