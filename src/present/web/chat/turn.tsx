import type { JSX } from 'preact';
import type { ChatMoment } from '../../../contracts/chat.ts';
import { worstVerdict } from '../../view/checked.ts';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { MoreObservations } from '../explanation/chip.tsx';
import { Sentence } from '../explanation/sentence.tsx';
import type { SpokenSentence, Turn } from '../state/talk.ts';

const KINDS = {
  answer: null,
  clarification: 'It asks back',
  beyond: 'Cannot be told from the measurements',
  refusal: 'whyface does not say this',
} as const;

/** A question and its answer, sentence by sentence. */
export const TurnView = ({ turn }: { turn: Turn }): JSX.Element => {
  const { question, sentences, step, answer, failure } = turn;
  const kind = answer === null ? null : KINDS[answer.kind];
  return (
    <article class="turn">
      <h3 class="question">{question}</h3>
      {kind !== null && <p class="fine">{kind}</p>}
      <MoreObservations.Provider value={answer?.measured ?? []}>
        <p class="reply">
          {sentences.map((sentence, index) => (
            <Spoken key={`${index}`} sentence={sentence} />
          ))}
        </p>
      </MoreObservations.Provider>
      {answer === null && failure === null && (
        <p class="fine waiting">{step ?? (sentences.length === 0 ? 'Looking at the measurements …' : '')}</p>
      )}
      {failure !== null && (
        <p class="notice-box" role="alert">
          {failure.message}
        </p>
      )}
      {answer !== null && answer.moments.length > 0 && <Moments moments={answer.moments} />}
      {answer?.answerer.fallbackReason != null && (
        <p class="fine">{answer.answerer.fallbackReason} Answered from the measurements by rules instead.</p>
      )}
    </article>
  );
};

const Spoken = ({ sentence }: { sentence: SpokenSentence }): JSX.Element => {
  const { text, cites, claims } = sentence;
  if (claims === null) {
    return <span>{text} </span>;
  }
  const findings = claims.filter(({ verdict }) => verdict === 'contradicted' || verdict === 'unsupported');
  return (
    <span>
      <Sentence sentence={{ label: null, text, cites, verdict: worstVerdict(claims), findings }} />{' '}
    </span>
  );
};

const Moments = ({ moments }: { moments: readonly ChatMoment[] }): JSX.Element => {
  const { playhead, focus, view } = usePage();
  return (
    <ul class="moments" aria-label="Moments">
      {moments.map(({ range, text, cites }) => (
        <li key={`${range.startMs}${text}`}>
          <button
            type="button"
            class="moment"
            onPointerEnter={() => focus.light(cites)}
            onPointerLeave={() => focus.clear()}
            onFocus={() => focus.light(cites)}
            onBlur={() => focus.clear()}
            onClick={() => {
              view.reveal(range.startMs);
              playhead.playRange(range);
            }}
          >
            <b>{rangeText(range)}</b> {text}
          </button>
        </li>
      ))}
    </ul>
  );
};
