import type { Observation, ObservationOf } from '../../contracts/index.ts';
import type { QualityReading } from '../read/reading.ts';
import { isKind } from './evidence.ts';
import { contradicted, listIds, type Outcome, supported } from './outcome.ts';

/** Issues that are spoken of in the same words. */
const KIN: Readonly<Record<QualityReading['topic'], readonly ObservationOf<'quality'>['quality']['issue'][]>> = {
  small: ['small'],
  blurred: ['blurred'],
  turned: ['turned'],
  occluded: ['occluded', 'cropped', 'turned'],
  cropped: ['cropped', 'occluded'],
  dark: ['dark'],
  bright: ['bright'],
  brief: ['brief'],
  noisy: ['noisy', 'clipped'],
  damaged: ['damaged', 'truncated'],
};

/** Checks what is said of the picture or the sound, where the sentence cites an observation about it. */
export const checkQuality = (reading: QualityReading, cited: readonly Observation[]): Outcome | null => {
  const pool = cited.filter(isKind('quality'));
  if (pool.length === 0) {
    return null;
  }
  const fitting = pool.filter((observation) => KIN[reading.topic].includes(observation.quality.issue));
  if (fitting.length > 0 === (reading.polarity === 'present')) {
    return supported(pool, `${listIds(pool)} says so.`);
  }
  return contradicted(pool, `${listIds(pool)} says otherwise: ${pool[0]?.text ?? ''}`);
};
