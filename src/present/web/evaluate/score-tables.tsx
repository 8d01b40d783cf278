import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { counted } from '../../view/words.ts';
import type { ComparedClip, Scored } from './score.ts';

/** Rows that are drawn before one asks for all. */
const FIRST = 100;

const NAMES: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy',
  recall: 'Recall',
  average: 'Average of both',
  uar: 'Unweighted recall (UAR)',
  macroF1: 'Macro F1',
  weightedF1: 'Weighted F1',
  kappa: 'Cohen’s kappa',
  'rouge-l': 'ROUGE-L',
};

/** `families.f1` as "families: F1". */
const nameOf = (key: string): string =>
  NAMES[key] ??
  key
    .split('.')
    .map((part) => (part === 'f1' ? 'F1' : part))
    .join(', ');

const number = (value: number): string => value.toFixed(3);

/** The scores, and every clip with what was said and what was expected, the worst first. */
export const ScoreTables = ({ scored }: { scored: Scored }): JSX.Element => {
  const { response, clips, unanswered, withoutReference } = scored;
  const { interval, values, n, headline } = response;
  const [all, showAll] = useState(false);
  const [onlyWrong, setOnlyWrong] = useState(false);
  const listed = clips.filter(({ score }) => !onlyWrong || (score !== null && score < 1));
  const shown = all ? listed : listed.slice(0, FIRST);
  return (
    <>
      <div class="score-head" aria-live="polite">
        <p class="score-number">{number(values[interval.of] ?? 0)}</p>
        <p>
          {nameOf(interval.of)} over {counted(n, 'clip')}; {Math.round(interval.level * 100)} % of resamples lie between{' '}
          {number(interval.low)} and {number(interval.high)}.
          {!headline && ' Too few clips for a single number: read the interval.'}
        </p>
      </div>
      {(unanswered > 0 || withoutReference > 0) && (
        <p class="fine">
          {unanswered > 0 && `No prediction, counted as empty: ${counted(unanswered, 'clip')}. `}
          {withoutReference > 0 && `No reference, not counted: ${counted(withoutReference, 'prediction')}.`}
        </p>
      )}
      <table class="scores-table">
        <caption class="hidden-text">Scores</caption>
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(values).map(([key, value]) => (
            <tr key={key}>
              <th scope="row">{nameOf(key)}</th>
              <td>{number(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="clips-head">
        <h3>Clip by clip, the worst first</h3>
        <button type="button" class="toggle" aria-pressed={onlyWrong} onClick={() => setOnlyWrong(!onlyWrong)}>
          Only where they differ
        </button>
      </div>
      <div class="clips-scroll">
        <table class="clips-table">
          <caption class="hidden-text">Scores of the clips</caption>
          <thead>
            <tr>
              <th scope="col">Clip</th>
              <th scope="col">Score</th>
              <th scope="col">Prediction</th>
              <th scope="col">Reference</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((clip) => (
              <ClipRow key={clip.clip} {...clip} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < listed.length && (
        <button type="button" class="button" onClick={() => showAll(true)}>
          Show all {listed.length}
        </button>
      )}
    </>
  );
};

const ClipRow = ({ clip, score, prediction, reference }: ComparedClip): JSX.Element => (
  <tr class={score !== null && score < 1 ? 'differs' : ''}>
    <th scope="row">
      <bdi>{clip}</bdi>
    </th>
    <td>{score === null ? '–' : score.toFixed(2)}</td>
    <td>{prediction === '' ? <span class="fine">nothing</span> : prediction}</td>
    <td>{reference}</td>
  </tr>
);
