import type { CitedSentence } from '../../../contracts/index.ts';
import { UNIT_WEIGHTS } from '../weights.ts';
import { noneOf, sentence } from './grammar.ts';
import { absencesAt, cited, type Teller, unitsOf } from './teller.ts';
import { nounOf, theNoun } from './unit-words.ts';

/** Why a face reads as neutral: by what is not there, or by what there is forming no pattern. */
export const restMove = (teller: Teller): CitedSentence[] => {
  const { reading } = teller;
  const quiet = [...reading.key.moment.units.values()].filter(({ status }) => status === 'absent');
  const cites = quiet.flatMap((state) => state.cites).slice(0, 6);
  const shown = [...reading.key.moment.units.entries()].filter(([, { status }]) => status === 'present');
  if (shown.length === 0) {
    const elsewhere = reading.evidence.units.some(({ status }) => status === 'present');
    if (elsewhere) {
      return passingMove(teller);
    }
    const told = absencesAt(teller)
      .sort((a, b) => UNIT_WEIGHTS[b.code] - UNIT_WEIGHTS[a.code])
      .slice(0, 2);
    return told.length === 0
      ? []
      : [
          cited(
            sentence(`with ${noneOf(told.map((unit) => nounOf(unit.code)))}, this is how many faces look at rest`),
            told.map(({ id }) => id),
          ),
        ];
  }
  const [[code, state] = []] = shown.sort(([, a], [, b]) => b.presence - a.presence);
  if (code === undefined || state === undefined) {
    return [];
  }
  const [unit] = unitsOf(teller, state.cites);
  const text =
    shown.length === 1
      ? `the ${nounOf(code, unit?.side)} has no companion${(unit?.intensity ?? 0) < 2.5 ? ', and many resting faces show as much' : ' to form a pattern with'}`
      : `the ${nounOf(code, unit?.side)} is the most there is, and it forms no pattern with the rest`;
  return [cited(sentence(text), [...state.cites, ...cites.slice(0, 2)])];
};

/** What moves in a clip that reads as neutral all the same. */
const passingMove = (teller: Teller): CitedSentence[] => {
  const units = teller.reading.evidence.units
    .filter(({ status, resting, intensity }) => status === 'present' && !resting && intensity > 0)
    .sort((a, b) => b.intensity - a.intensity)
    .slice(0, 1);
  return units.map((unit) =>
    cited(
      sentence(
        `${theNoun(unit)} is the strongest movement, and it comes and goes without the others that would make a pattern`,
      ),
      [unit.id],
    ),
  );
};
