import type { JSX } from 'preact';
import type { Analysis, ObservationOf } from '../../../contracts/index.ts';
import { usePage } from '../app/page-context.ts';
import { Chip } from '../explanation/chip.tsx';
import { useStore } from '../state/store.ts';

const FULL = 5;

/** What a photo has instead of a timeline: how strongly each unit is shown. */
export const UnitBars = ({ analysis }: { analysis: Analysis }): JSX.Element => {
  const { reading, focus } = usePage();
  const chosen = useStore(reading, ({ question }) => question.subject);
  const units = analysis.observations.filter(
    (each): each is ObservationOf<'action-unit'> =>
      each.kind === 'action-unit' && each.au.status === 'present' && (chosen === null || each.subject === chosen),
  );
  return (
    <section class="unit-bars" aria-label="Movements of the face">
      <h3>Movements of the face</h3>
      <ul>
        {units.map(({ id, au }) => (
          <li key={id} onPointerEnter={() => focus.light([id])} onPointerLeave={() => focus.clear()}>
            <b>{au.code}</b>
            <span class="detail">
              {au.name}
              {au.side === 'both' ? '' : `, ${au.side}`}
            </span>
            <span class="unit-bar">
              <span style={{ transform: `scaleX(${(au.intensity ?? 0) / FULL})` }} />
            </span>
            <span class="unit-level">
              {au.letter} {(au.intensity ?? 0).toFixed(1)}
            </span>
            <Chip id={id} />
          </li>
        ))}
      </ul>
      <p class="fine">The full width is intensity 5. Letters run from A (trace) to E (maximum).</p>
    </section>
  );
};
