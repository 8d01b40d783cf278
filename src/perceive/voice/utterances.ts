import type { TimeRange } from '../../contracts/index.ts';

/** What is said in one go: the segments of speech in it, and the pauses between them. */
export type Utterance = { startMs: number; endMs: number; segments: TimeRange[] };

const UTTERANCES = {
  /** A silence of this length ends an utterance (inter-pausal units end at 200–500 ms; a breath is shorter). */
  pauseMs: 500,
  /** Long ones end at a shorter pause. */
  longMs: 8000,
  longPauseMs: 250,
  /** Nobody's utterance: a segment is cut here, so that long talk without a pause still has a course. */
  mostMs: 15_000,
} as const;

/** Joins segments into utterances. */
export const utterancesOf = (segments: readonly TimeRange[]): Utterance[] => {
  const utterances: Utterance[] = [];
  for (const segment of segments.flatMap(inPieces)) {
    const last = utterances.at(-1);
    const gap = segment.startMs - (last?.endMs ?? Number.NEGATIVE_INFINITY);
    const length = segment.startMs - (last?.startMs ?? 0);
    const whole = segment.endMs - (last?.startMs ?? 0);
    if (
      last !== undefined &&
      gap < (length > UTTERANCES.longMs ? UTTERANCES.longPauseMs : UTTERANCES.pauseMs) &&
      whole <= UTTERANCES.mostMs
    ) {
      last.endMs = segment.endMs;
      last.segments.push(segment);
    } else {
      utterances.push({ ...segment, segments: [segment] });
    }
  }
  return utterances;
};

const inPieces = ({ startMs, endMs }: TimeRange): TimeRange[] => {
  const count = Math.ceil((endMs - startMs) / UTTERANCES.mostMs);
  const cut = (index: number): number => Math.round(startMs + ((endMs - startMs) * index) / count);
  return Array.from({ length: count }, (_, index) => ({ startMs: cut(index), endMs: cut(index + 1) }));
};
