import type { ReasonedAnswer } from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { type AnyLabel, isCompound, rankedLabels } from '../score.ts';
import { list, noneOf, sentence, unique } from './grammar.ts';
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
  const text = `Contempt is read from one side of the mouth, and ${theNoun(corner)} is on both sides.`;
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
  const told = shapeOf({
    name: label === 'neutral' ? 'a neutral reading' : isCompound(label) ? COMPOUNDS[label].noun : label,
    fits: unique(fits.map((sway) => swayNoun(sway, units))),
    lacks: unique(lacks.map(({ code }) => (code === 'one-sided' ? '' : nounOf(code)))),
    leaves: lacks.length > 0 ? [] : leaves.map((sway) => swayNoun(sway, units)),
    helped: helped.map(({ code }) => (code === 'one-sided' ? '' : nounOf(code))),
  });
  const used = [...helped, ...fits, ...lacks, ...(lacks.length > 0 ? [] : leaves)];
  return told === '' ? [] : [{ label, text: sentence(told), cites: unique(used.flatMap(({ cites }) => cites)) }];
};

type Points = Record<'fits' | 'lacks' | 'leaves' | 'helped', readonly string[]> & { name: string };

const shapeOf = ({ name, fits, lacks, leaves, helped }: Points): string => {
  const speak = leaves.length === 1 ? 'speaks' : 'speak';
  if (fits.length > 0) {
    const but = lacks.length > 0 ? ` but finds ${noneOf(lacks)}` : '';
    const counter = leaves.length > 0 ? `, while ${list(leaves)} ${speak} against it` : '';
    return `${name} would account for ${list(fits)}${but}${counter}${but === '' && counter === '' ? ' as well' : ''}`;
  }
  if (lacks.length > 0) {
    return `there is ${noneOf(lacks)}, which speaks against ${name}`;
  }
  if (leaves.length > 0) {
    const suits = helped.length > 0 ? `there is ${noneOf(helped)}, which suits ${name}, but ` : '';
    return `${suits}${list(leaves)} ${speak} against ${suits === '' ? name : 'it'}`;
  }
  return '';
};
