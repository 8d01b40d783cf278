import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const clip = z.object({
  file: z.string(),
  label: z.string().nullable().optional(),
  language: z.string().nullable().optional(),
});
export type SpeechClip = z.infer<typeof clip>;

/** The developers' recordings, as their manifest lists them. */
export const readManifest = (folder: string): SpeechClip[] =>
  z.array(clip).parse(JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')));

const pieces = z.record(z.string(), z.object({ speech: z.array(z.tuple([z.number(), z.number()])) }));

/** Length of the pieces that the hand-marked times count from, seconds. */
const PIECE = 2;

/** Hand-marked speech of one file, seconds from its start, and where the marking ends. */
export const readMarks = (path: string): { speech: [number, number][]; endsAt: number } => {
  const all = Object.values(pieces.parse(JSON.parse(readFileSync(path, 'utf8'))));
  return {
    speech: all.flatMap(({ speech }, index) =>
      speech.map(([from, to]): [number, number] => [index * PIECE + from, index * PIECE + to]),
    ),
    endsAt: all.length * PIECE,
  };
};
