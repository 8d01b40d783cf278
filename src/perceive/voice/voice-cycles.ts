/** One period of the voice after another. */
export type Cycle = {
  /** Position of its end, in samples of the buffer. */
  at: number;
  /** Samples, with a fraction. */
  period: number;
  /** Highest minus lowest sample. */
  peakToPeak: number;
  /** Correlation with the period before it, −1…1. */
  correlation: number;
};

/** Share of the expected period by which the next may differ. */
const SEARCH = 0.22;

/**
 * Follows the periods of a voice by waveform matching: the next period lies where the sound correlates best with the last
 * one (as in Praat's "cross-correlation" point process; Boersma & Weenink). `from`: end of the last known cycle, or `null` to
 * start at the highest peak of the first period after `start`.
 */
export const followCycles = (
  samples: Float32Array,
  { from, start, end, period }: { from: number | null; start: number; end: number; period: number },
  onCycle: (cycle: Cycle) => void,
): number => {
  const half = Math.round(period / 2);
  let mark = from ?? highestAt(samples, Math.round(start), Math.round(start + period));
  for (;;) {
    const shortest = Math.floor(period * (1 - SEARCH));
    const longest = Math.ceil(period * (1 + SEARCH));
    if (mark + longest + half + 1 > samples.length || mark + longest > end || mark - half < 0) {
      return mark;
    }
    let best = -2;
    let bestLag = shortest;
    let [before, after, last] = [-2, -2, -2];
    for (let lag = shortest; lag <= longest; lag += 1) {
      const value = correlationAt(samples, mark - half, lag, 2 * half);
      if (value > best) {
        best = value;
        bestLag = lag;
        before = last;
        after = -2;
      } else if (lag === bestLag + 1) {
        after = value;
      }
      last = value;
    }
    // The top of the parabola through the best lag and its neighbours: jitter is smaller than a sample.
    const bend = before - 2 * best + after;
    const shift = before > -2 && after > -2 && bend < 0 ? (0.5 * (before - after)) / bend : 0;
    mark += bestLag;
    onCycle({
      at: mark,
      period: bestLag + shift,
      peakToPeak: spanOf(samples, mark - half, mark + half),
      correlation: best,
    });
  }
};

const highestAt = (samples: Float32Array, from: number, to: number): number => {
  let best = from;
  for (let index = from; index < to; index += 1) {
    if (Math.abs(samples[index] ?? 0) > Math.abs(samples[best] ?? 0)) {
      best = index;
    }
  }
  return best;
};

const correlationAt = (samples: Float32Array, start: number, lag: number, length: number): number => {
  let [product, first, second] = [0, 0, 0];
  for (let index = start; index < start + length; index += 1) {
    const a = samples[index] ?? 0;
    const b = samples[index + lag] ?? 0;
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return first > 0 && second > 0 ? product / Math.sqrt(first * second) : 0;
};

const spanOf = (samples: Float32Array, from: number, to: number): number => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = from; index < to; index += 1) {
    const sample = samples[index] ?? 0;
    low = Math.min(low, sample);
    high = Math.max(high, sample);
  }
  return high - low;
};

/** Correlation from which two neighbouring periods count as voice, and not as a match of noise. */
export const CYCLE_LEAST = 0.4;
