import type { JSX } from 'preact';
import type { ExpressionLabel, Judgement } from '../../../contracts/index.ts';
import { percentText } from '../../view/words.ts';

// The labels without the schemas they come with, which are large.
const LABELS = [
  'anger', 'contempt', 'disgust', 'fear', 'happiness', 'neutral', 'sadness', 'surprise',
] as const satisfies readonly ExpressionLabel[]; // biome-ignore format: one list

/** Smaller changes would only litter the bars. */
const NOTABLE = 0.02;

/** How the weight falls on the eight expressions; with a mark where it was before evidence was switched off. */
export const Scores = ({ judgement, before }: { judgement: Judgement; before: Judgement | null }): JSX.Element => {
  const { scores } = judgement.expression;
  const rankedBy = before ?? judgement;
  const ranked = [...LABELS].sort((a, b) => rankedBy.expression.scores[b] - rankedBy.expression.scores[a]);
  return (
    <dl class="scores">
      {ranked.map((label) => (
        <div key={label} class={label === judgement.expression.label && !judgement.abstained ? 'first' : ''}>
          <dt>{label}</dt>
          <dd>
            <span class="meter">
              <span class="fill" style={{ transform: `scaleX(${scores[label]})` }} />
              {before !== null && Math.abs(before.expression.scores[label] - scores[label]) >= NOTABLE && (
                <span class="was" style={{ left: `${100 * before.expression.scores[label]}%` }} />
              )}
            </span>
            {percentText(scores[label])}
          </dd>
        </div>
      ))}
    </dl>
  );
};
