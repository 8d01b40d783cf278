import { throwIfAborted } from '../../kit/abort.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { DecodedFrame, FrameReader, FrameReadOptions, Probe, ReadSummary, VideoFacts } from '../decoder.ts';
import { deliveredSize, pictureFilters } from '../filters.ts';
import { closeFrameReading, createReadPlan, emptySummary, videoOf } from '../read-plan.ts';
import type { SniffedStream } from '../sniff.ts';
import { inputArguments, isInputError, startFfmpeg } from './command.ts';

/** Times of pictures, read from the log of ffmpeg's `showinfo` filter, in the order of the pictures on the pipe. */
const createTimeQueue = () => {
  const queue: (number | undefined)[] = [];
  let timeBase = { num: 1, den: 1000 };
  let wake: (() => void) | undefined;
  let closed = false;
  return {
    read: (text: string): boolean => {
      const base = /config in time_base: (\d+)\/(\d+)/.exec(text);
      if (base !== null) {
        timeBase = { num: Number(base[1]), den: Number(base[2]) };
        return true;
      }
      const shown = /^n:\s*\d+ pts:\s*(-?\d+|NOPTS)/.exec(text);
      if (shown === null) {
        return false;
      }
      queue.push(shown[1] === 'NOPTS' ? undefined : (Number(shown[1]) * timeBase.num * 1000) / timeBase.den);
      wake?.();
      return true;
    },
    close: (): void => {
      closed = true;
      wake?.();
    },
    /** The next picture's time; the log may lag behind the pipe. */
    next: async (): Promise<number | undefined> => {
      while (queue.length === 0 && !closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return queue.shift();
    },
  };
};

async function* readPictures(
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  video: VideoFacts,
  options: FrameReadOptions,
  summary: ReadSummary,
): AsyncGenerator<DecodedFrame> {
  const plan = createReadPlan(video, options);
  if (plan.empty) {
    return;
  }
  const size = deliveredSize(video.width, video.height, options.maxSide);
  const data = new Uint8Array(size.width * size.height * 3);
  for (const startMs of plan.startingPoints()) {
    plan.restart();
    summary.errors = 0;
    // A millisecond later than the keyframe, as the time is rounded on the way; `noaccurate_seek` leaves dropping to the plan.
    const seek = startMs === undefined ? [] : ['-noaccurate_seek', '-ss', String((startMs + 1) / 1000)];
    const run = startFfmpeg(
      binary,
      [
        '-copyts',
        ...seek,
        '-threads',
        String(options.threads ?? 1),
        ...inputArguments(file, sniffed),
        '-map',
        `0:${video.stream}`,
        '-vf',
        `showinfo=checksum=0,${pictureFilters('', size.width, size.height)}`,
        '-fps_mode',
        'passthrough',
        '-f',
        'rawvideo',
        'pipe:1',
      ],
      options.signal,
    );
    const times = createTimeQueue();
    run.onLine((line) => {
      if (!times.read(line.text) && isInputError(line)) {
        summary.errors += 1;
      }
    });
    run.ended.then(times.close, times.close);

    let landed = startMs === undefined;
    let inRange = false;
    let finished = false;
    let missed = false;
    let filled = 0;
    try {
      for await (const chunk of run.stdout) {
        for (let offset = 0; offset < chunk.length && !finished; ) {
          const taken = Math.min(data.length - filled, chunk.length - offset);
          data.set(chunk.subarray(offset, offset + taken), filled);
          offset += taken;
          filled += taken;
          if (filled < data.length) {
            continue;
          }
          filled = 0;
          throwIfAborted(options.signal, 'media');
          const ms = await times.next();
          const judged = plan.judge(ms === undefined ? undefined : Math.max(0, ms - probe.originMs));
          if (!landed) {
            landed = judged.frame <= plan.firstWanted;
            missed = !landed;
          }
          if (missed || judged.verdict === 'after') {
            finished = true;
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
          if (judged.verdict === 'deliver') {
            summary.delivered += 1;
            yield { frame: judged.frame, ms: judged.ms, ...size, data };
          }
        }
        if (finished) {
          break;
        }
      }
      if (!finished) {
        await run.ended;
      }
      throwIfAborted(options.signal, 'media');
    } finally {
      run.stop();
    }
    if (landed) {
      break;
    }
  }
  closeFrameReading(summary, file.name, plan.whole);
}

/** `MediaDecoder.readFrames` on an ffmpeg binary. */
export const readFramesWithFfmpeg = (
  binary: string,
  file: InputFile,
  sniffed: SniffedStream,
  probe: Probe,
  options: FrameReadOptions = {},
): FrameReader => {
  const video = videoOf(probe, file.name);
  const summary = emptySummary(createReadPlan(video, options).expected);
  return {
    summary,
    [Symbol.asyncIterator]: () => readPictures(binary, file, sniffed, probe, video, options, summary),
  };
};
