import type { JSX } from 'preact';
import type { Analysis } from '../../../contracts/index.ts';
import { clipText } from '../../view/words.ts';

/** What could not be measured, what was doubtful, and by what it was measured. */
export const Limits = ({ analysis }: { analysis: Analysis }): JSX.Element => {
  const quality = analysis.observations.filter(({ kind }) => kind === 'quality');
  return (
    <section class="part" aria-label="Limits">
      <h3>Limits of this reading</h3>
      <ul class="sentences fine">
        {quality.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
        {analysis.warnings.map(({ code, message }) => (
          <li key={`${code}${message}`}>{message}</li>
        ))}
        {analysis.notMeasured.map(({ what, why }) => (
          <li key={`${what}${why}`}>
            Not measured: {what}. {why}
          </li>
        ))}
      </ul>
      <details>
        <summary>How it was measured</summary>
        <p class="fine">
          {clipText(analysis)}. Analysis {analysis.id}.
        </p>
        <ul class="fine models">
          {analysis.models.map(({ id, version }) => (
            <li key={id}>
              {id} {version}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};
