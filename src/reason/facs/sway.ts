import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../contracts/index.ts';
import type { Moment, UnitState } from './moment.ts';
import { type AnyLabel, unitEvidenceFor } from './score.ts';

/** What one action unit adds to a label against a rival, in log units; always positive in its list. */
export type Sway = { code: ActionUnitCode | 'one-sided'; state: UnitState; weight: number; cites: readonly string[] };

/** Below this a unit makes no difference worth a word. */
const LEAST = 0.12;

/** The units that speak for `label` rather than `rival`, and those that speak against it, strongest first. */
export const unitsFor = (moment: Moment, label: AnyLabel, rival: AnyLabel): { for: Sway[]; against: Sway[] } => {
  const sways = [...ACTION_UNIT_CODES, 'one-sided' as const].flatMap((code): Sway[] => {
    const state = code === 'one-sided' ? moment.oneSided : moment.units.get(code);
    if (state === null || state === undefined || state.cites.length === 0) {
      return [];
    }
    const weight = unitEvidenceFor(moment, code, label) - unitEvidenceFor(moment, code, rival);
    return Math.abs(weight) < LEAST ? [] : [{ code, state, weight, cites: state.cites }];
  });
  return {
    for: sways.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight),
    against: sways
      .filter(({ weight }) => weight < 0)
      .map((sway) => ({ ...sway, weight: -sway.weight }))
      .sort((a, b) => b.weight - a.weight),
  };
};
