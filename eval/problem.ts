/** Something about the input that a reader of the scores must know. Nothing is skipped or filled in silently. */
export type Problem = {
  code:
    | 'missing-clip'
    | 'extra-clip'
    | 'duplicate-id'
    | 'empty-truth'
    | 'empty-prediction'
    | 'unknown-label'
    | 'malformed-list'
    | 'malformed-row'
    | 'missing-synonyms'
    | 'missing-file'
    | 'small-sample'
    | 'unscored';
  /** What it concerns: a file, a data set, a checkpoint. */
  where: string;
  /** The clips or words it concerns, at most a handful; `count` says how many there are. */
  examples: string[];
  count: number;
  /** What was done about it, in one sentence. */
  treatment: string;
};

const EXAMPLES = 5;

/** A problem from the list of what it concerns; `null` where the list is empty. */
export const problemOf = (
  code: Problem['code'],
  where: string,
  items: readonly string[],
  treatment: string,
): Problem | null =>
  items.length === 0 ? null : { code, where, examples: items.slice(0, EXAMPLES), count: items.length, treatment };

/** The problems that are there. */
export const problemsOf = (candidates: ReadonlyArray<Problem | null>): Problem[] =>
  candidates.flatMap((candidate) => candidate ?? []);
