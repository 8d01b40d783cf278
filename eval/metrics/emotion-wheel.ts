import { mean, setOverlap } from './set-overlap.ts';

/**
 * Emotion-wheel metrics of OV-MER, MER-UniBench, MER2025 and MER2026.
 * Source: zeroQiaoba/MERTools@89120b7, MER2025/MER2025_Track23/my_affectgpt/evaluation/wheel.py;
 * OV-MER/my_affectgpt/evaluation/ew_metric.py.
 */

/** The three maps of a published wheel release; keys are lower-case and trimmed. */
export type WheelMaps = {
  /** Any inflected form → base words (`format.csv`). */
  format: ReadonlyMap<string, readonly string[]>;
  /** Base word → wheel words (`synonym.xlsx`). */
  synonyms: ReadonlyMap<string, readonly string[]>;
  /** Wheel → level → wheel word → its cluster (`wheel1.xlsx` …). */
  wheels: ReadonlyMap<string, Readonly<Record<WheelLevel, ReadonlyMap<string, string>>>>;
};

export type WheelLevel = 'level1' | 'level2';

/** How a label is made canonical: `M1` by its form, `M2` by its synonym, or by the cluster of one wheel. */
export type Canonicaliser = 'M1' | 'M2' | { wheel: string; level: WheelLevel };

export type WheelScore = {
  /** Mean precision over the kept clips. */
  precision: number;
  /** Mean recall over the kept clips. */
  recall: number;
  /** 2PR / (P + R) of the two means (not the mean of per-clip F); 0 where both are 0. */
  f: number;
  /** Clips whose truth maps to something; the others are skipped, as the published code has it. */
  clips: number;
  skipped: number;
};

export type LabelledClip = { truth: readonly string[]; prediction: readonly string[] };

const first = (words: Iterable<string>): string | null => {
  let least: string | null = null;
  for (const word of words) {
    if (least === null || word < least) {
      least = word;
    }
  }
  return least;
};

/** The canonical form of a label, or `null` where the maps do not know it. */
export const canonicalLabel = (label: string, by: Canonicaliser, maps: WheelMaps): string | null => {
  const key = label.trim().toLowerCase();
  const forms = maps.format.get(key);
  if (forms === undefined) {
    return null;
  }
  if (by === 'M1' || by === 'M2') {
    const form = first(forms);
    return by === 'M1' || form === null ? form : first(maps.synonyms.get(form) ?? []);
  }
  const clusters = maps.wheels.get(by.wheel)?.[by.level];
  if (clusters === undefined) {
    return null;
  }
  const reachable = new Set(forms.flatMap((form) => maps.synonyms.get(form) ?? []));
  const word = first([...reachable].filter((candidate) => clusters.has(candidate)));
  return word === null ? null : (clusters.get(word) ?? null);
};

/** A label mapper that remembers: a benchmark maps the same few hundred words a hundred thousand times. */
const memoised = (by: Canonicaliser, maps: WheelMaps): ((label: string) => string | null) => {
  const known = new Map<string, string | null>();
  return (label) => {
    const found = known.get(label);
    if (found !== undefined) {
      return found;
    }
    const canonical = canonicalLabel(label, by, maps);
    known.set(label, canonical);
    return canonical;
  };
};

const mapped = (labels: readonly string[], map: (label: string) => string | null): Set<string> =>
  new Set(labels.flatMap((label) => map(label) ?? []));

/** Precision, recall and F of open-vocabulary predictions under one canonicaliser. */
export const wheelScore = (clips: readonly LabelledClip[], by: Canonicaliser, maps: WheelMaps): WheelScore => {
  const map = memoised(by, maps);
  const kept = clips.flatMap((clip) => {
    const truth = mapped(clip.truth, map);
    return truth.size === 0 ? [] : [setOverlap(truth, mapped(clip.prediction, map))];
  });
  const precision = mean(kept.map((overlap) => overlap.precision));
  const recall = mean(kept.map((overlap) => overlap.recall));
  const f = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f, clips: kept.length, skipped: clips.length - kept.length };
};

const WHEELS = ['wheel1', 'wheel2', 'wheel3', 'wheel4', 'wheel5'] as const;

const wheelMetrics = (levels: readonly WheelLevel[]): Array<[string, Canonicaliser]> =>
  WHEELS.flatMap((wheel, index) =>
    levels.map((level): [string, Canonicaliser] => [
      `M3-W${index + 1}-${level === 'level1' ? 'L1' : 'L2'}`,
      { wheel, level },
    ]),
  );

/** The metrics that each benchmark averages. */
export const WHEEL_SUITES = {
  /** OV-MER (arXiv 2410.01495): twelve metrics, M-avg their mean. */
  'ov-mer': [['M1', 'M1'], ['M2', 'M2'], ...wheelMetrics(['level1', 'level2'])],
  /** MER-UniBench OV-MERD+ (arXiv 2501.16566) and MER2026: the five wheels, level 1. */
  'five-wheels': wheelMetrics(['level1']),
  /** MER2025 Track 2: mean of the level-1 mean and the level-2 mean, which is the mean of all ten. */
  mer2025: wheelMetrics(['level1', 'level2']),
} as const satisfies Record<string, ReadonlyArray<readonly [string, Canonicaliser]>>;

export type WheelSuite = keyof typeof WHEEL_SUITES;

/** Every metric of a suite, and the mean of their F. */
export const wheelSuite = (
  clips: readonly LabelledClip[],
  suite: WheelSuite,
  maps: WheelMaps,
): { scores: Record<string, WheelScore>; average: number } => {
  const scores = Object.fromEntries(
    WHEEL_SUITES[suite].map(([name, by]) => [name, wheelScore(clips, by, maps)] as const),
  );
  return { scores, average: mean(Object.values(scores).map((score) => score.f)) };
};
