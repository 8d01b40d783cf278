import { MOVEMENTS } from '../lexicon/movement.ts';
import { wordSet } from '../word-set.ts';
import { type Chunk, has, isNorm, senseOf, sensesOf } from './chunk.ts';
import { isCopula } from './grammar.ts';
import { type Mention, mention } from './mention.ts';
import type { SideFacet, UnitReading } from './reading.ts';
import type { SideMention } from './sides.ts';

/** What was named before in the sentence, for what leaves it out. */
export type Context = {
  mentions: readonly UnitReading[];
  bodies: Mention['bodies'];
  side: SideFacet | null;
  person: string | null;
};

/** A clause that leaves the verb's subject out: "… but not drawn together", "… while the right one stays put". */
export const byEllipsis = (
  chunks: readonly Chunk[],
  sides: readonly SideMention[],
  context: Context,
  consumed: ReadonlySet<number>,
): Mention[] => {
  const last = context.mentions.at(-1);
  if (last === undefined) {
    return [];
  }
  const bodies = chunks.flatMap((each) => senseOf(each, 'body')?.body ?? []);
  if (bodies.length === 0 && goesOn(chunks)) {
    const moved = chunks.flatMap((each, index) =>
      consumed.has(index) ? [] : sensesOf(each, 'action').map(({ action }) => ({ action, index })),
    );
    for (const { action, index } of moved) {
      const movements = context.bodies.flatMap((body) => MOVEMENTS[body][action] ?? []);
      const movement = movements[0];
      if (movement !== undefined) {
        return [
          mention({
            codes: movement.codes,
            negatedByWord: movement.negated ?? false,
            bodies: context.bodies,
            from: index,
            to: index,
            anchor: index,
          }),
        ];
      }
    }
  }
  const person = chunks.findIndex((each) => each.token.kind === 'person');
  if (person >= 0 && bodies.length === 0 && chunks.length <= 5 && chunks.some((each) => has(each, 'negator'))) {
    return [
      mention({
        codes: last.codes,
        region: last.region,
        bodies: context.bodies,
        from: person,
        to: person,
        anchor: person,
      }),
    ];
  }
  const denies = chunks.some((each) => has(each, 'negator') || has(each, 'absent') || isNorm(each, 'still'));
  const at = sides[0]?.from;
  if (
    at !== undefined &&
    (denies || chunks.some(isCopula)) &&
    bodies.length === 0 &&
    !chunks.some((each) => has(each, 'label'))
  ) {
    return [mention({ codes: last.codes, region: last.region, bodies: context.bodies, from: at, to: at, anchor: at })];
  }
  return [];
};

/** "… but not drawn together", "…, pulling inward": not an adjective of another noun ("a flat, tense line"). */
const goesOn = (chunks: readonly Chunk[]): boolean => {
  const at = chunks.findIndex((each) => has(each, 'action'));
  const next = chunks[at + 1];
  const noun =
    next !== undefined &&
    next.token.kind === 'word' &&
    next.senses.length === 0 &&
    !JOINING.has(next.norm) &&
    !next.norm.endsWith('ly');
  return at >= 0 && !noun;
};

const JOINING = wordSet(
  'and, or, in, at, by, to, towards, toward, into, on, from, with, for, as, so, too, again, each, one, a, an, the, over, under, against, until, around, about, her, his, their',
);
