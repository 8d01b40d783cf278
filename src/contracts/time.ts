import { z } from 'zod';

/** Integer milliseconds from the start of the media. */
export const milliseconds = z.int().nonnegative();

/** A half-open span of time: `startMs` belongs to it, `endMs` does not. A photo is `{startMs: 0, endMs: 0}`. */
export const timeRange = z.object({
  startMs: milliseconds.describe('First millisecond of the span'),
  endMs: milliseconds.describe('First millisecond after the span'),
});
export type TimeRange = z.infer<typeof timeRange>;
