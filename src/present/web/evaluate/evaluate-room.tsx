import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { failureOf } from '../api/failure.ts';
import { usePage } from '../app/page-context.ts';
import { AnswerFile, type Loaded } from './answer-file.tsx';
import { readAnswers, type ScoreKind } from './read-answers.ts';
import { type Scored, scoreAnswers } from './score.ts';
import { ScoreTables } from './score-tables.tsx';
import './evaluate.css';

const KINDS: ReadonlyArray<{ id: ScoreKind; name: string; what: string }> = [
  { id: 'labels', name: 'Labels', what: 'any words for an emotion, several a clip; they meet by family' },
  { id: 'classes', name: 'Classes', what: 'one of a few names a clip' },
  { id: 'explanations', name: 'Explanations', what: 'sentences: the labels they name, the cues they see, their words' },
];

type Side = 'predictions' | 'references';

/** Answers of a system against references, scored as `whyface eval` does. */
export const EvaluateRoom = (): JSX.Element => {
  const { access } = usePage();
  const [kind, setKind] = useState<ScoreKind>('labels');
  const [loaded, setLoaded] = useState<Record<Side, Loaded | null>>({ predictions: null, references: null });
  const [columns, setColumns] = useState<Record<Side, string | null>>({ predictions: null, references: null });
  const [scored, setScored] = useState<Scored | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);

  const read = (side: Side): { answers: ReturnType<typeof readAnswers> | null; failure: string | null } => {
    const file = loaded[side];
    try {
      return {
        answers: file === null ? null : readAnswers(file.name, file.text, { kind, column: columns[side] }),
        failure: null,
      };
    } catch (thrown) {
      return { answers: null, failure: failureOf(thrown).message };
    }
  };
  const [predictions, references] = [read('predictions'), read('references')];

  useEffect(() => {
    running.current?.abort();
    setScored(null);
    setFailure(null);
    if (predictions.answers === null || references.answers === null) {
      return;
    }
    const stopping = new AbortController();
    running.current = stopping;
    const both = { predictions: predictions.answers, references: references.answers };
    const needs = { base: new URL('.', document.baseURI), headers: access.headers(), signal: stopping.signal };
    scoreAnswers(kind, both, needs).then(
      (result) => stopping.signal.aborted || setScored(result),
      (thrown) => stopping.signal.aborted || setFailure(failureOf(thrown).message),
    );
    return () => stopping.abort();
  }, [kind, loaded, columns, access]);

  const sides: ReadonlyArray<{ side: Side; title: string; hint: string; now: typeof predictions }> = [
    { side: 'predictions', title: 'Predictions', hint: 'what a system said', now: predictions },
    { side: 'references', title: 'References', hint: 'what it is held against', now: references },
  ];
  const waiting = predictions.answers !== null && references.answers !== null && scored === null && failure === null;
  return (
    <section class="evaluate" aria-labelledby="evaluate-title">
      <p>
        <a href="#clip">Back to the clip</a>
      </p>
      <h2 id="evaluate-title">Evaluate</h2>
      <p class="lead">
        Two files about the same clips: what a system said, and what it is held against. JSON, JSONL, CSV or TSV, as
        “whyface eval” reads them.
      </p>
      <fieldset class="choices bare">
        <legend class="hidden-text">What is scored</legend>
        {KINDS.map(({ id, name, what }) => (
          <button
            key={id}
            type="button"
            class="toggle"
            title={what}
            aria-pressed={kind === id}
            onClick={() => setKind(id)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <p class="fine kind-words">{KINDS.find(({ id }) => id === kind)?.what}.</p>
      <div class="sides">
        {sides.map(({ side, title, hint, now }) => (
          <AnswerFile
            key={side}
            title={title}
            hint={hint}
            answers={now.answers}
            failure={now.failure}
            onLoad={(file) => {
              setColumns((before) => ({ ...before, [side]: null }));
              setLoaded((before) => ({ ...before, [side]: file }));
            }}
            onColumn={(column) => setColumns((before) => ({ ...before, [side]: column }))}
          />
        ))}
      </div>
      {failure !== null && (
        <p class="notice-box" role="alert">
          {failure}
        </p>
      )}
      {waiting && <p class="fine">Scoring …</p>}
      {scored !== null && <ScoreTables scored={scored} />}
      <p class="fine">The service scores them and keeps nothing.</p>
    </section>
  );
};
