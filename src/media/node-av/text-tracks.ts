import {
  AV_CODEC_ID_ASS,
  AV_CODEC_ID_MOV_TEXT,
  AV_CODEC_ID_SSA,
  AV_CODEC_ID_SUBRIP,
  AV_CODEC_ID_TEXT,
  AV_CODEC_ID_WEBVTT,
  AV_NOPTS_VALUE,
  AVDISCARD_ALL,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_SUBTITLE,
} from 'node-av/constants';
import { Packet, type Stream } from 'node-av/lib';
import { createBreather } from '../../kit/abort.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { SniffedStream } from '../sniff.ts';
import type { DraftCue } from '../subtitles/draft-cue.ts';
import { containerLanguage, packetText, type TextTracks } from '../text-track.ts';
import { createPacketReader, openContainer, toMs } from './container.ts';

/** Text codings; pictures of text (DVD, Blu-ray) have no words to read. */
const FORMATS = new Map<number, string>([
  [AV_CODEC_ID_MOV_TEXT, 'mov_text'],
  [AV_CODEC_ID_SUBRIP, 'subrip'],
  [AV_CODEC_ID_WEBVTT, 'webvtt'],
  [AV_CODEC_ID_ASS, 'ass'],
  [AV_CODEC_ID_SSA, 'ass'],
  [AV_CODEC_ID_TEXT, 'text'],
]);

/** `MediaDecoder.readTextTracks` on node-av: packets of the first text track, none of them decoded. */
export const readTextTracksWithNodeAv = async (
  file: InputFile,
  sniffed: SniffedStream,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<TextTracks> => {
  const breathe = createBreather(options.signal, 'media');
  const container = openContainer(file, sniffed);
  const packet = new Packet();
  packet.alloc();
  try {
    container.findStreamInfoSync(null);
    const streams = container.streams.slice(0, LIMITS.streams);
    const sound = streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO);
    const soundLanguage = languageOf(sound);
    const stream = streams.find(
      ({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_SUBTITLE && FORMATS.has(codecpar.codecId),
    );
    const format = stream === undefined ? undefined : FORMATS.get(stream.codecpar.codecId);
    if (stream === undefined || format === undefined) {
      return { track: null, soundLanguage };
    }
    for (const other of container.streams) {
      if (other.index !== stream.index) {
        other.discard = AVDISCARD_ALL;
      }
    }
    const originMs = container.startTime === AV_NOPTS_VALUE ? 0 : Math.max(0, Number(container.startTime) / 1000);
    const cues: DraftCue[] = [];
    let bytes = 0;
    const next = createPacketReader(container, packet);
    while (cues.length <= LIMITS.subtitleCues && bytes <= LIMITS.subtitleBytes && next()) {
      const startMs = packet.streamIndex === stream.index ? toMs(packet.pts, stream.timeBase) : undefined;
      const data = packet.data;
      if (startMs !== undefined && data !== null) {
        bytes += data.length;
        const from = startMs - originMs;
        const endMs = from + (Number(packet.duration) * stream.timeBase.num * 1000) / stream.timeBase.den;
        cues.push({ startMs: from, endMs, text: packetText(format, data), speaker: null, words: [] });
      }
      packet.unref();
      await breathe();
    }
    return { track: { format, language: languageOf(stream), cues }, soundLanguage };
  } finally {
    packet.free();
    container.closeInputSync();
  }
};

const languageOf = (stream: Stream | undefined): string | null => containerLanguage(stream?.metadata?.get('language'));
