/**
 * What the columns of other products mean, as data.
 *
 * | product | column | scale there | scale here | present from |
 * |---|---|---|---|---|
 * | OpenFace 2.x | `AU12_r` | 0 absent, 1 minimum … 5 maximum, continuous | as it is | 1, or where its own `AU12_c` divides best |
 * | OpenFace 2.x | `AU28_c` without `AU28_r` | 0 or 1 | 0, or 1 (its least intensity) | 1 |
 * | py-feat v1, v2 | `AU12` | 0–1, a probability | × 5 | 2.5 (0.5 there) |
 * | FEAFA | 24 values | 0–1, a magnitude | × 5 | 1 (0.2 there) |
 * | whyface | `AU12_r`, `AU12L_r`, `AU12R_r` | 0–5 | as it is | 1.3 (our head's), or where `AU12_c` divides |
 *
 * Sources: OpenFace wiki, "Output Format" and "Action Units" (intensity and presence come from models trained apart,
 * and may disagree); py-feat documentation of `Fex` (v0.7, `Detector` and `Detectorv2`) and the 0.5 that Richet et al.
 * 2024 (arXiv 2407.12927) use; FEAFA: Yan et al. 2019, in the order of ExpLLM (arXiv 2409.02828).
 */
import { FEAFA_GAIN, FEAFA_THRESHOLD } from '../../facs/feafa.ts';

export const SCALES = {
  openface: { label: 'OpenFace', gain: 1, threshold: 1, source: 'openface-action-units' },
  whyface: { label: 'whyface', gain: 1, threshold: 1.3, source: 'imported-action-units' },
  'py-feat': { label: 'py-feat', gain: 5, threshold: 2.5, source: 'py-feat-action-units' },
  feafa: { label: 'FEAFA', gain: FEAFA_GAIN, threshold: FEAFA_THRESHOLD, source: 'feafa-action-units' },
} as const;
export type Product = keyof typeof SCALES;

/** Expression columns of py-feat, both generations, and of whyface; none of py-feat's is contempt. */
export const EXPRESSION_COLUMNS = {
  anger: ['expression_anger', 'anger', 'Anger'],
  contempt: ['expression_contempt'],
  disgust: ['expression_disgust', 'disgust', 'Disgust'],
  fear: ['expression_fear', 'fear', 'Fear'],
  happiness: ['expression_happiness', 'happiness', 'Happy'],
  neutral: ['expression_neutral', 'neutral', 'Neutral'],
  sadness: ['expression_sadness', 'sadness', 'Sad'],
  surprise: ['expression_surprise', 'surprise', 'Surprise'],
} as const;

/** The columns that may say who a face is. */
export const FACE_ID_COLUMNS = ['face_id', 'face', 'Identity'] as const;
