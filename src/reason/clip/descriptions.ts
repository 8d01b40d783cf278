/** What CLIP is asked: each expression as texts of what its face shows and what it does not, from the FACS tables. */
import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  EXPRESSION_LABELS,
  type ExpressionLabel,
} from '../../contracts/index.ts';
import { actionUnit, EMFACS, EXPRESSION_LIKELIHOODS, EXPRESSION_WORDS, partOf, stateClause } from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import { clauses, list, withArticle } from '../facs/write/grammar.ts';

/** Raised when a word of the texts or the way they are made changes. */
export const DESCRIPTIONS_VERSION = 'clip-descriptions@1';

/** Several phrasings each; their vectors are averaged. */
export type Descriptions = Record<ExpressionLabel, { shows: readonly string[]; lacks: readonly string[] }>;

/** A text encoder reads 64 tokens at most, and blurs long lists. */
const MOST_SHOWN = 4;
const MOST_INSTEAD = 3;
/** Shown by this share of the people who show the expression, a unit may stand beside those of the coders' prototype. */
const USUAL = 0.5;

const othersMean = (label: ExpressionLabel, code: ActionUnitCode): number => {
  const others = EXPRESSION_LABELS.filter((other) => other !== label);
  return others.reduce((sum, other) => sum + EXPRESSION_LIKELIHOODS[other][code], 0) / others.length;
};

/** How far a unit tells the expression from the others, weighted by how usual it is there. */
const tells = (label: ExpressionLabel, code: ActionUnitCode): number => {
  const own = EXPRESSION_LIKELIHOODS[label][code];
  return own * Math.log(own / othersMean(label, code));
};

const byValue = (codes: readonly ActionUnitCode[], value: (code: ActionUnitCode) => number): ActionUnitCode[] =>
  [...codes].sort((first, second) => value(second) - value(first));

/** The units that make the expression: the coders' prototype, the most telling first, filled up from what is usual. */
export const unitsShown = (label: ExpressionLabel): ActionUnitCode[] => {
  const core: readonly ActionUnitCode[] = EMFACS[label].core;
  const usual = ACTION_UNIT_CODES.filter(
    (code) => !core.includes(code) && EXPRESSION_LIKELIHOODS[label][code] >= USUAL && tells(label, code) > 0,
  );
  const telling = (codes: readonly ActionUnitCode[]) => byValue(codes, (code) => tells(label, code));
  return [...telling(core), ...(core.length < 3 ? telling(usual) : [])].slice(0, MOST_SHOWN);
};

/** Units usual in other expressions and rare in this one: what is seen in its place. */
export const unitsInstead = (label: ExpressionLabel): ActionUnitCode[] =>
  byValue(
    ACTION_UNIT_CODES.filter((code) => EXPRESSION_LIKELIHOODS[label][code] < 0.2 && code !== 'AU45'),
    (code) => othersMean(label, code) * Math.log(othersMean(label, code) / EXPRESSION_LIKELIHOODS[label][code]),
  ).slice(0, MOST_INSTEAD);

/** Both ends of the brows raised are said, and seen, as one. */
const joined = <Said>(codes: readonly ActionUnitCode[], both: Said, one: (code: ActionUnitCode) => Said): Said[] =>
  codes.includes('AU1') && codes.includes('AU2')
    ? codes.flatMap((code) => (code === 'AU1' || code === 'AU2' ? [] : [one(code)])).concat([both])
    : codes.map(one);

const shown = (codes: readonly ActionUnitCode[]): string =>
  clauses(joined(codes, 'the brows are raised', (code) => stateClause(code, 'both', null)));

const notShown = (codes: readonly ActionUnitCode[]): string =>
  clauses(
    joined(codes, 'the brows are not raised', (code) => {
      const { text, plural } = partOf(code, 'both');
      return `the ${text} ${plural ? 'are' : 'is'} not ${actionUnit(code).done}`;
    }),
  );

/** In the words of captions, which is what the model learnt from: "a smile", not "a lip-corner pull". */
const everyday = (code: ActionUnitCode): string => {
  const [word = actionUnit(code).noun] = actionUnit(code).everyday;
  return word.endsWith('eyes') ? word : withArticle(word);
};

const nouns = (codes: readonly ActionUnitCode[]): string => list(joined(codes, 'raised brows', everyday));

/** At rest nothing is shown, and contempt shows on one side what others show on both. */
const SPECIAL: Partial<Record<ExpressionLabel, { shown: string; nouns: string; notShown: string }>> = {
  neutral: {
    shown: 'the brows, the eyes and the mouth are at rest',
    nouns: 'still brows, level lip corners and a closed mouth',
    notShown: 'the brows, the eyes or the mouth are drawn out of their place of rest',
  },
  contempt: {
    shown: 'one lip corner is tucked in and lifted while the other stays at rest',
    nouns: 'one lip corner tightened on one side only',
    notShown: 'both lip corners are alike',
  },
};

const describe = (label: ExpressionLabel): Descriptions[ExpressionLabel] => {
  const units = unitsShown(label);
  const instead = unitsInstead(label);
  const { adjective } = EXPRESSION_WORDS[label];
  const special = SPECIAL[label];
  const clausesShown = special?.shown ?? shown(units);
  return {
    shows: [
      `a close-up photo of a face in which ${clausesShown}`,
      `a portrait of a person with ${withArticle(adjective)} expression: ${clausesShown}`,
      `${withArticle(adjective)} face with ${special?.nouns ?? nouns(units)}`,
    ],
    lacks: [
      `a close-up photo of a face in which ${special?.notShown ?? notShown(units)}`,
      `a portrait of a person without ${withArticle(adjective)} expression: ${shown(instead)}`,
      `a face that is not ${adjective}, with ${nouns(instead)}`,
    ],
  };
};

export const DESCRIPTIONS: Descriptions = recordOf(EXPRESSION_LABELS, describe);

/** sha256 over all texts, hex: the hash of a prompt. */
export const descriptionsDigest = async (): Promise<string> => {
  const bytes = new TextEncoder().encode(JSON.stringify([DESCRIPTIONS_VERSION, DESCRIPTIONS]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
};
