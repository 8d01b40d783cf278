import type { ClipKind } from '../../../contracts/index.ts';
import type { Media } from '../state/session.ts';

const WORDS = /\.(?:srt|vtt|ass|tsv|json|txt)$/i;

/** Of several files: the clip, and the words beside it. */
export const pairOf = (files: readonly File[]): { media: File | null; words: File | null } => {
  const words = files.length > 1 ? (files.find(({ name }) => WORDS.test(name)) ?? null) : null;
  return { media: files.find((file) => file !== words) ?? null, words };
};

/** The file as the browser plays it: it never leaves this page for that. `null` for bare measurements. */
export const mediaOf = (file: File, kind: ClipKind): Media | null =>
  kind === 'percepts' ? null : { url: URL.createObjectURL(file), kind };
