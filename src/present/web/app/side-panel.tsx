import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Lazy } from '../design/lazy.tsx';
import { ExplanationPanel } from '../explanation/panel.tsx';
import type { OpenClip } from '../state/session.ts';
import { SIDE_ROOMS } from './side-rooms.ts';

/** What stands beside the clip: why it reads as it does, and the rooms for working with that. */
export const SidePanel = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const [chosen, choose] = useState('why');
  const room = SIDE_ROOMS.find(({ id }) => id === chosen);
  const tabs = [{ id: 'why', name: 'Why' }, ...SIDE_ROOMS];
  return (
    <div class="side-panel">
      {tabs.length > 1 && (
        <div class="tabs" role="tablist" aria-label="Beside the clip">
          {tabs.map(({ id, name }, index) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={chosen === id}
              aria-controls="side"
              tabIndex={chosen === id ? 0 : -1}
              onClick={() => choose(id)}
              onKeyDown={(event) => {
                const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                const next = by === undefined ? undefined : tabs[(index + by + tabs.length) % tabs.length];
                if (next !== undefined) {
                  event.stopPropagation();
                  event.preventDefault();
                  choose(next.id);
                  document.getElementById(`tab-${next.id}`)?.focus();
                }
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <div id="side" {...(tabs.length > 1 ? { role: 'tabpanel', 'aria-labelledby': `tab-${chosen}` } : {})}>
        {room === undefined ? (
          <ExplanationPanel clip={clip} />
        ) : (
          <Lazy key={room.id} load={room.load} props={{ clip }} />
        )}
      </div>
    </div>
  );
};
