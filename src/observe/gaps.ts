import type { NotMeasured } from '../contracts/index.ts';

/** What could not be measured of one person. */
export type PersonGaps = { id: string; notMeasured: readonly NotMeasured[] };

/** The same thing missing for the same reason is said once. */
export const distinctGaps = (entries: readonly NotMeasured[]): NotMeasured[] => [
  ...new Map(entries.map((entry) => [keyOf(entry), entry])).values(),
];

/**
 * What could not be measured of the persons in view. A gap that not all of them share begins with whom it concerns:
 * "P2: blinks", "P1, P3: micro-expressions".
 */
export const gapsOfPeople = (people: readonly PersonGaps[]): NotMeasured[] =>
  distinctGaps(people.flatMap(({ notMeasured }) => notMeasured)).map((gap) => {
    const concerned = people.filter(({ notMeasured }) => notMeasured.some((each) => keyOf(each) === keyOf(gap)));
    return concerned.length === people.length
      ? gap
      : { ...gap, what: `${concerned.map(({ id }) => id).join(', ')}: ${gap.what}` };
  });

const keyOf = ({ what, why }: NotMeasured): string => `${what}\n${why}`;
