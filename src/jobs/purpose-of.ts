import type { Purpose } from '../contracts/index.ts';

/**
 * The purpose that applies: that of the client (its key, or the server), unless the request states one that refuses
 * more. A request can narrow what its client may do, never widen it.
 */
export const effectivePurpose = (
  ofClient: Purpose,
  stated: Purpose,
  refuses: (purpose: Purpose) => boolean,
): Purpose => {
  if (refuses(ofClient)) {
    return ofClient;
  }
  return refuses(stated) || ofClient === 'unspecified' ? stated : ofClient;
};
