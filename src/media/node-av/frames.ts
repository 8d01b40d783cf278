import {
  AV_FRAME_FLAG_CORRUPT,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { Codec, CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib';
import { createBreather } from '../../kit/abort.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { DecodedFrame, FrameReader, FrameReadOptions, Probe, ReadSummary, VideoFacts } from '../decoder.ts';
import { deliveredSize } from '../filters.ts';
import { closeFrameReading, createReadPlan, emptySummary, videoOf } from '../read-plan.ts';
import type { SniffedStream } from '../sniff.ts';
import { createPacketReader, damagedContainer, openContainer, toMs } from './container.ts';
import { createPictureGraph } from './picture-graph.ts';

/** Opens a stream's decoder with the limits that the header may have lied about. */
export const openDecoder = (stream: Stream, threads: number, file: InputFile, sniffed: SniffedStream): CodecContext => {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.parametersToContext(stream.codecpar);
  context.pktTimebase = stream.timeBase;
  context.threadCount = threads;
  // Set on the context, not passed to open2Sync: node-av frees a dictionary that FFmpeg has freed already.
  context.setOption('max_pixels', BigInt(LIMITS.videoPixels));
  const status = context.open2Sync(codec, null);
  if (status < 0) {
    context.freeContext();
    throw damagedContainer(file, sniffed, 'its decoder cannot be started');
  }
  return context;
};

/** Every picture a decoder gives for a container, in the decoder's order, from where the container stands. */
function* decodePictures(
  container: FormatContext,
  stream: Stream,
  decoder: CodecContext,
  picture: Frame,
  onError: () => void,
): Generator<Frame> {
  const packet = new Packet();
  packet.alloc();
  function* drain(): Generator<Frame> {
    for (;;) {
      const status = decoder.receiveFrameSync(picture);
      if (status >= 0) {
        yield picture;
        picture.unref();
        continue;
      }
      if (status !== AVERROR_EAGAIN && status !== AVERROR_EOF) {
        onError();
      }
      return;
    }
  }
  try {
    const next = createPacketReader(container, packet);
    while (next()) {
      if (packet.streamIndex === stream.index) {
        let status = decoder.sendPacketSync(packet);
        if (status === AVERROR_EAGAIN) {
          yield* drain();
          status = decoder.sendPacketSync(packet);
        }
        if (status < 0) {
          onError();
        }
        yield* drain();
      }
      packet.unref();
    }
    decoder.sendPacketSync(null);
    yield* drain();
  } finally {
    packet.free();
  }
}

const startAt = (container: FormatContext, stream: Stream, keyMs: number | undefined, originMs: number): boolean => {
  if (keyMs === undefined) {
    return true;
  }
  const ticks = Math.round(((keyMs + originMs) * stream.timeBase.den) / (stream.timeBase.num * 1000));
  return container.seekFrameSync(stream.index, BigInt(ticks), AVSEEK_FLAG_BACKWARD) >= 0;
};

async function* readPictures(
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  video: VideoFacts,
  options: FrameReadOptions,
  summary: ReadSummary,
): AsyncGenerator<DecodedFrame> {
  const breathe = createBreather(options.signal, 'media');
  const plan = createReadPlan(video, options);
  if (plan.empty) {
    return;
  }
  const size = deliveredSize(video.width, video.height, options.maxSide);
  const data = new Uint8Array(size.width * size.height * 3);
  const picture = new Frame();
  picture.alloc();
  const graph = createPictureGraph(video.uprightFilters, size.width, size.height, file.name);
  const onError = (): void => {
    summary.errors += 1;
  };
  try {
    for (const startMs of plan.startingPoints()) {
      plan.restart();
      summary.errors = 0;
      const container = openContainer(file, sniffed);
      let decoder: CodecContext | undefined;
      try {
        // Also for containers that need none: it finds the depth of reordering, without which the first pictures come out of order.
        container.findStreamInfoSync(null);
        const stream = container.streams[video.stream];
        if (stream === undefined) {
          throw damagedContainer(file, sniffed, 'its pictures cannot be found again');
        }
        for (const other of container.streams) {
          if (other.index !== stream.index) {
            other.discard = AVDISCARD_ALL;
          }
        }
        if (!startAt(container, stream, startMs, probe.originMs)) {
          continue;
        }
        decoder = openDecoder(stream, options.threads ?? 1, file, sniffed);
        let landed = startMs === undefined;
        let missed = false;
        let inRange = false;
        for (const decoded of decodePictures(container, stream, decoder, picture, onError)) {
          await breathe();
          const ms = toMs(decoded.bestEffortTimestamp, stream.timeBase);
          const judged = plan.judge(ms === undefined ? undefined : Math.max(0, ms - probe.originMs));
          if (!landed) {
            landed = judged.frame <= plan.firstWanted;
            if (!landed) {
              missed = true;
              break;
            }
          }
          if (judged.verdict === 'after') {
            break;
          }
          if (judged.verdict === 'before') {
            continue;
          }
          if (!inRange && startMs !== undefined) {
            // Pictures that lead a keyframe refer to what was not read; their errors are the seek's, not the file's.
            summary.errors = 0;
          }
          inRange = true;
          summary.decoded += 1;
          if ((decoded.flags & AV_FRAME_FLAG_CORRUPT) !== 0 || decoded.decodeErrorFlags !== 0) {
            summary.errors += 1;
          }
          if (judged.verdict === 'deliver') {
            if (!graph.convert(decoded, data)) {
              summary.errors += 1;
              continue;
            }
            summary.delivered += 1;
            yield { frame: judged.frame, ms: judged.ms, ...size, data };
          }
        }
        if (!missed && landed) {
          break;
        }
      } finally {
        decoder?.freeContext();
        container.closeInputSync();
      }
    }
  } finally {
    picture.free();
    graph.free();
  }
  closeFrameReading(summary, file.name, plan.whole);
}

/** `MediaDecoder.readFrames` on node-av. */
export const readFramesWithNodeAv = (
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  options: FrameReadOptions = {},
): FrameReader => {
  const video = videoOf(probe, file.name);
  const summary = emptySummary(createReadPlan(video, options).expected);
  return {
    summary,
    [Symbol.asyncIterator]: () => readPictures(file, sniffed, probe, video, options, summary),
  };
};
