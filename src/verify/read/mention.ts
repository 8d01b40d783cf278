import type { ActionUnitCode } from '../../contracts/index.ts';
import type { Body } from '../lexicon/sense.ts';

/** Something that a clause says of the face: one or more units, any of which may be meant. */
export type Mention = {
  /** Any of them (all of them where the mention is denied). Empty for a FACS number that is not measured. */
  codes: readonly ActionUnitCode[];
  /** The FACS number, where one was written. */
  number: number | null;
  /** A part of the face without a direction: "the brows stay still". */
  region: Body | null;
  /** The part that was named, for what comes after by ellipsis. */
  bodies: readonly Body[];
  /** The side that the code carries ("L12"), or the word ("smirk"). */
  side: 'left' | 'right' | 'one' | null;
  /** The letter that the code carries ("12C"). */
  letter: string | null;
  /** Lowest intensity that the word itself claims ("a broad smile"). */
  least: number | null;
  /** The wording denies by itself: "the mouth is closed". */
  negatedByWord: boolean;
  /** Chunks of the clause: first, last, and the one that carries the movement. */
  from: number;
  to: number;
  anchor: number;
};

export const mention = (part: Pick<Mention, 'from' | 'to' | 'anchor'> & Partial<Mention>): Mention => ({
  codes: [],
  number: null,
  region: null,
  bodies: [],
  side: null,
  letter: null,
  least: null,
  negatedByWord: false,
  ...part,
});
