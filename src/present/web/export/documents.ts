import type { Correction, CorrectionSet } from '../../../contracts/index.ts';
import { writeEaf } from '../../eaf/write-eaf.ts';
import type { ReadingState } from '../state/reading.ts';
import type { OpenClip } from '../state/session.ts';

const MIME = { video: 'video/*', audio: 'audio/*', image: 'image/*' } as const;

export const correctionsJson = ({ measured }: OpenClip, corrections: readonly Correction[]): string => {
  const set: CorrectionSet = {
    schema: 'whyface/corrections@1',
    analysisId: measured.id,
    clipDigest: measured.clip.digest,
    corrections: [...corrections],
  };
  return `${JSON.stringify(set, null, 2)}\n`;
};

/** The clip as tiers for ELAN. */
export const clipEaf = (
  { name, media, measured, analysis }: OpenClip,
  corrections: readonly Correction[],
  { explanation }: Pick<ReadingState, 'explanation'>,
): string =>
  writeEaf({
    measured,
    corrected: analysis,
    corrections,
    explanations: explanation === null ? [] : [explanation],
    media: media === null ? null : { name, mimeType: MIME[media.kind] },
    date: new Date(),
  });

/** The record of `whyface explain --format json`, of what is shown. */
export const recordJson = ({ name, analysis }: OpenClip, { explanation }: Pick<ReadingState, 'explanation'>): string =>
  `${JSON.stringify([{ input: name, analysis, explanations: explanation === null ? [] : [explanation], error: null }], null, 2)}\n`;
