import { semitones } from './numbers.ts';
import { STEP_MS } from './sound-steps.ts';

const NOTE = {
  /** Half of the stretch over which a vibrato of five swings a second is averaged. */
  reachMs: 90,
  /** Semitones within which an averaged pitch stays on a note, and how long it must: vowels glide sooner. */
  tolerance: 0.5,
  leastMs: 300,
  /** Semitones from one step to the next that end a stretch. */
  jump: 3,
  /** Notes, and voice (ms), below which nothing is said. */
  leastNotes: 3,
  leastVoicedMs: 1500,
} as const;

const REACH = Math.round(NOTE.reachMs / STEP_MS);

/**
 * Share of the voiced time in which the pitch, its vibrato averaged out, stays on a note: near 0 in speech (0.42 at most over
 * 43 recordings), above 0.8 in notes that are sung one after another. `null` where there is too little voice or no tune.
 *
 * @param pitch Hz, NaN where unvoiced
 */
export const heldShare = (pitch: Float32Array): number | null => {
  let [voiced, held, notes] = [0, 0, 0];
  for (const run of runsOf(pitch)) {
    voiced += run.length;
    for (const length of notesOf(averaged(run))) {
      held += length;
      notes += 1;
    }
  }
  return voiced * STEP_MS < NOTE.leastVoicedMs ? null : notes < NOTE.leastNotes ? 0 : held / voiced;
};

/** Stretches of pitch without a leap, in semitones. */
function* runsOf(pitch: Float32Array): Generator<number[]> {
  let run: number[] = [];
  for (const hertz of pitch) {
    const tone = hertz > 0 ? semitones(hertz) : Number.NaN;
    if (!(Math.abs(tone - (run.at(-1) ?? tone)) < NOTE.jump)) {
      yield run;
      run = [];
    }
    if (hertz > 0) {
      run.push(tone);
    }
  }
  yield run;
}

const averaged = (run: readonly number[]): number[] => {
  const sums = [0];
  for (const tone of run) {
    sums.push((sums.at(-1) ?? 0) + tone);
  }
  return run.map((_, index) => {
    const [from, to] = [Math.max(0, index - REACH), Math.min(run.length, index + REACH + 1)];
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
};

/** Lengths, in steps, of the stretches that stay within the tolerance. */
const notesOf = (tones: readonly number[]): number[] => {
  const lengths: number[] = [];
  for (let from = 0; from < tones.length; ) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let to = from;
    for (; to < tones.length; to += 1) {
      low = Math.min(low, tones[to] ?? low);
      high = Math.max(high, tones[to] ?? high);
      if (high - low > NOTE.tolerance) {
        break;
      }
    }
    const isNote = (to - from) * STEP_MS >= NOTE.leastMs;
    if (isNote) {
      lengths.push(to - from);
    }
    from = isNote ? to : from + 1;
  }
  return lengths;
};
