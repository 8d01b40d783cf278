import type { JSX } from 'preact';
import { usePage } from '../app/page-context.ts';
import { useStore } from '../state/store.ts';
import type { Lane } from './lane.ts';

type LaneLabelsProps = {
  lanes: readonly Lane[];
  /** Where the surface writes the values under the pointer. */
  values: Map<string, HTMLElement>;
};

export const LaneLabels = ({ lanes, values }: LaneLabelsProps): JSX.Element => (
  <ul class="lane-labels">
    {lanes.map((lane) => (
      <LaneLabel key={lane.key} lane={lane} values={values} />
    ))}
  </ul>
);

type LaneLabelProps = Omit<LaneLabelsProps, 'lanes'> & { lane: Lane };

// Each watches the focus by itself: of a hundred lanes, one or two light up.
const LaneLabel = ({ lane, values }: LaneLabelProps): JSX.Element => {
  const { focus, names } = usePage();
  const { key, kind, subject, detail, height, bands } = lane;
  const isLit = useStore(focus, ({ lit }) => lit.size > 0 && bands.some(({ id }) => lit.has(id)));
  const given = useStore(names, (state) => (kind === 'person' && subject !== null ? state.given[subject] : undefined));
  const name = given ?? lane.name;
  return (
    <li
      class={`lane-label${isLit ? ' lit' : ''}${kind === 'person' ? ' person' : ''}`}
      style={{ height: `${height}px` }}
      onPointerEnter={() => focus.light(bands.flatMap(({ id }) => (id === '' ? [] : [id])))}
      onPointerLeave={() => focus.clear()}
    >
      <b>{name}</b>
      <span class="detail">{detail}</span>
      <output
        ref={(element) => {
          if (element === null) {
            values.delete(key);
          } else {
            values.set(key, element);
          }
        }}
      />
    </li>
  );
};
