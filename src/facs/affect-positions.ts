import type { ExpressionLabel } from '../contracts/index.ts';

/**
 * Where a full expression of each kind lies in valence and arousal, −1 to 1. Placed by us, from the quadrants of Russell's
 * circumplex (1980) and in steps of a fifth, no finer than that knowledge is; neutral's arousal lies a little below the
 * middle, where resting faces are rated. Published word norms were not used: their licence does not let them be shipped.
 */
export const AFFECT_POSITIONS = {
  anger: { valence: -0.6, arousal: 0.6 },
  contempt: { valence: -0.4, arousal: 0.2 },
  disgust: { valence: -0.6, arousal: 0.4 },
  fear: { valence: -0.6, arousal: 0.8 },
  happiness: { valence: 0.8, arousal: 0.4 },
  neutral: { valence: 0, arousal: -0.2 },
  sadness: { valence: -0.6, arousal: -0.2 },
  surprise: { valence: 0.2, arousal: 0.8 },
} as const satisfies Record<ExpressionLabel, { valence: number; arousal: number }>; // biome-ignore format: one table
