import { type Chunk, has, sensesOf } from './chunk.ts';
import type { QualityReading } from './reading.ts';

/** What a clause says of the picture: covered, blurred, cut off … */
export const readQuality = (chunks: readonly Chunk[]): QualityReading[] =>
  chunks.flatMap((each, at) =>
    sensesOf(each, 'quality').map(({ topic }): QualityReading => {
      const denials = chunks.slice(Math.max(0, at - 4), at).filter((near) => has(near, 'negator')).length;
      return {
        kind: 'quality',
        topic,
        polarity: denials % 2 === 1 ? 'absent' : 'present',
        start: each.start,
        end: each.end,
      };
    }),
  );
