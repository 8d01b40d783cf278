import type { ActionUnitCode, IntensityLetter } from '../../../contracts/index.ts';
import { actionUnit, level, partOf, stateClause } from '../../../facs/index.ts';
import type { UnitEvidence } from '../evidence.ts';
import type { Sway } from '../sway.ts';
import { list } from './grammar.ts';

/** "the left lip corner is slightly pulled up and back (AU12, B)"; the owner is named where several people are there. */
export const stated = (unit: UnitEvidence, owner: string | null): string =>
  `${owned(stateClause(unit.code, unit.side, unit.letter), owner)} (${coded(unit)})`;

const coded = (unit: UnitEvidence): string => {
  const side = unit.side === 'both' ? '' : `${unit.side}, `;
  return unit.letter === null ? `${unit.code}` : `${unit.code}, ${side}${unit.letter}`;
};

const owned = (clause: string, owner: string | null): string =>
  owner === null ? clause : clause.replace(/^the /, `${owner}'s `);

/**
 * Several states in one clause list. Neighbours with the same participle, level and side share it: "the inner brows (AU1, C) and
 * the outer brows (AU2, C) are markedly raised".
 */
export const statedTogether = (units: readonly UnitEvidence[], owner: string | null): string => {
  const groups: UnitEvidence[][] = [];
  for (const unit of units) {
    const alike = groups.find(([first]) => first !== undefined && sharesPredicate(first, unit));
    if (alike === undefined) {
      groups.push([unit]);
    } else {
      alike.push(unit);
    }
  }
  const phrases = groups.map((group, index) => phrase(group, index === 0 ? owner : null));
  const many = phrases.length > 2 || phrases.some((each) => each.includes(' and ')) ? ',' : '';
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')}${many} and ${last}`;
};

const sharesPredicate = (first: UnitEvidence, second: UnitEvidence): boolean =>
  actionUnit(first.code).done === actionUnit(second.code).done &&
  first.letter === second.letter &&
  first.side === second.side &&
  partOf(first.code, first.side).plural === partOf(second.code, second.side).plural;

const phrase = (group: readonly UnitEvidence[], owner: string | null): string => {
  const [first, ...rest] = group;
  if (first === undefined) {
    return '';
  }
  if (rest.length === 0) {
    return stated(first, owner);
  }
  const parts = list(inOrder(group).map((unit) => `the ${partOf(unit.code, unit.side).text} (${coded(unit)})`));
  const adverb = first.letter === null ? '' : `${level(first.letter).adverb} `;
  return `${owned(parts, owner)} are ${adverb}${actionUnit(first.code).done}`;
};

const inOrder = (group: readonly UnitEvidence[]): UnitEvidence[] =>
  [...group].sort((a, b) => actionUnit(a.code).number - actionUnit(b.code).number);

/** "lip-corner pull", with its side where it has one. */
export const nounOf = (code: ActionUnitCode, side: UnitEvidence['side'] = 'both'): string =>
  `${side === 'both' ? '' : `${side} `}${actionUnit(code).noun}`;

/** "the marked lip-corner pull". */
export const theNoun = (unit: UnitEvidence, withLevel = false): string =>
  `the ${withLevel && unit.letter !== null ? `${levelAdjective(unit.letter)} ` : ''}${nounOf(unit.code, unit.side)}`;

const levelAdjective = (letter: IntensityLetter): string => level(letter).adjective;

/** What a sway is called in prose. */
export const swayNoun = (sway: Sway, units: readonly UnitEvidence[]): string => {
  if (sway.code === 'one-sided') {
    const unit = units.find(({ id }) => sway.cites.includes(id));
    return unit === undefined ? 'the one-sidedness' : `the one-sidedness of the ${nounOf(unit.code)}`;
  }
  const unit = units.find(({ id, code }) => sway.cites.includes(id) && code === sway.code);
  return unit === undefined ? `the ${nounOf(sway.code)}` : theNoun(unit);
};
