import type { ObserveOutcome, Renderer } from '../outcome.ts';
import { csvHeader, csvRows } from './rows.ts';

/** One table over all inputs. An input without percepts has no rows: its error is a note beside the table. */
export const createCsvRenderer = (): Renderer<ObserveOutcome> => ({
  begin: csvHeader,
  *add({ record, percepts }) {
    if (percepts !== null) {
      yield* csvRows(record.input, percepts);
    }
  },
  end: () => '',
});
