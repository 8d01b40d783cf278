import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { QUESTION_CHARACTERS } from '../../../contracts/chat.ts';
import type { Explanation } from '../../../contracts/explanation.ts';
import { isTimeless } from '../../../contracts/timeless.ts';
import { labelText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { EMPTY_TALK } from '../state/talk.ts';
import { askQuestion } from './conversation.ts';
import { TurnView } from './turn.tsx';
import './chat.css';

/** Questions to begin with: about what is shown here, and such as can be answered. */
const openers = (explanation: Explanation | null, { measured: analysis }: OpenClip): string[] => {
  const who = explanation?.subject ?? analysis.subjects[0]?.id ?? null;
  const judgement = explanation?.judgement;
  const reads =
    who === null || judgement === undefined
      ? 'What was heard?'
      : judgement.abstained
        ? `Why is there no reading of ${who}?`
        : `Why does ${who} read as ${labelText(judgement.expression.label).toLowerCase()}?`;
  return [
    reads,
    'What speaks against it?',
    ...(isTimeless(analysis.clip) ? [] : ['When does the face change?']),
    'What could not be measured?',
  ];
};

/** Talking about the clip: every sentence of an answer stands on evidence that can be played. */
export const ChatRoom = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { talk, reading, revision, access } = usePage();
  const before = useStore(revision, (all) => all.before);
  const state = useStore(talk, (all) => all);
  const asked = useStore(reading, (all) => all);
  const [text, setText] = useState('');
  const composer = useRef<HTMLFormElement>(null);
  const { resourceId } = clip;

  useEffect(() => {
    if (talk.get().clip !== resourceId) {
      talk.get().stop?.();
      talk.set({ ...EMPTY_TALK, clip: resourceId });
    }
  }, [talk, resourceId]);
  const turns = state.clip === resourceId ? state.turns : [];
  const last = turns.at(-1);
  const length = last?.sentences.length ?? 0;
  useEffect(() => {
    if (turns.length > 0) {
      composer.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [turns.length, length]);

  const ask = (question: string): void => {
    const said = question.trim();
    if (said !== '' && resourceId !== null && !talk.get().busy) {
      setText('');
      void askQuestion(said, { talk, access, base: new URL('.', document.baseURI), resourceId });
    }
  };
  // The service knows nothing of corrections: it is asked about what was measured.
  const suggestions =
    last === undefined ? openers(before ?? asked.explanation, clip) : (last.answer?.suggestions ?? []);
  return (
    <section class="chat" aria-label="Conversation">
      {turns.length === 0 && (
        <p class="chat-lead">Ask about what is to be seen and heard. Every answer stands on the measurements.</p>
      )}
      <div class="turns" role="log" aria-label="Questions and answers" aria-busy={state.busy}>
        {turns.map((turn, index) => (
          <TurnView key={`${index}${turn.question}`} turn={turn} />
        ))}
      </div>
      {!state.busy && suggestions.length > 0 && (
        <ul class="suggestions" aria-label="You may ask">
          {suggestions.map((each) => (
            <li key={each}>
              <button type="button" class="toggle" onClick={() => ask(each)}>
                {each}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        ref={composer}
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          ask(text);
        }}
      >
        <label class="hidden-text" for="question">
          Your question
        </label>
        <textarea
          id="question"
          class="text"
          rows={2}
          value={text}
          maxLength={QUESTION_CHARACTERS}
          placeholder="Why did the smile end at 0:12?"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              ask(text);
            }
          }}
        />
        {state.busy ? (
          <button type="button" class="button" onClick={() => talk.get().stop?.()}>
            Stop
          </button>
        ) : (
          <button type="submit" class="button primary" disabled={text.trim() === '' || resourceId === null}>
            Ask
          </button>
        )}
      </form>
      <p class="fine">
        Asked of the whyface service this page came from. It sees the numbers and words that were measured, never the
        pictures, and answers about what was measured: corrections do not count here.
      </p>
    </section>
  );
};
