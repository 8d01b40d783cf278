import type { JSX } from 'preact';
import { usePage } from '../app/page-context.ts';
import { useStore } from '../state/store.ts';
import type { Lane } from './lanes.ts';

type LaneLabelsProps = {
  lanes: readonly Lane[];
  /** Whether the person must be said. */
  several: boolean;
  /** Where the surface writes the values under the pointer. */
  values: Map<string, HTMLElement>;
};

export const LaneLabels = ({ lanes, several, values }: LaneLabelsProps): JSX.Element => (
  <ul class="lane-labels">
    {lanes.map((lane) => (
      <LaneLabel key={lane.key} lane={lane} several={several} values={values} />
    ))}
  </ul>
);

type LaneLabelProps = Omit<LaneLabelsProps, 'lanes'> & { lane: Lane };

// Each watches the focus by itself: of a hundred lanes, one or two light up.
const LaneLabel = ({ lane, several, values }: LaneLabelProps): JSX.Element => {
  const { focus } = usePage();
  const { key, name, detail, subject, height, bands } = lane;
  const isLit = useStore(focus, ({ lit }) => lit.size > 0 && bands.some(({ id }) => lit.has(id)));
  return (
    <li
      class={isLit ? 'lane-label lit' : 'lane-label'}
      style={{ height: `${height}px` }}
      onPointerEnter={() => focus.light(bands.flatMap(({ id }) => (id === '' ? [] : [id])))}
      onPointerLeave={() => focus.clear()}
    >
      <b>{several && subject !== null ? `${subject} ${name}` : name}</b>
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
