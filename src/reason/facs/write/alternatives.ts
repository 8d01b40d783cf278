import type { ReasonedAnswer } from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { type AnyLabel, isCompound, rankedLabels } from '../score.ts';
import { list, sentence, unique, withArticle } from './grammar.ts';
import { share, shownAt, split, type Teller } from './teller.ts';
import { nounOf, swayNoun, theNoun } from './unit-words.ts';

/** Score from which another reading is told. */
const LABEL_FROM = 0.05;
const COMPOUND_FROM = 0.15;
const MOST = 3;

/** Other readings that the evidence leaves open, each with what speaks for it and against it. */
export const alternatives = (teller: Teller): ReasonedAnswer['alternatives'] => {
  const { reading, judgement, named } = teller;
  const components: readonly AnyLabel[] = isCompound(named) ? COMPOUNDS[named].components : [named];
  const singles = rankedLabels(reading.scores.expression)
    .filter((label) => !components.includes(label) && reading.scores.expression[label] >= LABEL_FROM)
    .slice(0, 2);
  const compounds = judgement.compound.ranked
    .filter(({ label, score }) => label !== named && score >= COMPOUND_FROM)
    .map(({ label }) => label)
    .slice(0, 1);
  return [...singles, ...compounds].slice(0, MOST).flatMap((label) => alternative(teller, label));
};

/** Contempt needs one lip corner to act alone. */
const even = (teller: Teller): ReasonedAnswer['alternatives'][number] | null => {
  const [corner] = [...shownAt(teller, 'AU12'), ...shownAt(teller, 'AU14')];
  if (corner === undefined || corner.side !== 'both') {
    return null;
  }
  const text = `Contempt would need one lip corner to act alone, and ${theNoun(corner)} is on both sides.`;
  return { label: 'contempt', text, cites: [corner.id] };
};

const alternative = (teller: Teller, label: AnyLabel): ReasonedAnswer['alternatives'] => {
  const { reading, named } = teller;
  const { units } = reading.evidence;
  const evenCorners = label === 'contempt' ? even(teller) : null;
  if (evenCorners !== null) {
    return [evenCorners];
  }
  const own = split(teller, label, 'neutral');
  const usual = (sway: (typeof own.shownFor)[number]): boolean =>
    sway.code === 'one-sided' ? label === 'contempt' : share(label, sway.code) >= 0.3;
  const rival = split(teller, label, named);
  const fits = own.shownFor.filter(usual).slice(0, 2);
  const lacks = rival.missingAgainst.filter(({ code }) => code !== 'one-sided').slice(0, 2);
  const leaves = rival.shownAgainst.filter((sway) => !fits.some(({ code }) => code === sway.code)).slice(0, 1);
  const helped = fits.length > 0 ? [] : rival.missingFor.filter(({ code }) => code !== 'one-sided').slice(0, 1);
  const parts = [
    ...helped.map(
      (sway) => `has the absence of ${sway.code === 'one-sided' ? '' : withArticle(nounOf(sway.code))} on its side`,
    ),
    fits.length === 0 ? '' : `would account for ${list(unique(fits.map((sway) => swayNoun(sway, units))))}`,
    lacks.length === 0
      ? ''
      : `lacks ${list(unique(lacks.map(({ code }) => (code === 'one-sided' ? '' : `the ${nounOf(code)}`))))}`,
    lacks.length > 0 || leaves.length === 0
      ? ''
      : `leaves ${list(leaves.map((sway) => swayNoun(sway, units)))} unexplained`,
  ].filter((part) => part !== '');
  const cites = unique(
    [...helped, ...fits, ...lacks, ...(lacks.length > 0 ? [] : leaves)].flatMap((sway) => sway.cites),
  );
  if (parts.length === 0 || cites.length === 0) {
    return [];
  }
  const name = isCompound(label) ? COMPOUNDS[label].noun : label;
  const neutral = label === 'neutral' ? 'A neutral reading' : name;
  return [{ label, text: sentence(`${neutral} ${parts.join(' but ')}`), cites }];
};
