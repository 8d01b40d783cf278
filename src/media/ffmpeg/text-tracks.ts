import { throwIfAborted } from '../../kit/abort.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { SniffedStream } from '../sniff.ts';
import { readCues } from '../subtitles/read-cues.ts';
import { containerLanguage, type TextTracks } from '../text-track.ts';
import { inputArguments, startFfmpeg } from './command.ts';

/** Lines like `Stream #0:2[0x3](eng): Subtitle: mov_text (tx3g …)`. */
const STREAM = /^\s*Stream #0:\d+(?:\[[^\]]*\])?(?:\((\w+)\))?: (Audio|Subtitle): (\w+)/;
const TEXT_FORMATS = new Set(['mov_text', 'subrip', 'webvtt', 'ass', 'ssa', 'text']);

/** `MediaDecoder.readTextTracks` on an ffmpeg binary, which writes the first text track as WebVTT. */
export const readTextTracksWithFfmpeg = async (
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<TextTracks> => {
  const run = startFfmpeg(
    binary,
    [...inputArguments(file, sniffed), '-map', '0:s:0?', '-c:s', 'webvtt', '-f', 'webvtt', 'pipe:1'],
    options.signal,
  );
  const streams: { language: string | null; kind: string; format: string }[] = [];
  run.onLine(({ text }) => {
    const match = streams.length < 2 * LIMITS.streams ? STREAM.exec(text) : null;
    if (match !== null) {
      streams.push({ language: containerLanguage(match[1]), kind: match[2] ?? '', format: match[3] ?? '' });
    }
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of run.stdout) {
      bytes += chunk.length;
      if (bytes > LIMITS.subtitleBytes) {
        break;
      }
      chunks.push(chunk);
    }
    if (bytes <= LIMITS.subtitleBytes) {
      await run.ended;
    }
    throwIfAborted(options.signal, 'media');
  } finally {
    run.stop();
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  const soundLanguage = streams.find(({ kind }) => kind === 'Audio')?.language ?? null;
  const source = streams.find(({ kind, format }) => kind === 'Subtitle' && TEXT_FORMATS.has(format));
  const { cues } = readCues(text, 'vtt');
  return {
    track:
      source === undefined || cues.length === 0 ? null : { format: source.format, language: source.language, cues },
    soundLanguage,
  };
};
