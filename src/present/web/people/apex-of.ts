import type { Observation } from '../../../contracts/index.ts';
import type { Box } from '../face/project.ts';
import { boxAt, sampleAt } from '../player/sample.ts';
import type { SubjectTracks } from '../worker/tracks.ts';

/** When somebody shows most, and where their face is then. */
export type Apex = { ms: number; box: Box };

/** The moment at which the strongest action unit that was well seen is at its apex; the largest face where nothing moved. */
export const apexOf = (
  subject: SubjectTracks,
  observations: readonly Observation[],
  timeless: boolean,
): Apex | null => {
  const strongest = observations
    .flatMap((each) =>
      each.kind === 'action-unit' &&
      each.subject === subject.id &&
      each.au.status === 'present' &&
      each.au.apexMs !== null
        ? [{ ms: each.au.apexMs, weight: (each.au.intensity ?? 0) * each.confidence }]
        : [],
    )
    .sort((a, b) => b.weight - a.weight);
  for (const { ms } of strongest) {
    const index = sampleAt(subject, ms);
    const box = index < 0 ? null : boxAt(subject, index);
    if (box !== null) {
      return { ms, box };
    }
  }
  let largest: Apex | null = null;
  for (let index = 0; index < subject.t.length; index += 1) {
    const box = boxAt(subject, index);
    if (box !== null && (largest === null || box.height > largest.box.height)) {
      largest = { ms: timeless ? 0 : (subject.t[index] ?? 0), box };
    }
  }
  return largest;
};
