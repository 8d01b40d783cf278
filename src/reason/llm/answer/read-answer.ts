/** From what a model wrote to an answer: parsed, normalised, held to the rules; or the list of what is wrong with it. */
import {
  type Analysis,
  type CitedSentence,
  EXPRESSION_LABELS,
  type ExpressionLabel,
  type ExpressionScores,
  type Judgement,
  type PromptProblem,
  type ReasonedAnswer,
  type Warning,
} from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { recordOf } from '../../../kit/record-of.ts';
import { beyondReach } from './beyond-reach.ts';
import { findJson } from './find-json.ts';
import { isEnglish } from './is-english.ts';
import { compoundNamed, expressionNamed } from './labels.ts';
import { type LooseModelAnswer, looseModelAnswer } from './model-answer.ts';
import { cleanWords, usableSentences } from './sentences.ts';

export type ReadAnswerOptions = {
  analysis: Analysis;
  /** Ids that the prompt showed. */
  visible: ReadonlySet<string>;
  boundary: string;
  /** Whether it is taken with what can be left out left out; before, it is sent back. */
  last: boolean;
};

export type ReadAnswer =
  | { answer: ReasonedAnswer; warnings: Warning[]; claimedConfidence: number }
  | { answer: null; problems: PromptProblem[] };

/** Reads an answer. Never throws on what a model wrote. */
export const readAnswer = (text: string, options: ReadAnswerOptions): ReadAnswer => {
  const json = findJson(text);
  if (json.found === null) {
    return { answer: null, problems: [{ where: 'The answer', what: `${json.problem}.` }] };
  }
  const read = looseModelAnswer.safeParse(json.found);
  if (!read.success) {
    const problems = read.error.issues.slice(0, 12).map(({ path, message }) => ({
      where: path.length === 0 ? 'The answer' : path.join('.'),
      what: message,
    }));
    return { answer: null, problems };
  }
  const built = build(read.data, options);
  if (built.answer === null || !json.repaired) {
    return built;
  }
  const message = 'The model wrote damaged JSON, which was repaired.';
  return { ...built, warnings: [{ code: 'answer-repaired', message }, ...built.warnings] };
};

const build = (given: LooseModelAnswer, { analysis, visible, boundary, last }: ReadAnswerOptions): ReadAnswer => {
  const parts = {
    keyObservations: usable('key observations', given.keyObservations, { plainOnly: true, mustCite: true }),
    interpretation: usable('interpretation', given.interpretation),
    conflicts: usable('conflicts', given.conflicts),
    conclusion: usable('conclusion', [given.conclusion], { mustCite: !given.abstained }),
  };
  function usable(
    part: string,
    sentences: readonly CitedSentence[],
    rules: { plainOnly?: boolean; mustCite?: boolean } = {},
  ) {
    return usableSentences(part, sentences, { visible, boundary, plainOnly: false, ...rules });
  }
  const alternatives = given.alternatives.map(({ label, text, cites }) => ({
    label: cleanWords(label, boundary).text,
    read: usable('alternatives', [{ text, cites }]),
  }));
  const mendable = [...Object.values(parts), ...alternatives.map(({ read }) => read)].flatMap(
    ({ problems }) => problems,
  );
  const hopeless: PromptProblem[] = [];
  const label = expressionNamed(given.expression);
  if (label === null) {
    hopeless.push({
      where: 'expression',
      what: `"${given.expression.slice(0, 40)}" is none of ${EXPRESSION_LABELS.join(', ')}`,
    });
  }
  const scores = scoresOf(given.scores);
  if (scores === null) {
    hopeless.push({ where: 'scores', what: 'they are not numbers from 0 to 1 for the eight expressions' });
  } else if (label !== null && EXPRESSION_LABELS.some((each) => scores[each] > scores[label])) {
    mendable.push({ where: 'scores', what: `${label} was chosen, and another expression has a higher score` });
  }
  if (parts.keyObservations.sentences.length === 0 && !given.abstained) {
    hopeless.push({ where: 'keyObservations', what: 'there is none that could be used' });
  }
  const conclusion = parts.conclusion.sentences[0];
  if (conclusion === undefined) {
    hopeless.push({ where: 'conclusion', what: 'there is none that could be used' });
  }
  const prose = [given.keyObservations, given.interpretation, [given.conclusion]]
    .flat()
    .map(({ text }) => text)
    .join(' ');
  if (!isEnglish(prose)) {
    hopeless.push({ where: 'The answer', what: 'it is not in English' });
  }
  if (
    hopeless.length > 0 ||
    label === null ||
    scores === null ||
    conclusion === undefined ||
    (mendable.length > 0 && !last)
  ) {
    return { answer: null, problems: [...hopeless, ...mendable] };
  }
  const warnings = [...Object.values(parts), ...alternatives.map(({ read }) => read)].flatMap(
    ({ warnings: own }) => own,
  );
  const compound = compoundOf(given, scores, visible);
  warnings.push(...compound.warnings);
  if (EXPRESSION_LABELS.some((each) => scores[each] > scores[label])) {
    warnings.push({
      code: 'scores-disagree',
      message: `The model chose ${label}, and gave another expression a higher score.`,
    });
  }
  const cited = [...parts.keyObservations.sentences, conclusion].flatMap(({ cites }) => cites);
  const judgement: Judgement = {
    expression: { label, scores },
    compound: compound.compound,
    labels: openLabels(given.labels, boundary),
    valence: given.valence,
    arousal: given.arousal,
    confidence: cappedConfidence(given.confidence, analysis, cited),
    abstained: given.abstained,
    reason: reasonOf(given.reason, boundary),
  };
  return {
    claimedConfidence: given.confidence,
    warnings: distinct(warnings),
    answer: {
      keyObservations: parts.keyObservations.sentences,
      interpretation: parts.interpretation.sentences,
      conclusion,
      judgement,
      conflicts: parts.conflicts.sentences,
      alternatives: alternatives.flatMap(({ label: name, read }) =>
        read.sentences.map((sentence) => ({ label: name, ...sentence })),
      ),
      wouldChange: given.wouldChange.flatMap((words) => {
        const { text } = cleanWords(words, boundary);
        return text === '' || beyondReach(text) !== null ? [] : [{ text }];
      }),
    },
  };
};

/** The eight scores as shares; names that are synonyms count for what they mean. `null` where they are none. */
const scoresOf = (given: Readonly<Record<string, number>>): ExpressionScores | null => {
  const values = recordOf(EXPRESSION_LABELS, () => 0);
  for (const [name, value] of Object.entries(given)) {
    const label = expressionNamed(name);
    if (!Number.isFinite(value) || value < 0 || value > 100) {
      return null;
    }
    if (label !== null) {
      values[label] += value;
    }
  }
  const sum = EXPRESSION_LABELS.reduce((total, label) => total + values[label], 0);
  return sum > 0 ? recordOf(EXPRESSION_LABELS, (label) => Math.round((values[label] / sum) * 10_000) / 10_000) : null;
};

/** A compound stands only with both its parts named and evidence cited for each. */
const compoundOf = (
  { compound }: LooseModelAnswer,
  scores: ExpressionScores,
  visible: ReadonlySet<string>,
): { compound: Judgement['compound']; warnings: Warning[] } => {
  const none = { label: null, ranked: [] };
  if (compound === null || (typeof compound === 'string' && /^(?:null|none|no|)$/i.test(compound.trim()))) {
    return { compound: none, warnings: [] };
  }
  const label = compoundNamed(typeof compound === 'string' ? compound : compound.label);
  const refused = (why: string): { compound: Judgement['compound']; warnings: Warning[] } => ({
    compound: none,
    warnings: [{ code: 'compound-left-out', message: `The compound that the model named was left out: ${why}.` }],
  });
  if (label === null) {
    return refused('it is not one of the known compounds');
  }
  const parts = typeof compound === 'string' ? [] : compound.parts;
  const { components } = COMPOUNDS[label];
  const evidence = components.map((component) =>
    parts
      .filter(({ expression }) => expressionNamed(expression) === component)
      .flatMap(({ cites }) => cites.filter((id) => visible.has(id))),
  );
  if (evidence.some((cites) => cites.length === 0)) {
    return refused(`evidence was not cited for both ${components.join(' and ')}`);
  }
  const score = Math.min(1, 2 * Math.min(...components.map((component: ExpressionLabel) => scores[component])));
  const ranked = [{ label, score, for: [...new Set(evidence.flat())], against: [] }];
  return { compound: { label, ranked }, warnings: [] };
};

/** Never more certain than this, and never more than the measurements it stands on: models are sure of everything. */
const MOST_CONFIDENCE = 0.95;

const cappedConfidence = (claimed: number, { observations }: Analysis, cited: readonly string[]): number => {
  const ids = new Set(cited);
  const measured = observations.filter(({ id }) => ids.has(id)).map(({ confidence }) => confidence);
  const mean = measured.length === 0 ? 0.5 : measured.reduce((sum, value) => sum + value, 0) / measured.length;
  return Math.round(Math.min(claimed, mean, MOST_CONFIDENCE) * 100) / 100;
};

const openLabels = (labels: readonly string[], boundary: string): string[] =>
  [
    ...new Set(
      labels
        .map((label) => cleanWords(label, boundary).text.toLowerCase())
        .filter((label) => /^[\p{L}][\p{L} '-]{1,39}$/u.test(label) && beyondReach(label) === null),
    ),
  ].slice(0, 6);

const reasonOf = (reason: string, boundary: string): string => {
  const { text } = cleanWords(reason, boundary);
  return beyondReach(text) === null ? text : '';
};

const distinct = (warnings: readonly Warning[]): Warning[] => [
  ...new Map(warnings.map((warning) => [warning.message, warning])).values(),
];
