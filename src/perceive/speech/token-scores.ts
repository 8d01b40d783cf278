/** How sure a model is of its tokens, read while it speaks. */

/** As transformers.js calls it: the tokens so far, and the logits of the next, one row a sequence. */
export type LogitsProcessor = (tokens: readonly bigint[][], logits: Logits) => Logits;
type Logits = { data: ArrayLike<number>; dims: readonly number[] };

export type TokenScores = {
  /** Changes nothing. To be the first in its list, so that it sees the model's own logits. */
  processor: LogitsProcessor;
  /** Log probability of a token in the place of the first one given. */
  first: (token: number) => number;
  /** Mean log probability of the tokens given, without the last; `null` where there was one at most. */
  mean: () => number | null;
};

export const createTokenScores = (): TokenScores => {
  let first: Float32Array | null = null;
  let previous: Float32Array | null = null;
  let length = 0;
  let sum = 0;
  let count = 0;
  return {
    processor: ([tokens = []], logits) => {
      const last = tokens.at(-1);
      // A shorter text is the next stretch of sound, and its first token no choice of the model's.
      if (previous !== null && last !== undefined && tokens.length === length + 1) {
        sum += Math.max(-20, previous[Number(last)] ?? -20);
        count += 1;
      }
      previous = logSoftmax(logits);
      first ??= previous;
      length = tokens.length;
      return logits;
    },
    first: (token) => first?.[token] ?? Number.NEGATIVE_INFINITY,
    mean: () => (count === 0 ? null : sum / count),
  };
};

/** Of the first row. */
const logSoftmax = ({ data, dims }: Logits): Float32Array => {
  const values = Float32Array.from({ length: dims.at(-1) ?? 0 }, (_, index) => data[index] ?? Number.NEGATIVE_INFINITY);
  const most = values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY);
  const total = Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0)) + most;
  return values.map((value) => value - total);
};
