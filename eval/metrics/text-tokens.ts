/** Words in lower case; each ideograph is a word of its own, as is usual for Chinese. */
export const tokensOf = (text: string): string[] =>
  text
    .toLowerCase()
    .match(/\p{Script=Han}|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu)
    ?.filter((token) => token !== '') ?? [];

/** Counts of the runs of n tokens. */
export const ngramsOf = (tokens: readonly string[], n: number): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= tokens.length; start += 1) {
    const gram = tokens.slice(start, start + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
};

/** How many runs two texts share, each counted as often as it stands in both. */
export const sharedNgrams = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number => {
  let shared = 0;
  for (const [gram, count] of one) {
    shared += Math.min(count, other.get(gram) ?? 0);
  }
  return shared;
};
