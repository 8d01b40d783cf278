/** Several channels to one, and what each of them held. */

export type ChannelReport = {
  channels: number;
  /** Channels that are silent, or 40 dB below the loudest; `null` with one channel, and where all are silent. */
  dead: number | null;
};

export type ChannelMixer = {
  /**
   * @param interleaved samples of all channels, one instant after the other; −1…1
   * @returns the mean of the channels that have held anything so far, or one of them where they are each other's opposite;
   *   overwritten by the next call
   */
  mix: (interleaved: Float32Array) => Float32Array;
  report: () => ChannelReport;
};

/** Mean power below which a channel holds nothing (−70 dBFS): the hum of an open cable. */
const NOTHING = 1e-7;
/** Power of the loudest channel over that of one that is as good as silent (40 dB). */
const FAINT = 1e4;
/** Share of the power that is left in the mean of channels of which one is wired the wrong way round. */
const OPPOSITE = 0.05;
/** Samples over which a channel is judged. */
const STRETCH = 512;
/** The place of the low-frequency channel in 5.1 and 7.1: thunder, no voices. */
const LOW_FREQUENCY = 3;

/**
 * A channel that has held nothing yet is left out, so that a voice in one channel of two is not halved; as soon as it
 * holds something, it counts for good. Causal, so that sound can be read in one pass.
 */
export const createChannelMixer = (channels: number): ChannelMixer => {
  const total = new Float64Array(channels);
  const recent = new Float64Array(channels);
  const live = new Uint8Array(channels);
  let count = 0;
  let stretch = 0;
  let output = new Float32Array(0);
  let counted: number[] = [];
  const ignored = channels === 6 || channels === 8 ? LOW_FREQUENCY : -1;

  const wake = (): void => {
    for (let channel = 0; channel < channels; channel += 1) {
      if (channel !== ignored && (recent[channel] ?? 0) > NOTHING * stretch) {
        live[channel] = 1;
      }
    }
    counted = [...live.keys()].filter((channel) => live[channel] === 1);
    recent.fill(0);
    stretch = 0;
  };

  const take = (interleaved: Float32Array, from: number, to: number): void => {
    for (let instant = from; instant < to; instant += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const sample = interleaved[instant * channels + channel] ?? 0;
        // What is no number is no energy; it stays in the sound, for the analyser to count.
        const power = Number.isFinite(sample) ? sample * sample : 0;
        total[channel] = (total[channel] ?? 0) + power;
        recent[channel] = (recent[channel] ?? 0) + power;
      }
    }
    stretch += to - from;
    wake();
    let [mixed, used] = [0, 0];
    for (let instant = from; instant < to; instant += 1) {
      let [sum, power] = [0, 0];
      for (const channel of counted) {
        const sample = interleaved[instant * channels + channel] ?? 0;
        sum += sample;
        power += sample * sample;
      }
      const mean = counted.length === 0 ? 0 : sum / counted.length;
      output[instant] = mean;
      mixed += mean * mean;
      used += power / Math.max(1, counted.length);
    }
    const [first] = counted;
    if (first !== undefined && mixed < OPPOSITE * used) {
      for (let instant = from; instant < to; instant += 1) {
        output[instant] = interleaved[instant * channels + first] ?? 0;
      }
    }
  };

  return {
    mix: (interleaved) => {
      if (channels === 1) {
        return interleaved;
      }
      const instants = Math.floor(interleaved.length / channels);
      if (output.length < instants) {
        output = new Float32Array(instants);
      }
      for (let from = 0; from < instants; from += STRETCH) {
        take(interleaved, from, Math.min(instants, from + STRETCH));
      }
      count += instants;
      return output.subarray(0, instants);
    },
    report: () => {
      const heard = [...total].filter((_, channel) => channel !== ignored);
      const loudest = Math.max(...heard);
      const silent = channels < 2 || loudest <= NOTHING * Math.max(1, count);
      return {
        channels,
        dead: silent ? null : heard.filter((power) => power <= NOTHING * count || power * FAINT < loudest).length,
      };
    },
  };
};
