import type { CompoundLabel } from '../../contracts/index.ts';
import { BLENDS, COMPOUND_WORDS, EXPRESSION_WORDS, WIDER_EXPRESSIONS } from '../../facs/index.ts';
import type { Reading } from './reading.ts';

/** Share of the runner-up from which its word belongs in the list. */
const SECOND_FROM = 0.25;
const MOST = 4;

/** Open-vocabulary words for a reading, by its strength: the compound's first, then the expression's, then blends. */
export const openWords = (reading: Reading, compound: CompoundLabel | null): string[] => {
  const { label, runnerUp, scores, strength, key } = reading;
  const step = strength < 0.4 ? 0 : strength < 0.75 ? 1 : 2;
  const words: string[] = compound === null ? [] : [...COMPOUND_WORDS[compound]];
  words.push(...EXPRESSION_WORDS[label].words[step].slice(0, compound === null ? 2 : 1));
  const shown = (code: (typeof WIDER_EXPRESSIONS)[number]['units'][number]): boolean =>
    (key.moment.units.get(code)?.presence ?? 0) > 0.6;
  if (label === 'happiness' && WIDER_EXPRESSIONS.some(({ word, units }) => word === 'amused' && units.every(shown))) {
    words.push('amused');
  }
  if (scores.expression[runnerUp] >= SECOND_FROM && runnerUp !== 'neutral') {
    const blend = BLENDS.find(({ components }) => components.includes(label) && components.includes(runnerUp));
    words.push(blend?.word ?? EXPRESSION_WORDS[runnerUp].words[step === 0 ? 0 : 1][0]);
  }
  return [...new Set(words)].slice(0, MOST);
};
