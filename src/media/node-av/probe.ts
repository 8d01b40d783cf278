import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_FLAG_KEY,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  type AVMediaType,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { Codec, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { createBreather } from '../../kit/abort.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import { assembleProbe } from '../assemble-probe.ts';
import { checkDuration, checkFileSize, checkFrameSize, checkStreamCount } from '../check-limits.ts';
import { declaredLengthMs } from '../declared-length.ts';
import type { Probe } from '../decoder.ts';
import { uprightFromMatrix, uprightSize } from '../filters.ts';
import { type PacketTimes, summarisePackets } from '../packet-times.ts';
import type { SniffedStream } from '../sniff.ts';
import { createPacketReader, damagedContainer, isHidden, openContainer } from './container.ts';

const bestStream = (container: FormatContext, type: AVMediaType): Stream | undefined => {
  const stream = container.streams[container.findBestStream(type)];
  // A cover picture inside a recording is no video.
  return stream === undefined || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0 ? undefined : stream;
};

const displayMatrixOf = (stream: Stream): readonly number[] => {
  const data = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  return data === null || data.length < 36 ? [] : Array.from({ length: 9 }, (_, index) => data.readInt32LE(index * 4));
};

const checkHeader = (container: FormatContext, file: InputFile): void => {
  checkStreamCount(container.nbStreams, file.name);
  for (const stream of container.streams) {
    if (stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO) {
      checkFrameSize(stream.codecpar.width, stream.codecpar.height, file.name);
    }
  }
  if (container.duration !== AV_NOPTS_VALUE) {
    checkDuration(Number(container.duration) / 1000, file.name);
  }
};

/** Seeks to a keyframe in the middle and looks whether that very packet comes. */
const seekWorks = (container: FormatContext, stream: Stream, packets: PacketTimes): boolean => {
  const key = packets.keys[packets.keys.length >> 1];
  if (key === undefined) {
    return false;
  }
  if (container.seekFrameSync(stream.index, key.ticks, AVSEEK_FLAG_BACKWARD) < 0) {
    return false;
  }
  const packet = new Packet();
  packet.alloc();
  try {
    const next = createPacketReader(container, packet);
    while (next()) {
      if (packet.streamIndex === stream.index) {
        return (packet.flags & AV_PKT_FLAG_KEY) !== 0 && packet.pts <= key.ticks;
      }
      packet.unref();
    }
    return false;
  } finally {
    packet.free();
  }
};

/** Reads every packet of the two streams, without decoding. */
const scanPackets = async (
  container: FormatContext,
  video: Stream | undefined,
  audio: Stream | undefined,
  breathe: () => Promise<void> | undefined,
): Promise<{ video: PacketTimes; audio: PacketTimes }> => {
  for (const stream of container.streams) {
    if (stream.index !== video?.index && stream.index !== audio?.index) {
      stream.discard = AVDISCARD_ALL;
    }
  }
  const videoPackets = summarisePackets(video === undefined ? { num: 1, den: 1 } : video.timeBase, true);
  const audioPackets = summarisePackets(audio === undefined ? { num: 1, den: 1 } : audio.timeBase, false);
  const packet = new Packet();
  packet.alloc();
  try {
    const next = createPacketReader(container, packet);
    while (next()) {
      const target =
        packet.streamIndex === video?.index ? videoPackets : packet.streamIndex === audio?.index ? audioPackets : null;
      if (target !== null && packet.size > 0) {
        const timed = packet.pts !== AV_NOPTS_VALUE;
        target.add(timed ? packet.pts : packet.dts, packet.duration, {
          key: (packet.flags & AV_PKT_FLAG_KEY) !== 0,
          timed,
          hidden: isHidden(packet),
        });
      }
      packet.unref();
      await breathe();
    }
  } finally {
    packet.free();
  }
  return { video: videoPackets.end(), audio: audioPackets.end() };
};

/** `MediaDecoder.probe` on node-av. */
export const probeWithNodeAv = async (
  file: InputFile,
  sniffed: SniffedStream,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Probe> => {
  const breathe = createBreather(options.signal, 'media');
  checkFileSize(file.bytes, file.name, sniffed.kind);
  const container = openContainer(file, sniffed);
  try {
    await breathe();
    checkHeader(container, file);
    // Never with options: FFmpeg wants one dictionary a stream, node-av hands it a single one, and two streams end the process.
    if (container.findStreamInfoSync(null) < 0) {
      throw damagedContainer(file, sniffed, 'its streams cannot be read');
    }
    // Once more: some containers tell the size and length only from their packets.
    checkHeader(container, file);
    const video = bestStream(container, AVMEDIA_TYPE_VIDEO);
    const audio = bestStream(container, AVMEDIA_TYPE_AUDIO);
    const packets = await scanPackets(container, video, audio, breathe);
    const startMs = container.startTime === AV_NOPTS_VALUE ? 0 : Number(container.startTime) / 1000;
    const upright = video === undefined ? undefined : uprightFromMatrix(displayMatrixOf(video));
    const ownMs = await declaredLengthMs(file, sniffed);
    return assembleProbe({
      file,
      sniffed,
      startMs,
      declaredDurationMs: ownMs ?? (container.duration === AV_NOPTS_VALUE ? null : Number(container.duration) / 1000),
      video:
        video === undefined || upright === undefined
          ? null
          : {
              packets: packets.video,
              ...uprightSize(
                video.codecpar.width,
                video.codecpar.height,
                video.sampleAspectRatio.num > 0 ? video.sampleAspectRatio : video.codecpar.sampleAspectRatio,
                upright.rotation,
              ),
              ...upright,
              codec: Codec.findDecoder(video.codecpar.codecId)?.name ?? null,
              stream: video.index,
              seekable: seekWorks(container, video, packets.video),
            },
      audio:
        audio === undefined
          ? null
          : {
              packets: packets.audio,
              sampleRate: audio.codecpar.sampleRate,
              channels: audio.codecpar.channels,
              codec: Codec.findDecoder(audio.codecpar.codecId)?.name ?? null,
              stream: audio.index,
            },
    });
  } finally {
    container.closeInputSync();
  }
};
