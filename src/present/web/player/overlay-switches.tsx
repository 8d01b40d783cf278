import type { JSX } from 'preact';
import { usePage } from '../app/page-context.ts';
import type { OverlayPart } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';

const PARTS: ReadonlyArray<{ part: OverlayPart; name: string; title: string }> = [
  { part: 'boxes', name: 'People', title: 'Who is who' },
  { part: 'units', name: 'Movements', title: 'Where the skin moves, the stronger the brighter' },
  { part: 'landmarks', name: 'Landmarks', title: 'The points of the face mesh' },
  { part: 'gaze', name: 'Gaze', title: 'Where the eyes point' },
  { part: 'pose', name: 'Head', title: 'How the head is turned' },
  { part: 'heat', name: 'Heat map', title: 'Where the face moved most, over the selection or the whole clip' },
];

export const OverlaySwitches = (): JSX.Element => {
  const { preferences } = usePage();
  const overlay = useStore(preferences, (state) => state.overlay);
  return (
    <fieldset class="overlay-switches">
      <legend class="hidden-text">Drawn over the picture</legend>
      {PARTS.map(({ part, name, title }) => (
        <button
          key={part}
          type="button"
          class="toggle"
          title={title}
          aria-pressed={overlay[part]}
          onClick={() => preferences.set({ overlay: { ...overlay, [part]: !overlay[part] } })}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
};
