import { AVDISCARD_ALL, AVERROR_EAGAIN, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type CodecContext, Filter, FilterGraph, Frame, Packet, type Stream } from 'node-av/lib';
import { createBreather } from '../../kit/abort.ts';
import { WhyfaceError } from '../../kit/error.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { AudioFacts, Probe, ReadSummary, SampleBlock, SampleReader, SampleReadOptions } from '../decoder.ts';
import { soundFilters } from '../filters.ts';
import { type ChannelMixer, createChannelMixer } from '../mix-channels.ts';
import { emptySummary } from '../read-plan.ts';
import type { SniffedStream } from '../sniff.ts';
import { audioOf, closeSoundReading, SOUND_PREROLL_MS, SOUND_SEEKABLE, sampleRange } from '../sound.ts';
import { createPacketReader, damagedContainer, openContainer, toMs } from './container.ts';
import { filterEnds } from './filter-ends.ts';
import { openDecoder } from './frames.ts';

type SoundGraph = {
  /**
   * Feeds a decoded frame (`null` at the end) and gives every block that came out, the channels interleaved; the array is
   * overwritten by the next.
   */
  push: (frame: Frame | null) => Generator<Float32Array>;
  free: () => void;
};

const createSoundGraph = (sampleRate: number, file: InputFile, onBuilt: (channels: number) => void): SoundGraph => {
  const output = new Frame();
  output.alloc();
  let block = new Float32Array(0);
  let built:
    | {
        graph: FilterGraph;
        input: ReturnType<FilterGraph['createFilter']>;
        sink: ReturnType<FilterGraph['createFilter']>;
      }
    | undefined;

  const build = (frame: Frame) => {
    const source = Filter.getByName('abuffer');
    const drain = Filter.getByName('abuffersink');
    if (source === null || drain === null) {
      throw new WhyfaceError({
        code: 'internal',
        stage: 'media',
        message: 'This build of FFmpeg lacks its buffer filters.',
      });
    }
    const graph = new FilterGraph();
    graph.alloc();
    graph.nbThreads = 1;
    const layout = frame.channelLayout.mask > 0n ? `0x${frame.channelLayout.mask.toString(16)}` : `${frame.channels}c`;
    const input = graph.createFilter(
      source,
      'in',
      `sample_rate=${frame.sampleRate}:sample_fmt=${frame.format}:channel_layout=${layout}:time_base=1/${frame.sampleRate}`,
    );
    const sink = graph.createFilter(drain, 'out');
    const { open, close } = filterEnds(input, sink);
    if (graph.parsePtr(soundFilters(sampleRate), close, open) < 0 || graph.configSync() < 0) {
      graph.free();
      throw new WhyfaceError({
        code: 'media-damaged',
        stage: 'media',
        message: `The sound of ${file.name} cannot be turned into ${sampleRate} Hz; convert it to WAV first.`,
      });
    }
    onBuilt(frame.channelLayout.nbChannels);
    return { graph, input, sink };
  };

  return {
    *push(frame) {
      if (built === undefined) {
        if (frame === null) {
          return;
        }
        built = build(frame);
      }
      built.input?.buffersrcAddFrameSync(frame);
      while ((built.sink?.buffersinkGetFrameSync(output) ?? -1) >= 0) {
        const bytes = output.data?.[0];
        const count = output.nbSamples;
        if (bytes !== undefined && count > 0) {
          const samples = count * output.channelLayout.nbChannels;
          if (block.length < samples) {
            block = new Float32Array(samples);
          }
          bytes.copy(new Uint8Array(block.buffer), 0, 0, samples * 4);
          yield block.subarray(0, samples);
        }
        output.unref();
      }
    },
    free: () => {
      built?.graph.free();
      output.free();
    },
  };
};

/** Decoded sound with its time from the start of the media; the last item is `null`, to flush what follows. */
function* decodeSound(
  container: ReturnType<typeof openContainer>,
  stream: Stream,
  decoder: CodecContext,
  frame: Frame,
  onError: () => void,
): Generator<Frame | null> {
  const packet = new Packet();
  packet.alloc();
  function* drain(): Generator<Frame> {
    while (decoder.receiveFrameSync(frame) >= 0) {
      yield frame;
      frame.unref();
    }
  }
  try {
    const next = createPacketReader(container, packet);
    while (next()) {
      if (packet.streamIndex === stream.index) {
        const status = decoder.sendPacketSync(packet);
        if (status < 0 && status !== AVERROR_EAGAIN) {
          onError();
        }
        yield* drain();
      }
      packet.unref();
    }
    decoder.sendPacketSync(null);
    yield* drain();
    yield null;
  } finally {
    packet.free();
  }
}

async function* readSound(
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  audio: AudioFacts,
  options: SampleReadOptions,
  summary: ReadSummary,
  mixer: LateMixer,
): AsyncGenerator<SampleBlock> {
  const breathe = createBreather(options.signal, 'media');
  const { sampleRate, first, last } = sampleRange(probe, options);
  const fromMs = options.fromMs ?? 0;
  const frame = new Frame();
  frame.alloc();
  const graph = createSoundGraph(sampleRate, file, mixer.start);
  const container = openContainer(file, sniffed);
  let decoder: CodecContext | undefined;
  try {
    container.findStreamInfoSync(null);
    const stream = container.streams[audio.stream];
    if (stream === undefined) {
      throw damagedContainer(file, sniffed, 'its sound cannot be found again');
    }
    for (const other of container.streams) {
      if (other.index !== stream.index) {
        other.discard = AVDISCARD_ALL;
      }
    }
    const startMs = fromMs - SOUND_PREROLL_MS;
    if (startMs > 0 && SOUND_SEEKABLE.has(sniffed.format)) {
      const ticks = Math.round(((startMs + probe.originMs) * stream.timeBase.den) / (stream.timeBase.num * 1000));
      container.seekFrameSync(stream.index, BigInt(ticks), AVSEEK_FLAG_BACKWARD);
    }
    decoder = openDecoder(stream, 1, file, sniffed);
    let position = first;
    let heard = 0;
    const onError = (): void => {
      summary.errors += 1;
    };
    for (const decoded of decodeSound(container, stream, decoder, frame, onError)) {
      await breathe();
      if (decoded !== null) {
        // Times are made relative to the first sample asked for: the resampler starts its time line at 0.
        const ms = toMs(decoded.bestEffortTimestamp, stream.timeBase);
        const startsAt =
          ms === undefined ? heard : Math.round(((ms - probe.originMs - fromMs) * decoded.sampleRate) / 1000);
        heard = startsAt + decoded.nbSamples;
        summary.decoded += 1;
        decoded.pts = BigInt(startsAt);
        if (heard <= 0) {
          continue;
        }
      }
      for (const interleaved of graph.push(decoded)) {
        const samples = mixer.mix(interleaved);
        const wanted = samples.subarray(0, Math.max(0, last - position));
        if (wanted.length > 0) {
          summary.delivered += 1;
          yield { position, samples: wanted };
          position += wanted.length;
        }
      }
      if (position >= last) {
        break;
      }
    }
  } finally {
    decoder?.freeContext();
    container.closeInputSync();
    graph.free();
    frame.free();
  }
  closeSoundReading(summary, file.name, fromMs === 0);
}

type LateMixer = ChannelMixer & { start: (channels: number) => void };

/** A mixer for as many channels as the decoder turns out to give: a header may say otherwise. */
const createLateMixer = (declared: number): LateMixer => {
  let mixer = createChannelMixer(declared);
  return {
    start: (channels) => {
      mixer = createChannelMixer(channels);
    },
    mix: (interleaved) => mixer.mix(interleaved),
    report: () => mixer.report(),
  };
};

/** `MediaDecoder.readSamples` on node-av. */
export const readSamplesWithNodeAv = (
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  options: SampleReadOptions = {},
): SampleReader => {
  const audio = audioOf(probe, file.name);
  const summary = emptySummary(0);
  const mixer = createLateMixer(audio.channels);
  return {
    summary,
    channels: mixer.report,
    [Symbol.asyncIterator]: () => readSound(file, sniffed, probe, audio, options, summary, mixer),
  };
};
