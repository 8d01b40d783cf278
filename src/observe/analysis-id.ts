import { type ObserveOptions, observeOptions, type Percepts } from '../contracts/index.ts';

/** JSON with sorted keys, so that the order in which an object was built does not matter. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
};

/**
 * First 16 hex digits of sha256(clip digest, words, options, versions). The versions are whyface's own and those of the models
 * that measured; options that do not change measurements have no part in it.
 */
export const analysisId = async (percepts: Percepts, options: ObserveOptions, version: string): Promise<string> => {
  const models = percepts.models.map(({ id, version: of, digest }) => `${id}@${of}#${digest}`).sort();
  // What is only kept beside the measurements does not change them.
  const { landmarks: _, ...measuring } = observeOptions.parse(options);
  const identity = {
    clip: percepts.clip.digest,
    // The words of a clip may come from another file; left out where there are none, so that those ids stay.
    speech: percepts.speech,
    options: measuring,
    versions: { whyface: version, models },
  };
  const bytes = new TextEncoder().encode(canonicalJson(identity));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
};
