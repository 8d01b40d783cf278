import { z } from 'zod';

/** A tensor of transformers.js, as far as it is read. */
export const tensor = z.object({ dims: z.array(z.number()), data: z.custom<ArrayLike<number>>(isNumbers) });

function isNumbers(value: unknown): boolean {
  return ArrayBuffer.isView(value) && 'length' in value;
}

/** The rows of a matrix; `null` where it is none of that width, or holds what is no number. */
export const rowsOf = (value: unknown, height: number): number[][] | null => {
  const parsed = tensor.safeParse(value);
  const [rows, width] = parsed.data?.dims ?? [];
  if (!parsed.success || parsed.data.dims.length !== 2 || rows !== height || width === undefined) {
    return null;
  }
  const numbers = Array.from(parsed.data.data, Number);
  if (numbers.length !== rows * width || !numbers.every(Number.isFinite)) {
    return null;
  }
  return Array.from({ length: rows }, (_, row) => numbers.slice(row * width, (row + 1) * width));
};

/** The same direction with length 1; `null` for one without direction. */
export const unitVector = (vector: readonly number[]): number[] | null => {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : null;
};

export const dot = (first: readonly number[], second: readonly number[]): number =>
  first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0);
