import type { ActionUnitCode, CitedSentence, Judgement } from '../../../contracts/index.ts';
import type { UnitEvidence } from '../evidence.ts';
import type { Abstention } from '../judge.ts';
import type { Reading } from '../reading.ts';
import { type AnyLabel, likelihoodsOf } from '../score.ts';
import { type Sway, unitsFor } from '../sway.ts';

/** Everything the writing parts share. */
export type Teller = {
  reading: Reading;
  judgement: Judgement;
  abstention: Abstention | null;
  /** What the conclusion names: the compound where there is one, else the expression. */
  named: AnyLabel;
  units: ReadonlyMap<string, UnitEvidence>;
};

export const tellerOf = (reading: Reading, judgement: Judgement, abstention: Abstention | null): Teller => ({
  reading,
  judgement,
  abstention,
  named: judgement.compound.label ?? reading.label,
  units: new Map(reading.evidence.units.map((unit) => [unit.id, unit])),
});

/** The statements about one unit that hold at the key moment and say that it is there. */
export const shownAt = (teller: Teller, code: ActionUnitCode): UnitEvidence[] => {
  const state = teller.reading.key.moment.units.get(code);
  return state?.status === 'present' ? unitsOf(teller, state.cites) : [];
};

export const unitsOf = (teller: Teller, ids: readonly string[]): UnitEvidence[] =>
  ids.flatMap((id) => teller.units.get(id) ?? []);

/** Statements that a unit is absent at the key moment, of units that are present nowhere in the range. */
export const absencesAt = (teller: Teller): UnitEvidence[] => {
  const shown = new Set(
    teller.reading.evidence.units.filter(({ status }) => status === 'present').map(({ code }) => code),
  );
  return [...teller.reading.key.moment.units.entries()].flatMap(([code, state]) =>
    state.status === 'absent' && !shown.has(code)
      ? unitsOf(teller, state.cites)
          .filter(({ resting }) => !resting)
          .slice(0, 1)
      : [],
  );
};

/** Whether two labels' likelihoods of a unit tell them apart at all. */
export const share = (label: AnyLabel, code: ActionUnitCode): number => likelihoodsOf(label)[code];

/** Present units, then absent ones, that speak for `label` rather than `rival`. */
export const split = (
  teller: Teller,
  label: AnyLabel,
  rival: AnyLabel,
): { shownFor: Sway[]; missingFor: Sway[]; shownAgainst: Sway[]; missingAgainst: Sway[] } => {
  const { for: pro, against } = unitsFor(teller.reading.key.moment, label, rival);
  const shown = ({ state }: Sway): boolean => state.status === 'present';
  return {
    shownFor: pro.filter(shown),
    missingFor: pro.filter((sway) => !shown(sway)),
    shownAgainst: against.filter(shown),
    missingAgainst: against.filter((sway) => !shown(sway)),
  };
};

/** What the wording hangs on: the codes, sides and letters that are shown, and the conclusion. */
export const seedOf = (teller: Teller, part: string): string => {
  const shown = teller.reading.evidence.units.filter(({ status }) => status === 'present');
  return `${part} ${teller.named} ${shown.map(({ code, side, letter }) => `${code}${side}${letter}`).join(' ')}`;
};

export const cited = (text: string, cites: readonly string[]): CitedSentence => ({ text, cites: [...new Set(cites)] });
