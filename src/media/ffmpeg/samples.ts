import { throwIfAborted } from '../../kit/abort.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { AudioFacts, Probe, ReadSummary, SampleBlock, SampleReader, SampleReadOptions } from '../decoder.ts';
import { soundFilters } from '../filters.ts';
import { type ChannelMixer, createChannelMixer } from '../mix-channels.ts';
import { emptySummary } from '../read-plan.ts';
import type { SniffedStream } from '../sniff.ts';
import { audioOf, closeSoundReading, SOUND_PREROLL_MS, SOUND_SEEKABLE, sampleRange } from '../sound.ts';
import { inputArguments, isInputError, startFfmpeg } from './command.ts';

async function* readSound(
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  audio: AudioFacts,
  options: SampleReadOptions,
  summary: ReadSummary,
  mixer: ChannelMixer,
): AsyncGenerator<SampleBlock> {
  const { sampleRate, first, last } = sampleRange(probe, options);
  const fromMs = options.fromMs ?? 0;
  const startMs = fromMs - SOUND_PREROLL_MS;
  const seek =
    startMs > 0 && SOUND_SEEKABLE.has(sniffed.format) ? ['-noaccurate_seek', '-ss', String(startMs / 1000)] : [];
  const run = startFfmpeg(
    binary,
    [
      '-copyts',
      ...seek,
      ...inputArguments(file, sniffed),
      '-map',
      `0:${audio.stream}`,
      '-af',
      `asetpts=PTS-(${(probe.originMs + fromMs) / 1000})/TB,${soundFilters(sampleRate)}`,
      '-ac',
      String(audio.channels),
      '-f',
      'f32le',
      'pipe:1',
    ],
    options.signal,
  );
  run.onLine((line) => {
    summary.errors += isInputError(line) ? 1 : 0;
  });
  // Instants may be cut anywhere by the pipe: the rest of one waits for the next chunk.
  const instant = 4 * audio.channels;
  const block = new Float32Array(16_384 * audio.channels);
  const bytes = new Uint8Array(block.buffer);
  let held = 0;
  let position = first;
  try {
    for await (const chunk of run.stdout) {
      for (let offset = 0; offset < chunk.length && position < last; ) {
        throwIfAborted(options.signal, 'media');
        const taken = Math.min(bytes.length - held, chunk.length - offset);
        bytes.set(chunk.subarray(offset, offset + taken), held);
        offset += taken;
        held += taken;
        const whole = Math.floor(held / instant);
        const mixed = mixer.mix(block.subarray(0, whole * audio.channels));
        const samples = mixed.subarray(0, Math.min(whole, last - position));
        if (samples.length > 0) {
          summary.delivered += 1;
          summary.decoded += 1;
          yield { position, samples };
          position += samples.length;
        }
        bytes.copyWithin(0, whole * instant, held);
        held -= whole * instant;
      }
      if (position >= last) {
        break;
      }
    }
    if (position < last) {
      await run.ended;
    }
    throwIfAborted(options.signal, 'media');
  } finally {
    run.stop();
  }
  closeSoundReading(summary, file.name, fromMs === 0);
}

/** `MediaDecoder.readSamples` on an ffmpeg binary. */
export const readSamplesWithFfmpeg = (
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  options: SampleReadOptions = {},
): SampleReader => {
  const audio = audioOf(probe, file.name);
  const summary = emptySummary(0);
  const mixer = createChannelMixer(audio.channels);
  return {
    summary,
    channels: mixer.report,
    [Symbol.asyncIterator]: () => readSound(binary, file, sniffed, probe, audio, options, summary, mixer),
  };
};
