import type { DelayReading, UnitReading } from './reading.ts';
import type { Delay } from './times.ts';

const claimed = (unit: UnitReading): boolean =>
  unit.polarity === 'present' && unit.certainty === 'stated' && unit.codes.length > 0;

/** Between which two movements a delay lies: the one of its own clause, and the one named before it (or else after). */
export const readDelay = (
  delay: Delay,
  at: number,
  clause: number,
  units: readonly UnitReading[],
): DelayReading | null => {
  const stated = units.filter(claimed);
  const own = stated.findLast((unit) => unit.clause === clause) ?? stated.find((unit) => unit.start > at);
  const other =
    stated.findLast((unit) => own !== undefined && unit.start < own.start && unit.clause !== own.clause) ??
    stated.find((unit) => own !== undefined && unit.start > own.end && unit.clause !== own.clause);
  if (own === undefined || other === undefined) {
    return null;
  }
  return {
    kind: 'delay',
    first: other,
    second: own,
    ms: delay.ms,
    toleranceMs: delay.toleranceMs,
    words: delay.words,
    start: at,
    end: Math.max(own.end, at + delay.words.length),
  };
};
