import type { ClipFacts } from './clip.ts';

// Apart from the schemas, so that the page need not carry them for it.
/** Whether nothing in the clip has a time: a photo, or the measurements of one. */
export const isTimeless = ({ kind, durationMs }: Pick<ClipFacts, 'kind' | 'durationMs'>): boolean =>
  kind === 'image' || (kind === 'percepts' && durationMs === 0);
