import { recordOf } from '../../kit/record-of.ts';
import { type SoundSteps, STEP_COLUMNS, type StepColumn } from './sound-steps.ts';

export type GrowingColumns = {
  /** Starts a step, with 0 everywhere, and gives its index. */
  add: () => number;
  set: (column: StepColumn, index: number, value: number) => void;
  increase: (column: StepColumn, index: number, by: number) => void;
  get: (column: StepColumn, index: number) => number;
  /** The columns, `most` entries of them at most. */
  finish: (most: number) => SoundSteps;
};

/** Columns that grow by a quarter when they are full: 48 bytes a step, 17 MB an hour, are all that is kept of the sound. */
/** @param expected steps that are likely to come: no memory is then left behind by growing */
export const createGrowingColumns = (expected = 0): GrowingColumns => {
  let capacity = Math.max(4096, expected);
  let length = 0;
  let columns: SoundSteps = recordOf(STEP_COLUMNS, () => new Float32Array(capacity));
  return {
    add: () => {
      if (length === capacity) {
        capacity = Math.ceil(capacity * 1.25);
        const old = columns;
        columns = recordOf(STEP_COLUMNS, (name) => {
          const column = new Float32Array(capacity);
          column.set(old[name]);
          return column;
        });
      }
      length += 1;
      return length - 1;
    },
    set: (column, index, value) => {
      columns[column][index] = value;
    },
    increase: (column, index, by) => {
      columns[column][index] = (columns[column][index] ?? 0) + by;
    },
    get: (column, index) => columns[column][index] ?? Number.NaN,
    // Views: a copy of an hour would be 17 MB.
    finish: (most) => recordOf(STEP_COLUMNS, (name) => columns[name].subarray(0, Math.min(length, most))),
  };
};
