import type { Observation, Verdict } from '../../contracts/index.ts';

/** What came of one claim. */
export type Outcome = {
  verdict: Verdict;
  cites: readonly string[];
  detail: string;
  /** It is measured just so, and only the citation is missing. */
  lacksCitation?: boolean;
};

const ids = (observations: readonly Observation[]): string[] => [
  ...new Set(observations.map((observation) => observation.id)),
];

export const supported = (observations: readonly Observation[], detail: string): Outcome => ({
  verdict: 'supported',
  cites: ids(observations),
  detail,
});
export const contradicted = (observations: readonly Observation[], detail: string): Outcome => ({
  verdict: 'contradicted',
  cites: ids(observations),
  detail,
});
export const unsupported = (observations: readonly Observation[], detail: string): Outcome => ({
  verdict: 'unsupported',
  cites: ids(observations),
  detail,
});
export const untestable = (detail: string): Outcome => ({ verdict: 'untestable', cites: [], detail });

/** "o1", "o1 and o2", "o1, o2 and o3". */
export const listIds = (observations: readonly Observation[]): string => {
  const all = ids(observations);
  return all.length < 2 ? (all[0] ?? 'nothing') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
};
