import type { ActionUnitCode } from '../../contracts/index.ts';
import { type Chunk, has, isDeterminer, isNorm, senseOf } from './chunk.ts';
import type { Mention } from './mention.ts';
import type { StrongerReading } from './reading.ts';
import type { SideMention } from './sides.ts';

const OPPOSITE = { left: 'right', right: 'left' } as const;

const named = (side: string | undefined): 'left' | 'right' | null =>
  side === 'left' || side === 'right' ? side : null;

/** The side that something is compared with: "more than *the right*", "than on the left". */
const sideAfterThan = (chunks: readonly Chunk[]): 'left' | 'right' | null => {
  const than = chunks.findIndex((each) => / ?than$/.test(each.norm));
  let index = than + 1;
  while (than >= 0 && (isDeterminer(chunks[index]) || isNorm(chunks[index], 'on', 'in', 'at'))) {
    index += 1;
  }
  return than < 0 ? null : named(senseOf(chunks[index], 'side')?.side);
};

/** "stronger on the left", "more than the right", "AU12 is stronger than AU6". `subject`: the units it is said of. */
export const readStronger = (
  chunks: readonly Chunk[],
  mentions: readonly Mention[],
  sides: readonly SideMention[],
  subject: readonly ActionUnitCode[],
  person: string | null,
): StrongerReading[] => {
  const place = { start: chunks[0]?.start ?? 0, end: chunks.at(-1)?.end ?? 0 };
  const less = chunks.some((each) => has(each, 'less'));
  const compared = sideAfterThan(chunks);
  if (compared !== null && subject.length > 0) {
    return [
      { kind: 'stronger', ...place, codes: subject, than: { side: less ? compared : OPPOSITE[compared] }, person },
    ];
  }
  const at = chunks.findIndex(
    (each, index) =>
      (has(each, 'more') || has(each, 'less')) &&
      !(isNorm(each, 'more', 'less', 'further') && isNorm(chunks[index + 1], 'than')),
  );
  if (at < 0) {
    return [];
  }
  // "more weak than" is less.
  const weak = (senseOf(chunks[at + 1], 'level')?.to ?? 5) <= 2.5;
  const more = has(chunks[at], 'more') !== weak;
  const side = named(sides.find((each) => named(each.side) !== null)?.side);
  if (side !== null) {
    return subject.length === 0
      ? []
      : [{ kind: 'stronger', ...place, codes: subject, than: { side: more ? side : OPPOSITE[side] }, person }];
  }
  const than = chunks.findIndex((each, index) => index >= at && / ?than$/.test(each.norm));
  const other = mentions.find((each) => each.from > than);
  const first = mentions[0];
  if (than < 0 || other === undefined || first === undefined || first.to > than) {
    return [];
  }
  return [{ kind: 'stronger', ...place, codes: first.codes, than: { codes: other.codes, more }, person }];
};
