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

export const LaneLabels = ({ lanes, several, values }: LaneLabelsProps): JSX.Element => {
  const { focus } = usePage();
  const lit = useStore(focus, (state) => state.lit);
  return (
    <ul class="lane-labels">
      {lanes.map((lane) => {
        const { key, name, detail, subject, height, bands } = lane;
        const ids = bands.map(({ id }) => id);
        return (
          <li
            key={key}
            class={bands.some(({ id }) => lit.has(id)) ? 'lane-label lit' : 'lane-label'}
            style={{ height: `${height}px` }}
            onPointerEnter={() => focus.light(ids.filter((id) => id !== ''))}
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
      })}
    </ul>
  );
};
