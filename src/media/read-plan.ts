import type { Warning } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import type { FrameReadOptions, Probe, ReadSummary, VideoFacts } from './decoder.ts';
import { createThinning, rankOf } from './frame-times.ts';
import { mediaWarning } from './warnings.ts';

/** One picture out of a decoder, before it is decided whether it is delivered. */
export type FrameVerdict = 'before' | 'deliver' | 'thinned' | 'after';

/**
 * Decides, for pictures coming out of a decoder in rising time, which index they have and whether they are delivered.
 *
 * The index is the rank of the picture's time among all packets' times, so any chunk finds the same. Where the container
 * does not tell the times (`timed: false`), pictures are counted from the start instead.
 */
export const createReadPlan = (video: VideoFacts, options: FrameReadOptions) => {
  const fromMs = options.fromMs ?? 0;
  const toMs = options.toMs ?? Number.POSITIVE_INFINITY;
  const wantedFps = options.fps === undefined || options.fps === 'all' ? LIMITS.analysedFps : options.fps;
  const keeps = createThinning(video.fps, wantedFps);
  const { frameTimes, keyTimes, timed, seekable } = video;
  const inRange = (ms: number): boolean => Math.round(ms) >= fromMs && Math.round(ms) < toMs;
  const firstWanted = frameTimes.findIndex(inRange);
  const firstMs = frameTimes[firstWanted];

  let previousFrame = -1;
  return {
    /** Whether the stream has pictures in the range at all. */
    empty: firstWanted < 0,
    expected: frameTimes.reduce((count, ms) => count + (inRange(ms) ? 1 : 0), 0),
    /** The whole clip is asked for, so that nothing at all is an error and not an empty chunk. */
    whole: fromMs <= 0 && toMs >= (frameTimes.at(-1) ?? 0),
    /** Index of the first picture wanted; a seek that lands behind it has to be made again. */
    firstWanted: Math.max(0, firstWanted),
    /**
     * Times of keyframes to start at, best first; `undefined` at the end means from the start, without a seek. The keyframe
     * before the best is tried too: an open group of pictures may need it.
     */
    startingPoints: (): readonly (number | undefined)[] => {
      if (!seekable || firstMs === undefined) {
        return [undefined];
      }
      const before = keyTimes
        .filter((ms) => ms <= firstMs)
        .slice(-2)
        .reverse();
      const first = keyTimes[0];
      // The first keyframe is where reading from the start begins anyway.
      const worthSeeking = before.filter((ms) => ms !== first);
      return [...worthSeeking, undefined];
    },
    /** Forgets what was seen, before reading again from another starting point. */
    restart: (): void => {
      previousFrame = -1;
    },
    /** @param ms time of the picture, unrounded, from the start of the media; `undefined` where the decoder knows none */
    judge: (ms: number | undefined): { verdict: FrameVerdict; frame: number; ms: number } => {
      const counted = previousFrame + 1;
      const known = timed ? ms : (frameTimes[counted] ?? (frameTimes.at(-1) ?? 0) + 1);
      if (known === undefined) {
        return { verdict: 'before', frame: counted, ms: 0 };
      }
      const rank = timed ? rankOf(frameTimes, known) : counted;
      // A repeated or backward time (damage) would give two pictures one index.
      if (rank <= previousFrame) {
        return { verdict: 'before', frame: rank, ms: Math.round(known) };
      }
      previousFrame = rank;
      const rounded = Math.round(known);
      if (rounded < fromMs) {
        return { verdict: 'before', frame: rank, ms: rounded };
      }
      if (rounded >= toMs) {
        return { verdict: 'after', frame: rank, ms: rounded };
      }
      return { verdict: keeps(known, frameTimes[rank - 1]) ? 'deliver' : 'thinned', frame: rank, ms: rounded };
    },
  };
};

/** A summary of a reading that has not begun. */
export const emptySummary = (expected: number): ReadSummary => ({
  delivered: 0,
  decoded: 0,
  expected,
  errors: 0,
  warnings: [],
});

/** Pictures missing at the very end without an error: a last picture that a decoder holds back is no damage. */
const MISSING_SLACK = 2;

/**
 * The pictures' stream of a probed file.
 *
 * @throws WhyfaceError `nothing-to-read` where there is none
 */
export const videoOf = (probe: Probe, name: string): VideoFacts => {
  if (probe.video === null) {
    throw new WhyfaceError({ code: 'nothing-to-read', stage: 'media', message: `${name} has no pictures to read.` });
  }
  return probe.video;
};

/** The warning a finished reading deserves, if any. */
const damageWarning = (summary: ReadSummary, name: string): Warning | undefined => {
  const missing = summary.expected - summary.decoded;
  if (summary.errors === 0 && missing <= MISSING_SLACK) {
    return undefined;
  }
  return mediaWarning(
    'damaged',
    `${name} is damaged: of ${summary.expected} pictures ${summary.decoded} could be decoded` +
      `${summary.errors > 0 ? `, and ${summary.errors} errors were met on the way` : ''}; what is measured there may be wrong.`,
  );
};

/** The error of a clip of which nothing can be seen. */
const noPictures = (summary: ReadSummary, name: string): WhyfaceError =>
  new WhyfaceError({
    code: 'media-damaged',
    stage: 'media',
    message: `Not one picture of ${name} can be decoded; it is damaged, so fetch or export it again.`,
    details: { expected: summary.expected, errors: summary.errors },
  });

/**
 * What is to be said when all pictures of a reading have gone by: added to the summary's warnings.
 *
 * @param whole the whole clip was read, so that nothing at all is an error
 * @throws WhyfaceError `media-damaged`
 */
export const closeFrameReading = (summary: ReadSummary, name: string, whole: boolean): void => {
  const warning = damageWarning(summary, name);
  if (warning !== undefined) {
    summary.warnings.push(warning);
  }
  if (whole && summary.decoded === 0) {
    throw noPictures(summary, name);
  }
};
