import { mean, setOverlap } from './set-overlap.ts';

/** One clip: its true labels, the predicted ones, and groups of words that count as one. */
export type SetLevelClip = {
  truth: readonly string[];
  prediction: readonly string[];
  /** Synonym groups; a word counts as the first word of its group, a word in no group as itself. */
  synonyms: readonly (readonly string[])[];
};

export type SetLevelScore = {
  /** Mean over the clips of |Y ∩ P| / |P|. */
  accuracy: number;
  /** Mean over the clips of |Y ∩ P| / |Y|. */
  recall: number;
  /** (accuracy + recall) / 2. */
  average: number;
  clips: number;
};

/**
 * Set-level accuracy and recall of MER2024 Track MER-OV, on synonym groups that are given (the published ones were made
 * by GPT-3.5). Source: zeroQiaoba/MERTools@89120b7, MER2024/main-ov.py.
 *
 * Worked example: truth {glad, calm}, prediction {happy}, groups [[happy, glad]] → truth {happy, calm}, prediction
 * {happy}: accuracy 1/1, recall 1/2, average 0.75.
 */
export const setLevel = (clips: readonly SetLevelClip[]): SetLevelScore => {
  const overlaps = clips.map((clip) => {
    const head = groupHeads(clip.synonyms);
    const canonical = (labels: readonly string[]): Set<string> =>
      new Set(labels.map((label) => head.get(label) ?? label));
    return setOverlap(canonical(clip.truth), canonical(clip.prediction));
  });
  const accuracy = mean(overlaps.map((overlap) => overlap.precision));
  const recall = mean(overlaps.map((overlap) => overlap.recall));
  return { accuracy, recall, average: (accuracy + recall) / 2, clips: clips.length };
};

const groupHeads = (groups: SetLevelClip['synonyms']): Map<string, string> => {
  const heads = new Map<string, string>();
  for (const group of groups) {
    const [head] = group;
    for (const word of group) {
      if (head !== undefined) {
        heads.set(word, head);
      }
    }
  }
  return heads;
};
