import type { Warning } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { InputFile } from '../kit/safe-path.ts';
import { checkDuration, checkFrameSize } from './check-limits.ts';
import type { Probe } from './decoder.ts';
import { MEDIA_FORMATS } from './formats.ts';
import { longestGap, meanFps } from './frame-times.ts';
import type { PacketTimes } from './packet-times.ts';
import type { SniffedStream } from './sniff.ts';
import { durationInWords, mediaWarning } from './warnings.ts';

/** What a decoder found out about a container. */
export type ContainerFacts = {
  file: InputFile;
  sniffed: SniffedStream;
  /** When the container says its first stream starts, in its own clock. */
  startMs: number;
  declaredDurationMs: number | null;
  video: {
    packets: PacketTimes;
    width: number;
    height: number;
    rotation: 0 | 90 | 180 | 270;
    uprightFilters: string;
    /** `null` where this FFmpeg has no decoder for it. */
    codec: string | null;
    stream: number;
    seekable: boolean;
  } | null;
  audio: {
    packets: PacketTimes;
    sampleRate: number;
    channels: number;
    codec: string | null;
    stream: number;
  } | null;
};

/** Formats whose length FFmpeg estimates from the bit rate: a difference there says nothing about a truncation. */
const LENGTH_IS_A_GUESS: ReadonlySet<string> = new Set(['adts', 'mp3']);

/**
 * How much a file may end before its header says without being called truncated: a few pictures' length (the last one's is
 * often unknown), a packet of sound, and rounding in proportion.
 */
const truncationSlack = (declaredMs: number, fps: number | null): number =>
  Math.max(250, 4000 / (fps ?? 25)) + declaredMs * 0.002;

/**
 * Puts what was found on one time line and decides whether there is anything to read.
 *
 * @throws WhyfaceError `media-damaged` (streams without a readable packet), `media-unsupported` (no decoder),
 *   `nothing-to-read` (neither picture nor sound in it), `media-too-large`, `media-too-long`
 */
export const assembleProbe = (facts: ContainerFacts): Probe => {
  const { file, sniffed } = facts;
  const label = MEDIA_FORMATS[sniffed.format].label;
  const warnings: Warning[] = [];

  if (facts.video === null && facts.audio === null) {
    throw new WhyfaceError({
      code: 'nothing-to-read',
      stage: 'media',
      message: `${file.name} is ${label} without any picture or sound stream; name a clip, photo or recording.`,
    });
  }
  for (const [what, track] of [
    ['picture', facts.video],
    ['sound', facts.audio],
  ] as const) {
    if (track !== null && track.codec === null) {
      warnings.push(
        mediaWarning('damaged', `The ${what} of ${file.name} is in a coding that this FFmpeg cannot decode.`),
      );
    } else if (track !== null && track.packets.count === 0) {
      warnings.push(mediaWarning('damaged', `${file.name} declares a ${what} stream, but nothing of it can be read.`));
    }
  }
  const video =
    facts.video !== null && facts.video.codec !== null && facts.video.packets.count > 0 ? facts.video : null;
  const audio =
    facts.audio !== null && facts.audio.codec !== null && facts.audio.packets.count > 0 ? facts.audio : null;
  if (video === null && audio === null) {
    const undecodable = facts.video?.codec === null || facts.audio?.codec === null;
    throw new WhyfaceError({
      code: undecodable ? 'media-unsupported' : 'media-damaged',
      stage: 'media',
      message: undecodable
        ? `${file.name} is in a coding that this FFmpeg cannot decode; convert it to an H.264 MP4 first.`
        : `${file.name} begins like ${label}, but not one frame of it can be read; it is damaged or was not copied whole, so fetch or export it again.`,
      details: { bytes: file.bytes },
    });
  }

  // A start before zero is a sound codec's run-up, which is not heard, unless pictures start there too.
  const originMs = facts.startMs >= 0 ? facts.startMs : Math.min(0, video?.packets.times[0] ?? 0);
  const relative = (ms: number): number => Math.max(0, ms - originMs);
  const endMs = Math.max(...[video?.packets, audio?.packets].map((packets) => relative(packets?.endMs ?? originMs)));
  checkDuration(endMs, file.name);
  const declared = LENGTH_IS_A_GUESS.has(sniffed.format) ? null : facts.declaredDurationMs;
  const frameTimes = (video?.packets.times ?? []).map(relative);
  const slack = truncationSlack(declared ?? 0, meanFps(frameTimes));
  if (declared !== null && declared - endMs > slack) {
    warnings.push(
      mediaWarning(
        'truncated',
        `${file.name} is cut short: its header says ${durationInWords(declared)}, but only the first ${durationInWords(endMs)} can be read.`,
      ),
    );
  }
  if (video !== null) {
    checkFrameSize(video.width, video.height, file.name);
  }
  const gap = longestGap(frameTimes);
  if (gap !== null) {
    warnings.push(
      mediaWarning(
        'gap',
        `${file.name} has no picture for ${durationInWords(gap.endMs - gap.startMs)} from ${durationInWords(gap.startMs)} on, though the rest is evenly spaced; a part of it is probably damaged.`,
      ),
    );
  }
  const lastMs = frameTimes.at(-1) ?? 0;
  // The header knows the length of the last picture, which the packets often overstate.
  const durationMs = declared !== null && Math.abs(declared - endMs) <= slack && declared > lastMs ? declared : endMs;
  return {
    durationMs: Math.round(durationMs),
    declaredDurationMs: declared === null ? null : Math.round(declared),
    originMs,
    video:
      video === null || video.codec === null
        ? null
        : {
            width: video.width,
            height: video.height,
            fps: meanFps(frameTimes),
            rotation: video.rotation,
            uprightFilters: video.uprightFilters,
            codec: video.codec,
            stream: video.stream,
            frameTimes,
            keyTimes: video.packets.keys.map((key) => relative(key.ms)),
            timed: video.packets.withoutTime === 0,
            seekable: video.seekable && video.packets.withoutTime === 0,
          },
    audio:
      audio === null || audio.codec === null
        ? null
        : {
            sampleRate: audio.sampleRate,
            channels: audio.channels,
            codec: audio.codec,
            stream: audio.stream,
            endMs: Math.round(relative(audio.packets.endMs ?? originMs)),
          },
    warnings,
  };
};
