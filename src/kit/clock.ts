/** A monotonic clock in milliseconds. Passed in, so that tests and deadlines do not depend on the wall clock. */
export type Clock = () => number;

export const monotonicClock: Clock = () => performance.now();
