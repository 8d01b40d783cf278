import { createInterface } from 'node:readline';
import { throwIfAborted } from '../../kit/abort.ts';
import { WhyfaceError } from '../../kit/error.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import { assembleProbe } from '../assemble-probe.ts';
import { checkDuration, checkFileSize, checkFrameSize, checkStreamCount } from '../check-limits.ts';
import { declaredLengthMs } from '../declared-length.ts';
import type { Probe } from '../decoder.ts';
import { uprightSize } from '../filters.ts';
import { MEDIA_FORMATS } from '../formats.ts';
import { type PacketTimes, summarisePackets } from '../packet-times.ts';
import type { SniffedStream } from '../sniff.ts';
import { inputArguments, MOST_LOG_LINES, startFfmpeg } from './command.ts';
import { parseHeader } from './header.ts';

const NO_PACKETS: PacketTimes = { count: 0, times: [], keys: [], endMs: null, withoutTime: 0 };

/** `#tb 0: 1/90000` and `0, dts, pts, duration, size, checksum[, F=flags]`: FFmpeg's framecrc muxer. */
const TIME_BASE_LINE = /^#tb (\d+): (\d+)\/(\d+)$/;
const PACKET_LINE = /^(\d+),\s*(-?\d+|NOPTS),\s*(-?\d+|NOPTS),\s*(-?\d+),\s*(\d+),[^,]*(?:,\s*F=0x([0-9A-Fa-f]+))?/;
const NO_TIME = -(2n ** 63n);
const KEY = 1;
const DISCARD = 4;

const readHeader = async (binary: string, file: InputFile, sniffed: SniffedStream, signal: AbortSignal | undefined) => {
  const run = startFfmpeg(binary, inputArguments(file, sniffed), signal);
  run.stdout.resume();
  const lines: string[] = [];
  run.onLine((line) => {
    if (lines.length < MOST_LOG_LINES) {
      lines.push(line.text);
    }
  });
  await run.ended;
  throwIfAborted(signal, 'media');
  // ffmpeg always says why it cannot open a file.
  if (lines.length === 0) {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'media',
      message: `WHYFACE_FFMPEG names ${binary}, which does not behave like ffmpeg; name an ffmpeg binary (5.1 or newer) or unset it.`,
    });
  }
  return parseHeader(lines);
};

/** Copies the packets of the wanted streams, undecoded, into a list of their times. */
const scanPackets = async (
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  streams: readonly number[],
  videoStream: number | undefined,
  signal: AbortSignal | undefined,
): Promise<PacketTimes[]> => {
  const maps = streams.flatMap((stream) => ['-map', `0:${stream}`]);
  const run = startFfmpeg(
    binary,
    ['-copyts', ...inputArguments(file, sniffed), ...maps, '-c', 'copy', '-copyinkf', '-f', 'framecrc', 'pipe:1'],
    signal,
  );
  run.onLine(() => undefined);
  const collected: (ReturnType<typeof summarisePackets> | undefined)[] = [];
  for await (const line of createInterface({ input: run.stdout })) {
    const base = TIME_BASE_LINE.exec(line);
    if (base !== null) {
      collected[Number(base[1])] = summarisePackets(
        { num: Number(base[2]), den: Number(base[3]) },
        streams[Number(base[1])] === videoStream,
      );
      continue;
    }
    const packet = PACKET_LINE.exec(line);
    if (packet === null) {
      continue;
    }
    const [, index, dts = 'NOPTS', pts = 'NOPTS', duration = '0', size, flags] = packet;
    const marks = flags === undefined ? KEY : Number.parseInt(flags, 16);
    const presentation = pts === 'NOPTS' ? NO_TIME : BigInt(pts);
    const timed = presentation !== NO_TIME;
    if (Number(size) > 0) {
      collected[Number(index)]?.add(timed ? presentation : dts === 'NOPTS' ? NO_TIME : BigInt(dts), BigInt(duration), {
        key: (marks & KEY) !== 0,
        timed,
        hidden: (marks & DISCARD) !== 0,
      });
    }
  }
  await run.ended;
  throwIfAborted(signal, 'media');
  return streams.map((_, index) => collected[index]?.end() ?? NO_PACKETS);
};

/** `MediaDecoder.probe` on an ffmpeg binary. */
export const probeWithFfmpeg = async (
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Probe> => {
  checkFileSize(file.bytes, file.name, sniffed.kind);
  const header = await readHeader(binary, file, sniffed, options.signal);
  if (header === null) {
    throw new WhyfaceError({
      code: 'media-damaged',
      stage: 'media',
      message:
        `${file.name} begins like ${MEDIA_FORMATS[sniffed.format].label}, but its header cannot be read; ` +
        'it is damaged or was not copied whole, so fetch or export it again.',
      details: { format: sniffed.format, bytes: file.bytes },
    });
  }
  checkStreamCount(header.streams, file.name);
  if (header.video !== null) {
    checkFrameSize(header.video.width, header.video.height, file.name);
  }
  if (header.durationMs !== null) {
    checkDuration(header.durationMs, file.name);
  }
  const { video, audio } = header;
  const wanted = [video, audio].flatMap((stream) => (stream === null ? [] : [stream.stream]));
  const packets =
    wanted.length === 0 ? [] : await scanPackets(binary, file, sniffed, wanted, video?.stream, options.signal);
  const videoPackets = video === null ? NO_PACKETS : (packets[0] ?? NO_PACKETS);
  const ownMs = await declaredLengthMs(file, sniffed);
  return assembleProbe({
    file,
    sniffed,
    startMs: header.startMs,
    declaredDurationMs: ownMs ?? header.durationMs,
    video:
      video === null
        ? null
        : {
            packets: videoPackets,
            ...uprightSize(video.width, video.height, video.sampleAspect, video.rotation),
            rotation: video.rotation,
            // ffmpeg turns pictures upright by itself.
            uprightFilters: '',
            codec: video.codec,
            stream: video.stream,
            seekable: videoPackets.keys.length > 0,
          },
    audio:
      audio === null
        ? null
        : {
            packets: packets[video === null ? 0 : 1] ?? NO_PACKETS,
            sampleRate: audio.sampleRate,
            channels: audio.channels,
            codec: audio.codec,
            stream: audio.stream,
          },
  });
};
