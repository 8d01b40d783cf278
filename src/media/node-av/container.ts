import { AV_LOG_QUIET, AV_NOPTS_VALUE, AV_PKT_FLAG_DISCARD, AVERROR_EOF } from 'node-av/constants';
import { Dictionary, FormatContext, InputFormat, Log, type Packet, type Rational } from 'node-av/lib';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import { MEDIA_FORMATS } from '../formats.ts';
import type { SniffedStream } from '../sniff.ts';

/** A WhyfaceError for a container that FFmpeg cannot open or make sense of. */
export const damagedContainer = (file: InputFile, sniffed: SniffedStream, detail: string): WhyfaceError =>
  new WhyfaceError({
    code: 'media-damaged',
    stage: 'media',
    message:
      `${file.name} begins like ${MEDIA_FORMATS[sniffed.format].label}, but ${detail}; ` +
      'it is damaged or was not copied whole, so fetch or export it again.',
    details: { format: sniffed.format, bytes: file.bytes },
  });

/**
 * Opens a container with its demuxer forced and nothing but local files allowed. The caller closes it.
 *
 * @throws WhyfaceError `media-damaged`
 */
export const openContainer = (file: InputFile, sniffed: SniffedStream): FormatContext => {
  // FFmpeg's log goes to stderr, which belongs to progress and notes; what matters comes back as results.
  Log.setLevel(AV_LOG_QUIET);
  const demuxer = InputFormat.findInputFormat(sniffed.demuxer);
  if (demuxer === null) {
    throw new WhyfaceError({
      code: 'media-unsupported',
      stage: 'media',
      message: `${file.name} needs the ${sniffed.demuxer} demuxer, which this build of FFmpeg lacks; set WHYFACE_FFMPEG to one that has it.`,
    });
  }
  const container = new FormatContext();
  const options = Dictionary.fromObject({
    protocol_whitelist: 'file',
    max_streams: String(LIMITS.streams * 4),
    fflags: '+discardcorrupt',
  });
  try {
    // The prefix keeps a name like `concat:a|b` or `http:…` from being taken for a protocol.
    const status = container.openInputSync(`file:${file.path}`, demuxer, options);
    if (status < 0) {
      throw damagedContainer(file, sniffed, 'its header cannot be read');
    }
    return container;
  } finally {
    options.free();
  }
};

/** A timestamp in its stream's clock as unrounded milliseconds; `undefined` where the stream has none. */
export const toMs = (ticks: bigint, timeBase: Rational | { num: number; den: number }): number | undefined =>
  ticks === AV_NOPTS_VALUE ? undefined : (Number(ticks) * timeBase.num * 1000) / timeBase.den;

/** Errors in a row after which a file is taken to have ended; single bad packets in the middle are stepped over. */
const MOST_ERRORS_IN_A_ROW = 50;

/** Reads the next packet, stepping over damage; `false` at the end. */
export const createPacketReader = (container: FormatContext, packet: Packet): (() => boolean) => {
  let errorsInARow = 0;
  return () => {
    for (;;) {
      const status = container.readFrameSync(packet);
      if (status >= 0) {
        errorsInARow = 0;
        return true;
      }
      errorsInARow += 1;
      if (status === AVERROR_EOF || errorsInARow >= MOST_ERRORS_IN_A_ROW) {
        return false;
      }
    }
  };
};

/** Packets that only warm up a decoder (outside an edit list): their frames are never shown. */
export const isHidden = (packet: Packet): boolean => (packet.flags & AV_PKT_FLAG_DISCARD) !== 0;
