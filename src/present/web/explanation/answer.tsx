import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../../contracts/index.ts';
import { checkedSentences, groundingText } from '../../view/checked.ts';
import { confidenceText, confidenceWord, headline, percentText, rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { useStore } from '../state/store.ts';
import { WithChips } from './chip.tsx';
import { Scores } from './scores.tsx';
import { Sentence, Sentences } from './sentence.tsx';

type AnswerProps = {
  explanation: Explanation;
  /** The same without the evidence that is switched off: its judgement is shown instead. */
  without: Explanation | null;
  /** Whether the clip has a course in time. */
  timed: boolean;
};

/** One answer, from the reading to what would change it. */
export const Answer = ({ explanation, without, timed }: AnswerProps): JSX.Element => {
  const { names } = usePage();
  const given = useStore(names, (state) => state.given);
  const shown = without ?? explanation;
  const { judgement } = shown;
  const before = without === null ? null : explanation.judgement;
  const checked = checkedSentences(shown);
  return (
    <div class="answer">
      <div class="verdict" aria-live="polite">
        <p class="eyebrow">
          {explanation.subject === null ? 'The voice' : (given[explanation.subject] ?? explanation.subject)}
          {timed ? `, ${rangeText(explanation.range)}` : ''}
        </p>
        <h2 class={judgement.abstained ? 'abstained' : ''}>{headline(judgement)}</h2>
        <p class="confidence">{capitalised(confidenceText(judgement))}</p>
        {before !== null && (
          <p class="was-words">
            was {headline(before)}
            {before.abstained
              ? ''
              : `, ${confidenceWord(before.confidence)} confidence, ${percentText(before.confidence)}`}
          </p>
        )}
        <p class="reason">{judgement.reason}</p>
      </div>
      <Scores judgement={judgement} before={before} />
      <p class="fine">
        Valence {signed(judgement.valence)}, arousal {signed(judgement.arousal)}, each from −1 to 1.
        {judgement.labels.length > 0 && ` In other words: ${judgement.labels.join(', ')}.`}
      </p>
      <Part number={1} title="What was seen">
        <Sentences sentences={checked['key-observations']} />
      </Part>
      <Part number={2} title="What it may mean">
        <Sentences sentences={checked.interpretation} />
      </Part>
      <Part number={3} title="Conclusion">
        {checked.conclusion.map((sentence) => (
          <p key={sentence.text} class="conclusion">
            <Sentence sentence={sentence} />
          </p>
        ))}
        <p class="fine">{groundingText(shown.grounding)}</p>
      </Part>
      {checked.conflicts.length > 0 && (
        <Part title="What speaks against each other">
          <Sentences sentences={checked.conflicts} />
        </Part>
      )}
      {checked.alternatives.length > 0 && (
        <Part title="Other readings">
          <Sentences sentences={checked.alternatives} />
        </Part>
      )}
      {shown.wouldChange.length > 0 && (
        <Part title="What would change it">
          <ul class="sentences">
            {shown.wouldChange.map(({ text }) => (
              <li key={text}>
                <WithChips text={text} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <p class="fine made-by">
        {reasonerText(explanation)} {explanation.notice}
      </p>
    </div>
  );
};

const Part = ({
  number,
  title,
  children,
}: {
  number?: number;
  title: string;
  children: ComponentChildren;
}): JSX.Element => (
  <section class="part">
    <h3>
      {number !== undefined && <span class="step">{number}</span>}
      {title}
    </h3>
    {children}
  </section>
);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

const reasonerText = ({ reasoner }: Explanation): string => {
  const model = reasoner.model === null ? '' : ` (${reasoner.model})`;
  const standIn = reasoner.fallback ? ', standing in for the one asked for' : '';
  return `Reasoned by ${reasoner.id}${model}${standIn}.`;
};
