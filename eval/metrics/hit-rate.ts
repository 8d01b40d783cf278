import { canonicalLabel, type WheelMaps } from './emotion-wheel.ts';
import { mean } from './set-overlap.ts';

/** One clip with one true emotion and an open-vocabulary prediction. */
export type BasicClip = { truth: string; prediction: readonly string[] };

export type HitRate = {
  /** Mean over the wheels, 0–1. */
  rate: number;
  /** By wheel: the mean over the clips whose truth the wheel knows, and how many those are. */
  wheels: Record<string, { rate: number; clips: number }>;
};

/**
 * Hit rate of MER-UniBench's basic tasks: the clip counts as hit where one of the predicted labels falls into the true
 * label's level-1 cluster; further labels cost nothing. Clips whose truth a wheel does not know are skipped for that
 * wheel. Source: AffectGPT/evaluation-scoreonly.py (arXiv 2501.16566).
 */
export const hitRate = (clips: readonly BasicClip[], maps: WheelMaps): HitRate => {
  const wheels: HitRate['wheels'] = {};
  for (const wheel of maps.wheels.keys()) {
    const known = new Map<string, string | null>();
    const cluster = (label: string): string | null => {
      const found = known.get(label);
      if (found !== undefined) {
        return found;
      }
      const mapped = canonicalLabel(label, { wheel, level: 'level1' }, maps);
      known.set(label, mapped);
      return mapped;
    };
    const hits = clips.flatMap((clip) => {
      const truth = cluster(clip.truth);
      return truth === null ? [] : [clip.prediction.some((label) => cluster(label) === truth) ? 1 : 0];
    });
    wheels[wheel] = { rate: mean(hits), clips: hits.length };
  }
  return { rate: mean(Object.values(wheels).map((score) => score.rate)), wheels };
};
