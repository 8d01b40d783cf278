import type { JSX } from 'preact';
import type { Analysis, Explanation, Observation } from '../../../contracts/index.ts';
import { citedIds } from '../../view/checked.ts';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { useStore } from '../state/store.ts';
import { Chip } from './chip.tsx';

/** The observations, each with a switch: without it, would the reading be the same? */
export const EvidenceList = ({
  analysis,
  explanation,
}: {
  analysis: Analysis;
  explanation: Explanation;
}): JSX.Element => {
  const { reading, controller } = usePage();
  const muted = useStore(reading, (state) => state.muted);
  const cited = citedIds(explanation);
  const { startMs, endMs } = explanation.range;
  const here = analysis.observations.filter(
    ({ subject, range }) =>
      (subject === null || subject === explanation.subject) &&
      (endMs <= startMs || (range.startMs < endMs && range.endMs >= startMs)),
  );
  const [first, rest] = [here.filter(({ id }) => cited.has(id)), here.filter(({ id }) => !cited.has(id))];
  return (
    <section class="part evidence" aria-label="Evidence">
      <h3>
        Evidence
        {muted.size > 0 && (
          <button type="button" class="link" onClick={() => void controller.mute([...muted], false)}>
            Switch all on again
          </button>
        )}
      </h3>
      <p class="fine">Switch an observation off and the FACS reasoner judges again without it, at once.</p>
      <Rows observations={first} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more that the explanation does not cite</summary>
          <Rows observations={rest} />
        </details>
      )}
    </section>
  );
};

const Rows = ({ observations }: { observations: readonly Observation[] }): JSX.Element => (
  <ul class="evidence-rows">
    {observations.map((observation) => (
      <Row key={observation.id} observation={observation} />
    ))}
  </ul>
);

const Row = ({ observation }: { observation: Observation }): JSX.Element => {
  const { reading, focus, controller } = usePage();
  const { id, text, range } = observation;
  const muted = useStore(reading, (state) => state.muted.has(id));
  const lit = useStore(focus, (state) => state.lit.has(id));
  return (
    <li
      class={`${lit ? 'lit' : ''}${muted ? ' muted' : ''}`}
      onPointerEnter={() => focus.light([id])}
      onPointerLeave={() => focus.clear()}
    >
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={!muted}
        aria-label={`Count ${id} as evidence`}
        onClick={() => void controller.mute([id], !muted)}
      />
      <Chip id={id} />
      <span class="evidence-text">{text}</span>
      <span class="when">{range.endMs > range.startMs ? rangeText(range) : ''}</span>
    </li>
  );
};
