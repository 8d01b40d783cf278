import { WhyfaceError } from '../kit/error.ts';
import type { MediaDecoder } from './decoder.ts';

export type DecoderOptions = {
  /** An ffmpeg binary (5.1 or newer) to use instead of the FFmpeg inside node-av (`WHYFACE_FFMPEG`). */
  ffmpegPath?: string | undefined;
};

/**
 * The decoder for clips and recordings. Loads native code: call it in a perception worker only, never in the process that
 * serves or that holds other clips (damaged media can end a process from inside FFmpeg).
 *
 * @throws WhyfaceError `service-unavailable` where node-av has no build for this platform
 */
export const openMediaDecoder = async (options: DecoderOptions = {}): Promise<MediaDecoder> => {
  if (options.ffmpegPath !== undefined && options.ffmpegPath !== '') {
    const { createFfmpegDecoder } = await import('./ffmpeg/decoder.ts');
    return createFfmpegDecoder(options.ffmpegPath);
  }
  const { createNodeAvDecoder } = await import('./node-av/decoder.ts').catch((cause: unknown) => {
    throw new WhyfaceError({
      code: 'service-unavailable',
      stage: 'media',
      message:
        `The FFmpeg inside node-av cannot be loaded on ${process.platform}-${process.arch}; ` +
        'run npm ci again without --omit=optional, or set WHYFACE_FFMPEG to an ffmpeg binary.',
      cause,
    });
  });
  return createNodeAvDecoder();
};
