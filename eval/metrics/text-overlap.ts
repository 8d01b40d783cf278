import { ngramsOf, sharedNgrams, tokensOf } from './text-tokens.ts';

export type TextPair = { reference: string; candidate: string };

const ORDERS = [1, 2, 3, 4] as const;

/**
 * Corpus BLEU-4 (Papineni et al. 2002) with one reference: clipped n-gram precisions pooled over all pairs, geometric
 * mean, brevity penalty. 0 where an order has no match: no smoothing. 0–1.
 *
 * Worked example: "the cat sat on the mat" against itself is 1; "the cat sat on a mat" has 5/6, 3/5, 2/4 and 1/3,
 * BLEU (5/6 · 3/5 · 2/4 · 1/3)^¼ = 0.537.
 */
export const bleu = (pairs: readonly TextPair[]): number => {
  const tokens = pairs.map(({ reference, candidate }) => ({
    reference: tokensOf(reference),
    candidate: tokensOf(candidate),
  }));
  const precisions = ORDERS.map((n) => {
    let [shared, total] = [0, 0];
    for (const { reference, candidate } of tokens) {
      shared += sharedNgrams(ngramsOf(candidate, n), ngramsOf(reference, n));
      total += Math.max(0, candidate.length - n + 1);
    }
    return total === 0 ? 0 : shared / total;
  });
  if (precisions.some((precision) => precision === 0)) {
    return 0;
  }
  const [long, short] = [
    tokens.reduce((sum, pair) => sum + pair.reference.length, 0),
    tokens.reduce((sum, pair) => sum + pair.candidate.length, 0),
  ];
  const brevity = short >= long ? 1 : Math.exp(1 - long / short);
  return brevity * Math.exp(precisions.reduce((sum, precision) => sum + Math.log(precision), 0) / ORDERS.length);
};

const fOf = (shared: number, reference: number, candidate: number): number =>
  reference + candidate === 0 || shared === 0 ? 0 : (2 * shared) / (reference + candidate);

/** ROUGE-N F1 (Lin 2004) of one pair, without stemming. */
export const rougeN = ({ reference, candidate }: TextPair, n: number): number => {
  const [wanted, given] = [tokensOf(reference), tokensOf(candidate)];
  const shared = sharedNgrams(ngramsOf(given, n), ngramsOf(wanted, n));
  return fOf(shared, Math.max(0, wanted.length - n + 1), Math.max(0, given.length - n + 1));
};

/**
 * ROUGE-L F1 (Lin 2004): longest common subsequence of words.
 *
 * Worked example (Lin 2004): reference "police killed the gunman", candidate "police kill the gunman": LCS 3 of 4 and
 * 4, F1 0.75; "the gunman kill police": LCS 2, F1 0.5.
 */
export const rougeL = ({ reference, candidate }: TextPair): number => {
  const [wanted, given] = [tokensOf(reference), tokensOf(candidate)];
  let row = new Array<number>(given.length + 1).fill(0);
  for (const word of wanted) {
    const next = [0];
    for (const [index, other] of given.entries()) {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0));
    }
    row = next;
  }
  return fOf(row.at(-1) ?? 0, wanted.length, given.length);
};

/** The word without common English endings: enough to pair "smiles" with "smiling". */
const stemOf = (word: string): string =>
  /^[a-z]{4,}$/.test(word) ? word.replace(/(?:ingly|edly|ing|ed|ies|es|s|ly|ness|e)$/, '') : word;

/**
 * METEOR's formula (Banerjee & Lavie 2005: recall weighs nine times precision, penalty for scattered matches) on exact
 * and stem matches alone. Without WordNet's synonyms and paraphrase tables it is not METEOR; hence "METEOR-like". 0–1.
 */
export const meteorLike = ({ reference, candidate }: TextPair): number => {
  const [wanted, given] = [tokensOf(reference), tokensOf(candidate)];
  const taken = new Set<number>();
  const pairs: Array<[number, number]> = [];
  for (const same of [(a: string, b: string) => a === b, (a: string, b: string) => stemOf(a) === stemOf(b)]) {
    for (const [at, word] of given.entries()) {
      if (pairs.some(([used]) => used === at)) {
        continue;
      }
      const found = wanted.findIndex((other, index) => !taken.has(index) && same(other, word));
      if (found >= 0) {
        taken.add(found);
        pairs.push([at, found]);
      }
    }
  }
  if (pairs.length === 0) {
    return 0;
  }
  pairs.sort(([a], [b]) => a - b);
  const chunks = pairs.filter(([at, to], index) => {
    const before = pairs[index - 1];
    return before === undefined || before[0] !== at - 1 || before[1] !== to - 1;
  }).length;
  const [precision, recall] = [pairs.length / given.length, pairs.length / wanted.length];
  const mean = (10 * precision * recall) / (recall + 9 * precision);
  return mean * (1 - 0.5 * (chunks / pairs.length) ** 3);
};
