/** What a pass over a stream's packets told, before it is put on the media's time line. */
export type PacketTimes = {
  /** Packets with a time that are shown or heard. */
  count: number;
  /** Presentation times, unrounded milliseconds in the container's clock, rising, without repeats. */
  times: readonly number[];
  /** Packets that decoding can start at, rising. */
  keys: readonly { ms: number; ticks: bigint }[];
  /** End of the last packet; `null` without packets. */
  endMs: number | null;
  /** Packets whose presentation time the container does not tell (B-frames in AVI): their order is known only by decoding. */
  withoutTime: number;
};

export type PacketMarks = { key: boolean; timed: boolean; hidden: boolean };

/**
 * Collects packets in the order of the file.
 *
 * @param keepsTimes whether single times matter (pictures) or only how many and the end (sound)
 */
export const summarisePackets = (timeBase: { num: number; den: number }, keepsTimes: boolean) => {
  const times: number[] = [];
  const keys: { ms: number; ticks: bigint }[] = [];
  let endMs: number | null = null;
  let withoutTime = 0;
  let count = 0;
  const inMs = (ticks: bigint): number => (Number(ticks) * timeBase.num * 1000) / timeBase.den;
  return {
    /**
     * @param ticks presentation time, or decoding time when `timed` is false
     * @param hidden never shown (outside an edit list), though decoding may start there
     */
    add: (ticks: bigint, duration: bigint, { key, timed, hidden }: PacketMarks): void => {
      const ms = inMs(ticks);
      if (!timed) {
        withoutTime += 1;
      }
      // FFmpeg's mark for "no time at all" is the least int64.
      if (ms < -1e12) {
        return;
      }
      if (key && keepsTimes) {
        keys.push({ ms, ticks });
      }
      if (hidden) {
        return;
      }
      count += 1;
      if (keepsTimes) {
        times.push(ms);
      }
      endMs = Math.max(endMs ?? Number.NEGATIVE_INFINITY, ms + Math.max(0, inMs(duration)));
    },
    end: (): PacketTimes => {
      times.sort((a, b) => a - b);
      keys.sort((a, b) => a.ms - b.ms);
      return {
        count,
        times: times.filter((ms, index) => index === 0 || ms !== times[index - 1]),
        keys,
        endMs,
        withoutTime,
      };
    },
  };
};
