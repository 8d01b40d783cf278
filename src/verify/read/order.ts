import { has, isNorm, senseOf } from './chunk.ts';
import type { Clause } from './clause.ts';
import type { OrderReading, UnitReading } from './reading.ts';

const isSame = (one: UnitReading, other: UnitReading): boolean =>
  one.codes.join() === other.codes.join() && one.sides.join() === other.sides.join() && one.event === other.event;

const claimed = (unit: UnitReading | undefined): unit is UnitReading =>
  unit !== undefined && unit.polarity === 'present' && unit.certainty === 'stated' && unit.codes.length > 0;

/** Which of two comes first, by the word that joins their clauses or stands between them. */
export const readOrder = (clauses: readonly Clause[], units: readonly UnitReading[]): OrderReading[] => {
  const readings: OrderReading[] = [];
  for (const [number, clause] of clauses.entries()) {
    for (const [index, each] of clause.chunks.entries()) {
      const order = senseOf(each, 'order')?.order;
      // "the most intense action, followed by the lips": a rank, not a time.
      const ranks =
        isNorm(each, 'followed by') &&
        clauses
          .slice(0, number + 1)
          .some(({ chunks }) =>
            chunks.some((word) => has(word, 'level') || isNorm(word, 'most', 'strongest', 'highest')),
          );
      if (order === undefined || ranks || isNorm(clause.chunks[index + 1], 'all', 'that', 'this')) {
        continue;
      }
      const pair = partners(clauses, units, number, each.start, index === 0);
      if (pair === null || isSame(pair.before, pair.after)) {
        continue;
      }
      const { before, after } = pair;
      // "Before the smile, the brows rise": the clause that the word opens stands first, and the order turns round.
      const turned = pair.fronted !== (order === 'after' || (order === 'then' && pair.trailing));
      const place = { start: Math.min(before.start, after.start), end: Math.max(before.end, after.end) };
      if (order === 'while') {
        readings.push({ kind: 'order', order: 'while', first: before, second: after, ...place });
      } else {
        readings.push({
          kind: 'order',
          order: 'before',
          first: turned ? after : before,
          second: turned ? before : after,
          ...place,
        });
      }
    }
  }
  return readings;
};

type Pair = { before: UnitReading; after: UnitReading; fronted: boolean; trailing: boolean };

const isAside = (clauses: readonly Clause[], unit: UnitReading): boolean => clauses[unit.clause]?.aside ?? false;

const partners = (
  clauses: readonly Clause[],
  all: readonly UnitReading[],
  number: number,
  at: number,
  opens: boolean,
): Pair | null => {
  const units = all.filter((unit) => !isAside(clauses, unit));
  const earlier = units.findLast((unit) => unit.end <= at);
  const later = units.find((unit) => unit.start > at);
  if (claimed(earlier) && claimed(later)) {
    return { before: earlier, after: later, fronted: false, trailing: false };
  }
  const own = units.find((unit) => unit.clause === number && unit.start > at);
  const next = units.find((unit) => unit.clause > number);
  if (opens && earlier === undefined) {
    return claimed(own) && claimed(next) ? { before: own, after: next, fronted: true, trailing: false } : null;
  }
  // "…, with the lids just after": what the word leaves out was named in a clause before.
  const other = units.findLast((unit) => unit.clause < (earlier?.clause ?? 0));
  return later === undefined && claimed(earlier) && claimed(other)
    ? { before: earlier, after: other, fronted: false, trailing: true }
    : null;
};
