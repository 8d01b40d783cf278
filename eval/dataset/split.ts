import { createHash } from 'node:crypto';

export type Split = 'train' | 'validation' | 'test';

/** Shares of the splits in hundredths. */
const BOUNDS = { train: 80, validation: 90 } as const;

/**
 * The split of a person: by a hash of the identity, so that nobody stands on two sides and a rebuilt set has the same
 * splits. Without an identity the item's own name stands in.
 */
export const splitOf = (identity: string | null, name: string, asked: string | null): Split => {
  if (asked === 'train' || asked === 'validation' || asked === 'test') {
    return asked;
  }
  if (asked === 'val') {
    return 'validation';
  }
  const bucket =
    createHash('sha256')
      .update(identity ?? name)
      .digest()
      .readUInt32BE(0) % 100;
  return bucket < BOUNDS.train ? 'train' : bucket < BOUNDS.validation ? 'validation' : 'test';
};
