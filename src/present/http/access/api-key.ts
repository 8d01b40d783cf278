/** API keys: `wf_<id>_<secret>`. The id is public and finds the row; of the secret only a hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccessScope, ApiKeyFacts, Purpose } from '../../../contracts/index.ts';
import type { KeyStore } from '../../../jobs/ports.ts';

const KEY = /^wf_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

// 256 random bits need no slow hash: there is nothing to guess.
const hashOf = (secret: string): string => createHash('sha256').update(`whyface-key:${secret}`).digest('hex');

export type NewKey = {
  name: string;
  scopes: AccessScope[];
  purpose: Purpose | null;
  concurrency: number | null;
  requestsPerMinute: number | null;
  expiresAt: string | null;
};

/** Makes a key. The text is shown once and not kept. */
export const createApiKey = async (
  store: KeyStore,
  wanted: NewKey,
  now: () => number,
): Promise<{ facts: ApiKeyFacts; key: string }> => {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const facts: ApiKeyFacts = { id, ...wanted, createdAt: new Date(now()).toISOString() };
  await store.add({ ...facts, hash: hashOf(secret) });
  return { facts, key: `wf_${id}_${secret}` };
};

/** The facts of a key that is right and has not expired; `null` otherwise, in the same time whichever it is. */
export const findApiKey = async (store: KeyStore, text: string, now: () => number): Promise<ApiKeyFacts | null> => {
  const match = KEY.exec(text);
  const found = match?.[1] === undefined ? null : await store.find(match[1]);
  const expected = Buffer.from(found?.hash ?? hashOf(''), 'hex');
  const same = timingSafeEqual(expected, Buffer.from(hashOf(match?.[2] ?? ''), 'hex'));
  if (found === null || !same || (found.expiresAt !== null && Date.parse(found.expiresAt) <= now())) {
    return null;
  }
  const { hash: _, ...facts } = found;
  return facts;
};
