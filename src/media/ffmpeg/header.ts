/** What ffmpeg writes about an input, as data. */
export type FfmpegHeader = {
  durationMs: number | null;
  startMs: number;
  streams: number;
  video: {
    stream: number;
    codec: string | null;
    width: number;
    height: number;
    sampleAspect: { num: number; den: number };
    rotation: 0 | 90 | 180 | 270;
  } | null;
  audio: { stream: number; codec: string | null; sampleRate: number; channels: number } | null;
};

const DURATION = /^\s*Duration: (?:(\d+):(\d{2}):(\d{2}(?:\.\d+)?)|N\/A)(?:, start: (-?[\d.]+))?/;
const STREAM = /^\s*Stream #0:(\d+)[^ ]*: (\w+): ([\w-]+)(.*)$/;
const SIZE = /, (\d{1,6})x(\d{1,6})(?: \[SAR (\d+):(\d+))?/;
const ROTATION = /displaymatrix: rotation of (-?[\d.]+) degrees/;
const CHANNELS: Readonly<Record<string, number>> = { mono: 1, stereo: 2, quad: 4, '5.0': 5, '5.1': 6, '7.1': 8 };

const channelsIn = (text: string): number => {
  const layout = /\d+ Hz, ([^,(]+)/.exec(text)?.[1]?.trim() ?? '';
  const counted = /^(\d+) channels/.exec(layout)?.[1];
  return counted === undefined ? (CHANNELS[layout] ?? 2) : Number(counted);
};

const quarterTurn = (degrees: number): 0 | 90 | 180 | 270 => {
  const quarters = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return quarters === 1 ? 90 : quarters === 2 ? 180 : quarters === 3 ? 270 : 0;
};

/**
 * Reads the description that `ffmpeg -i` logs (its wording is the same from 4.0 to 8.1). Only the first picture stream that
 * is no cover and the first sound stream are taken.
 *
 * @returns `null` when ffmpeg could not open the input
 */
export const parseHeader = (lines: readonly string[]): FfmpegHeader | null => {
  const header: FfmpegHeader = { durationMs: null, startMs: 0, streams: 0, video: null, audio: null };
  let opened = false;
  let turnsVideo = false;
  for (const line of lines) {
    const duration = DURATION.exec(line);
    if (duration !== null) {
      opened = true;
      const [, hours, minutes, seconds, start] = duration;
      header.durationMs =
        seconds === undefined ? null : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
      header.startMs = start === undefined ? 0 : Number(start) * 1000;
      continue;
    }
    const stream = STREAM.exec(line);
    if (stream !== null) {
      const [, index, type, codec = 'none', rest = ''] = stream;
      header.streams += 1;
      turnsVideo = false;
      const known = codec === 'none' || codec === 'unknown' ? null : codec;
      const size = SIZE.exec(rest);
      if (type === 'Video' && header.video === null && !rest.includes('(attached pic)')) {
        turnsVideo = true;
        header.video = {
          stream: Number(index),
          codec: known,
          width: Number(size?.[1] ?? 0),
          height: Number(size?.[2] ?? 0),
          sampleAspect: { num: Number(size?.[3] ?? 0), den: Number(size?.[4] ?? 0) },
          rotation: 0,
        };
      }
      if (type === 'Audio' && header.audio === null) {
        const sampleRate = Number(/, (\d+) Hz/.exec(rest)?.[1] ?? 0);
        header.audio = { stream: Number(index), codec: known, sampleRate, channels: channelsIn(rest) };
      }
      continue;
    }
    const rotation = turnsVideo ? ROTATION.exec(line) : null;
    if (rotation !== null && header.video !== null) {
      // The log gives counterclockwise degrees.
      header.video.rotation = quarterTurn(-Number(rotation[1]));
    }
  }
  return opened ? header : null;
};
