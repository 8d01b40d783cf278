/**
 * The time line of a video stream as pure arithmetic. Every readable packet's presentation time is known from the probe,
 * so a frame's index is its rank among them: the same however the clip is cut into chunks, and without decoding what
 * lies before. Times are unrounded milliseconds from the start of the media until they are handed out.
 */

/** Slack for comparing times that took different roads through floating point; far below any frame distance. */
const TOLERANCE_MS = 0.05;

/** Number of entries of a rising array that are less than `value`: the rank of `value`. */
export const rankOf = (times: readonly number[], value: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < value - TOLERANCE_MS) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
};

/** Mean frames a second of a stream; `null` with fewer than two frames. */
export const meanFps = (times: readonly number[]): number | null => {
  const first = times[0];
  const last = times.at(-1);
  return first === undefined || last === undefined || last <= first
    ? null
    : Math.round(((times.length - 1) * 1e6) / (last - first)) / 1000;
};

/** A hole shorter than this is a webcam's dropped pictures, not damage. */
const SHORTEST_GAP_MS = 500;

/**
 * The longest stretch without a picture in a stream whose pictures are otherwise evenly spaced; `null` where there is none, or
 * where the rate varies by design (screen recordings, phones).
 */
export const longestGap = (times: readonly number[]): { startMs: number; endMs: number } | null => {
  const spacings = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
  const median = [...spacings].sort((a, b) => a - b)[spacings.length >> 1];
  if (median === undefined || spacings.length < 8) {
    return null;
  }
  const even = spacings.filter((spacing) => Math.abs(spacing - median) <= Math.max(2, median * 0.15)).length;
  const longest = spacings.reduce((best, spacing, index) => (spacing > (spacings[best] ?? 0) ? index : best), 0);
  const startMs = (times[longest] ?? 0) + median;
  const endMs = times[longest + 1] ?? 0;
  return even >= spacings.length * 0.9 && endMs - startMs >= Math.max(SHORTEST_GAP_MS, 4 * median)
    ? { startMs, endMs }
    : null;
};

/**
 * Decides which frames are analysed when a stream is faster than wanted. Time is cut into slots of 1/`fps` s and the first
 * frame of each slot is kept; a quarter slot of offset keeps jitter of a frame that lies on a slot's border from
 * dropping or doubling it (60 → 30 keeps every second frame exactly). Streams up to 2 % faster than wanted are kept
 * whole: 30.0003 fps is 30.
 *
 * @param streamFps mean rate of the whole stream, so that all chunks decide alike
 * @param fps wanted frames a second; `Infinity` keeps all
 * @returns whether a frame at `ms` is kept, given the time of the frame before it in the stream (`undefined` for the first)
 */
export const createThinning = (
  streamFps: number | null,
  fps: number,
): ((ms: number, previousMs: number | undefined) => boolean) => {
  if (streamFps === null || streamFps <= fps * 1.02) {
    return () => true;
  }
  const halfFrame = 500 / streamFps;
  const slot = (ms: number): number => Math.floor(((ms + halfFrame) * fps) / 1000);
  return (ms, previousMs) => previousMs === undefined || slot(previousMs) !== slot(ms);
};

/** How many of a stream's frames `createThinning` keeps within `[fromMs, toMs)`. */
export const countKept = (times: readonly number[], fps: number, fromMs: number, toMs: number): number => {
  const keeps = createThinning(meanFps(times), fps);
  return times.reduce(
    (count, ms, index) =>
      count + (Math.round(ms) >= fromMs && Math.round(ms) < toMs && keeps(ms, times[index - 1]) ? 1 : 0),
    0,
  );
};
