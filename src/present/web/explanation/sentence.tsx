import type { JSX } from 'preact';
import type { Verdict } from '../../../contracts/index.ts';
import { type CheckedSentence, VERDICT_WORDS } from '../../view/checked.ts';
import { Chips } from './chip.tsx';

const MARKS: Record<Verdict, { sign: string; words: string }> = {
  supported: { sign: '✓', words: 'supported by the measurements' },
  contradicted: { sign: '✕', words: VERDICT_WORDS.contradicted },
  unsupported: { sign: '✕', words: VERDICT_WORDS.unsupported },
  untestable: { sign: '○', words: VERDICT_WORDS.untestable },
};

/** A sentence with its evidence, and what the verifier made of it. */
export const Sentence = ({ sentence }: { sentence: CheckedSentence }): JSX.Element => {
  const { label, text, cites, verdict, findings } = sentence;
  const wrong = verdict === 'contradicted' || verdict === 'unsupported';
  return (
    <>
      {label !== null && <b class="sentence-label">{label.replaceAll('-', ' ')}: </b>}
      {wrong ? <s>{text}</s> : text}{' '}
      <Chips ids={cites}>
        {verdict !== null && (
          <span class={`verdict-mark ${verdict}`} title={MARKS[verdict].words}>
            <span aria-hidden="true">{MARKS[verdict].sign}</span>
            <span class="hidden-text">({MARKS[verdict].words})</span>
          </span>
        )}
      </Chips>
      {findings.map((claim) =>
        claim.verdict === 'supported' ? null : (
          <span key={`${claim.verdict}${claim.text}`} class={`finding ${claim.verdict}`}>
            <b>{VERDICT_WORDS[claim.verdict]}.</b> {claim.detail}
          </span>
        ),
      )}
    </>
  );
};

export const Sentences = ({ sentences }: { sentences: readonly CheckedSentence[] }): JSX.Element => (
  <ul class="sentences">
    {sentences.map((sentence, index) => (
      <li key={`${index}${sentence.text}`}>
        <Sentence sentence={sentence} />
      </li>
    ))}
  </ul>
);
