/** Observations to text: facts with ids, the most telling first, within a budget. Runs anywhere. */
import type { Analysis, Fact, Facts, Observation, TimeRange } from '../contracts/index.ts';
import { salienceOf } from './salience.ts';

export { type EmotionWord, findEmotionWords } from '../facs/emotion-words.ts';
export { cleanText } from './clean-text.ts';
export { type FactsBlock, factsBlock } from './facts-block.ts';
export { factsText } from './facts-text.ts';
export { givesInstructions } from './instructions.ts';
export { createPromptWriter, type PromptWriterOptions } from './prompt-writer.ts';
export {
  drawBoundary,
  markedText,
  quarantine,
  type UntrustedBlock,
  type UntrustedItem,
  unmarkedText,
} from './quarantine.ts';
export { salienceOf } from './salience.ts';

export type TextualizeOptions = {
  /** Whose observations; those of the whole clip are always among them. `null`: everybody's. */
  subject: string | null;
  /** Half-open, in milliseconds; `{startMs: 0, endMs: 0}` for a photo. Observations that touch it count. */
  range: TimeRange;
  /** Most characters of all facts together; the least telling are left out. Default: no limit. */
  maximumCharacters?: number | undefined;
};

/** The facts about one person in one range, the most telling first, and what was not measured. */
export const textualize = (
  analysis: Analysis,
  { subject, range, maximumCharacters = Number.POSITIVE_INFINITY }: TextualizeOptions,
): Facts => {
  const ranked = analysis.observations
    .filter((observation) => concerns(observation, subject) && touches(observation.range, range))
    .map((observation, index) => ({ fact: factOf(observation), index }))
    .sort((a, b) => b.fact.salience - a.fact.salience || a.index - b.index)
    .map(({ fact }) => fact);
  let left = maximumCharacters;
  const facts = ranked.filter((fact) => {
    const length = fact.id.length + fact.text.length + 4;
    if (length > left) {
      // Nothing less telling may take the place of what did not fit.
      left = 0;
      return false;
    }
    left -= length;
    return true;
  });
  return { subject, range, facts, notMeasured: [...analysis.notMeasured] };
};

const factOf = (observation: Observation): Fact => ({
  id: observation.id,
  kind: observation.kind,
  text: observation.text,
  salience: salienceOf(observation),
});

const concerns = (observation: Observation, subject: string | null): boolean =>
  subject === null || observation.subject === null || observation.subject === subject;

/** Whether two half-open ranges share a moment; an empty one counts as the moment of its start. */
const touches = (a: TimeRange, b: TimeRange): boolean =>
  a.startMs < Math.max(b.endMs, b.startMs + 1) && b.startMs < Math.max(a.endMs, a.startMs + 1);
