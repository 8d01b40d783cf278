import type { MediaDecoder } from './decoder.ts';

export type DecoderOptions = {
  /** An ffmpeg binary (5.1 or newer) to use instead of the FFmpeg inside node-av (`WHYFACE_FFMPEG`). */
  ffmpegPath?: string | undefined;
};

/**
 * The decoder for clips and recordings. Loads native code: call it in a perception worker only, never in the process that
 * serves or that holds other clips (damaged media can end a process from inside FFmpeg).
 */
export const openMediaDecoder = async (options: DecoderOptions = {}): Promise<MediaDecoder> => {
  if (options.ffmpegPath !== undefined && options.ffmpegPath !== '') {
    const { createFfmpegDecoder } = await import('./ffmpeg/decoder.ts');
    return createFfmpegDecoder(options.ffmpegPath);
  }
  const { createNodeAvDecoder } = await import('./node-av/decoder.ts');
  return createNodeAvDecoder();
};
