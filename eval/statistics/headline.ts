/** Below this many items a single number says more about the sample than about the system. */
export const SMALLEST_HEADLINE = 30;

/** The number where there are enough items, else `null`; the table says "n < 30" then. */
export const headline = (value: number, n: number): number | null => (n < SMALLEST_HEADLINE ? null : value);
