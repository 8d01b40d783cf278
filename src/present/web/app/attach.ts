import type { Session } from '../state/session.ts';
import { mediaOf } from './media-of.ts';

/** A larger file is not read into memory for its digest. */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Where an analysis was opened without its clip, and just that clip is dropped: shows it under the measurements. It is
 * known by its digest, and goes nowhere.
 *
 * @returns whether it was that clip
 */
export const attachTo = async (session: Session, file: File): Promise<boolean> => {
  const { now } = session.get();
  if (now.phase !== 'ready' || now.clip.media !== null || file.size > MOST_BYTES || !window.isSecureContext) {
    return false;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { clip } = now.clip.analysis;
  if (hex !== clip.digest) {
    return false;
  }
  session.set({ now: { ...now, clip: { ...now.clip, media: mediaOf(file, clip.kind) } } });
  return true;
};
