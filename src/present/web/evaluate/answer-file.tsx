import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Answers } from './read-answers.ts';

export type Loaded = { name: string; text: string };

type AnswerFileProps = {
  title: string;
  hint: string;
  answers: Answers | null;
  failure: string | null;
  onLoad: (file: Loaded) => void;
  onColumn: (column: string) => void;
};

/** One of the two files, and where in it the answers are. */
export const AnswerFile = ({ title, hint, answers, failure, onLoad, onColumn }: AnswerFileProps): JSX.Element => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <section class="answer-file" aria-label={title}>
      <h3>{title}</h3>
      <p class="fine">{hint}</p>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {answers === null ? 'Choose a file' : 'Choose another'}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.jsonl,.ndjson,.csv,.tsv"
        aria-label={title}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) {
            void file.text().then((text) => onLoad({ name: file.name, text }));
          }
        }}
      />
      {failure !== null && (
        <p class="notice-box" role="alert">
          {failure}
        </p>
      )}
      {answers !== null && (
        <p class="loaded">
          <bdi>{answers.name}</bdi>, {answers.items.size} {answers.items.size === 1 ? 'clip' : 'clips'}
          {answers.leftOut > 0 && `; ${answers.leftOut} rows without a clip or an answer are left out`}
        </p>
      )}
      {answers !== null && answers.column !== null && (
        <label class="column">
          <span class="fine">Answers in</span>
          <select class="select" value={answers.column} onChange={(event) => onColumn(event.currentTarget.value)}>
            {answers.columns.map((column) => (
              <option key={column} value={column}>
                {column}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
};
