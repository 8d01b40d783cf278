import { quantile, semitones } from './numbers.ts';
import { PITCH_RANGE } from './pitch-finder.ts';
import { quantileOf } from './voice-activity.ts';

/** Steps on both sides whose median a step is held against: 160 ms. */
const REACH = 16;
/** Semitones from that median beyond which a step is taken for another octave, or dropped. */
const FAR = 6;
/** Voiced steps that must stand together (40 ms). */
const SHORTEST = 4;

/**
 * The pitch where somebody speaks, with octave errors put right: a first pass finds the speaker's range, and what lies outside
 * 0.6 × the lower and 2.2 × the upper quartile is dropped (the two passes of De Looze & Hirst 2008, wider for lively
 * voices); a step an octave away from the median around it is moved there.
 *
 * @param speech whether somebody speaks, one entry a step
 */
export const cleanPitch = (pitch: Float32Array, speech: Uint8Array): Float32Array => {
  const heard = pitch.map((hertz, index) => (speech[index] === 1 ? hertz : Number.NaN));
  const voiced = heard.filter((hertz) => hertz > 0);
  if (voiced.length === 0) {
    return heard;
  }
  const lowest = Math.max(PITCH_RANGE.lowest, 0.6 * quantileOf(voiced, 0.25));
  const highest = Math.min(PITCH_RANGE.highest, 2.2 * quantileOf(voiced, 0.75));
  const within = (value: number): boolean => value >= lowest && value <= highest;
  // The second time the median is that of what the first time put right.
  return withoutBlips(smoothOctaves(smoothOctaves(heard, within), within));
};

const smoothOctaves = (pitch: Float32Array, within: (value: number) => boolean): Float32Array =>
  pitch.map((hertz, index) => {
    if (!(hertz > 0)) {
      return Number.NaN;
    }
    const around: number[] = [];
    for (let other = index - REACH; other <= index + REACH; other += 1) {
      const value = pitch[other];
      if (value !== undefined && within(value)) {
        around.push(value);
      }
    }
    const usual = quantile(around, 0.5);
    if (usual === null) {
      return Number.NaN;
    }
    const nearest = [hertz, hertz * 2, hertz / 2]
      .filter(within)
      .sort((one, other) => distance(one, usual) - distance(other, usual))[0];
    return nearest === undefined || distance(nearest, usual) > FAR ? Number.NaN : nearest;
  });

const distance = (a: number, b: number): number => Math.abs(semitones(a) - semitones(b));

const withoutBlips = (pitch: Float32Array): Float32Array => {
  let from = 0;
  for (let index = 0; index <= pitch.length; index += 1) {
    if (!((pitch[index] ?? Number.NaN) > 0)) {
      if (index - from < SHORTEST) {
        pitch.fill(Number.NaN, from, index);
      }
      from = index + 1;
    }
  }
  return pitch;
};
