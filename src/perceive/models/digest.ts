import { createHash, type Hash } from 'node:crypto';

/** A digest being computed; what git calls a blob's id needs the length before the first byte. */
export const startDigest = (digest: string, bytes: number): Hash => {
  if (digest.startsWith('git-blob:')) {
    return createHash('sha1').update(`blob ${bytes}\0`);
  }
  return createHash('sha256');
};

export const hashBytes = (algorithm: 'sha256' | 'git-blob', bytes: Uint8Array): string =>
  `${algorithm}:${startDigest(`${algorithm}:`, bytes.byteLength).update(bytes).digest('hex')}`;

/** Whether these bytes are the ones the digest (`sha256:…` or `git-blob:…`) stands for. */
export const matchesDigest = (bytes: Uint8Array, digest: string): boolean =>
  hashBytes(digest.startsWith('git-blob:') ? 'git-blob' : 'sha256', bytes) === digest;
