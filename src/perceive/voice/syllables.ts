/** Steps averaged before peaks are looked for: 50 ms. */
const SMOOTHING = 2;
/** Decibels by which the level must fall before the next nucleus, and below the loudest nucleus at which one still counts. */
const DIP = 1.3;
const BELOW_LOUDEST = 25;

/**
 * Syllable nuclei of a stretch: peaks of the level over voiced steps with a dip of at least 2 dB before the next (de Jong
 * & Wempe 2009, "Praat script to detect syllable nuclei and measure speech rate automatically"). Indices of steps.
 */
export const syllableNuclei = (level: Float32Array, pitch: Float32Array, from: number, to: number): number[] => {
  const smooth = (index: number): number => {
    let sum = 0;
    for (let offset = -SMOOTHING; offset <= SMOOTHING; offset += 1) {
      sum += level[index + offset] ?? -120;
    }
    return sum / (2 * SMOOTHING + 1);
  };
  const curve = Array.from({ length: Math.max(0, to - from) }, (_, index) => smooth(from + index));
  const loudest = curve.reduce((most, value) => Math.max(most, value), -120);
  const nuclei: number[] = [];
  let peak = -1;
  let lowest = Number.NEGATIVE_INFINITY;
  const close = (): void => {
    const isVoiced = [-1, 0, 1].some((offset) => (pitch[from + peak + offset] ?? Number.NaN) > 0);
    if (peak >= 0 && isVoiced && (curve[peak] ?? -120) > loudest - BELOW_LOUDEST) {
      nuclei.push(from + peak);
    }
    peak = -1;
  };
  for (const [index, value] of curve.entries()) {
    if (peak < 0) {
      lowest = Math.min(lowest === Number.NEGATIVE_INFINITY ? value : lowest, value);
      if (value >= lowest + DIP || index === 0) {
        peak = index;
      }
    } else if (value > (curve[peak] ?? -120)) {
      peak = index;
    } else if (value < (curve[peak] ?? -120) - DIP) {
      close();
      lowest = value;
    }
  }
  close();
  return nuclei;
};
