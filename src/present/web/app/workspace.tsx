import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { pressKey, takesKey } from '../player/keyboard.ts';
import { Player } from '../player/player.tsx';
import type { OpenClip } from '../state/session.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { usePage } from './page-context.ts';
import { SidePanel } from './side-panel.tsx';
import './workspace.css';

/** A clip that is open: seen on the left, explained on the right. */
export const Workspace = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { playhead, view, controller } = usePage();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // What is open above the page is closed by Escape first.
      const isMenuKey = event.key === 'Escape' && document.querySelector(':popover-open') !== null;
      if (isMenuKey || takesKey(document.activeElement, event.key)) {
        return;
      }
      const explain = (): void => void controller.ask({ range: view.get().selection });
      if (pressKey(event, { playhead, view, explain })) {
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [playhead, view, controller]);
  return (
    <div class="workspace">
      <div class="seen">
        <Player clip={clip} />
        <Timeline clip={clip} />
      </div>
      <div class="explained">
        <SidePanel clip={clip} />
      </div>
    </div>
  );
};
