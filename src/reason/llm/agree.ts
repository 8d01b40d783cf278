/** Self-consistency: what several answers to one question agree on. */
import { EXPRESSION_LABELS, type ExpressionLabel, type ReasonedAnswer } from '../../contracts/index.ts';

export type Agreement = {
  /** Index of the answer that stands for the others: the one nearest to all that share the commonest label. */
  chosen: number;
  label: ExpressionLabel;
  /** Answers with that label, of all. */
  votes: number;
  of: number;
};

/**
 * The commonest label; among equals the one that all answers together score highest. Then, among the answers that give
 * it, the medoid: a real answer, never a mixture of several.
 */
export const agreementOf = (answers: readonly ReasonedAnswer[]): Agreement => {
  const votes = (label: ExpressionLabel): number =>
    answers.filter(({ judgement }) => judgement.expression.label === label).length;
  const total = (label: ExpressionLabel): number =>
    answers.reduce((sum, { judgement }) => sum + judgement.expression.scores[label], 0);
  const [label] = [...EXPRESSION_LABELS].sort((a, b) => votes(b) - votes(a) || total(b) - total(a));
  const winner = label ?? 'neutral';
  const sharing = answers.flatMap((answer, index) => (answer.judgement.expression.label === winner ? [index] : []));
  const spread = (index: number): number =>
    sharing.reduce((sum, other) => {
      const [one, two] = [answers[index], answers[other]];
      return one === undefined || two === undefined ? sum : sum + distance(one, two);
    }, 0);
  const [chosen = 0] = [...sharing].sort((a, b) => spread(a) - spread(b) || a - b);
  return { chosen, label: winner, votes: sharing.length, of: answers.length };
};

/** How far two answers are apart: scores, affect, and the evidence they stand on, a third each; 0–1. */
const distance = (one: ReasonedAnswer, two: ReasonedAnswer): number => {
  const [a, b] = [one.judgement, two.judgement];
  const scores =
    EXPRESSION_LABELS.reduce(
      (sum, label) => sum + Math.abs(a.expression.scores[label] - b.expression.scores[label]),
      0,
    ) / 2;
  const affect = (Math.abs(a.valence - b.valence) + Math.abs(a.arousal - b.arousal)) / 4;
  const [left, right] = [evidenceOf(one), evidenceOf(two)];
  const shared = [...left].filter((id) => right.has(id)).length;
  const all = new Set([...left, ...right]).size;
  return (scores + affect + (all === 0 ? 0 : 1 - shared / all)) / 3;
};

const evidenceOf = ({ keyObservations, conclusion }: ReasonedAnswer): Set<string> =>
  new Set([...keyObservations, conclusion].flatMap(({ cites }) => cites));
