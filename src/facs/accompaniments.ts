import type { ActionUnitCode } from '../contracts/index.ts';

/** A movement that drags another one along: `share` of the driver's intensity shows up in `code` without its muscle. */
export type Accompaniment = { driver: ActionUnitCode; code: ActionUnitCode; share: number; why: string };

/**
 * What one action unit moves by itself in the territory of another (FACS manual, the "subtle differences" of each unit).
 * Only what is above it is evidence of the second muscle. The manual gives no numbers; the shares are our estimates on
 * the 0–5 scale.
 */
export const ACCOMPANIMENTS: readonly Accompaniment[] = [
  { driver: 'AU12', code: 'AU6', share: 0.5, why: 'a strong lip-corner pull lifts the cheeks by itself' },
  { driver: 'AU12', code: 'AU7', share: 0.35, why: 'lifted cheeks narrow the eyes from below' },
  { driver: 'AU12', code: 'AU9', share: 0.3, why: 'a broad lip-corner pull spreads and lifts the wings of the nose' },
  { driver: 'AU12', code: 'AU10', share: 0.7, why: 'a broad lip-corner pull draws the upper lip up and flat' },
  { driver: 'AU12', code: 'AU20', share: 0.9, why: 'a broad lip-corner pull widens the mouth' },
  { driver: 'AU12', code: 'AU14', share: 0.5, why: 'a lip-corner pull deepens the corners of the mouth' },
  { driver: 'AU12', code: 'AU16', share: 0.6, why: 'a broad lip-corner pull bares the lower teeth as well' },
  { driver: 'AU6', code: 'AU7', share: 0.35, why: 'lifted cheeks narrow the eyes from below' },
  { driver: 'AU9', code: 'AU4', share: 0.4, why: 'a nose wrinkle pulls the inner brows down' },
  { driver: 'AU9', code: 'AU10', share: 0.4, why: 'a nose wrinkle lifts the middle of the upper lip' },
  { driver: 'AU9', code: 'AU7', share: 0.3, why: 'a nose wrinkle gathers the skin below the eyes' },
  { driver: 'AU17', code: 'AU15', share: 0.25, why: 'a raised chin bows the lip corners down' },
  { driver: 'AU27', code: 'AU26', share: 1, why: 'a stretched-open mouth includes a dropped jaw' },
  { driver: 'AU27', code: 'AU16', share: 0.8, why: 'a wide-open mouth takes the lower lip down' },
  { driver: 'AU26', code: 'AU16', share: 0.5, why: 'a dropped jaw takes the lower lip down' },
  { driver: 'AU27', code: 'AU20', share: 0.5, why: 'a wide-open mouth tightens the lip corners' },
];

/**
 * The Duchenne rule: a cheek raise (AU6) counts as a muscle of its own only as far as it exceeds what the lip-corner pull
 * drives; with it a smile is coded as one of enjoyment, without it as a social one (Ekman, Davidson & Friesen 1990).
 */
export const DUCHENNE = {
  smile: 'AU12',
  marker: 'AU6',
  /** AU6 that AU12 brings about, as a share of AU12's intensity. */
  driven: 0.5,
  /** AU6 above that, in letters, from which the marker is claimed. */
  margin: 0.5,
  /** AU12 from which one speaks of a smile: the middle of A. */
  smileFrom: 1,
} as const;
