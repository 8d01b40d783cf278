import type { JSX } from 'preact';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { Icon } from '../design/icons.tsx';
import { useStore } from '../state/store.ts';

export const TimelineBar = ({ hasFaces }: { hasFaces: boolean }): JSX.Element => {
  const { view, playhead, reading, controller } = usePage();
  const selection = useStore(view, (state) => state.selection);
  const everyUnit = useStore(view, (state) => state.everyUnit);
  const asked = useStore(reading, (state) => state.question.range);
  const about = (): number => playhead.get().ms;
  return (
    <div class="timeline-bar">
      {selection === null ? (
        <span class="fine drag-hint">Drag over the lanes to explain a stretch.</span>
      ) : (
        <span class="selection-actions">
          <button type="button" class="button primary" onClick={() => void controller.ask({ range: selection })}>
            Explain {rangeText(selection)}
          </button>
          <button type="button" class="button plain" onClick={() => view.show(selection)}>
            Zoom in
          </button>
          <button type="button" class="button plain" onClick={() => playhead.playRange(selection)}>
            Play
          </button>
        </span>
      )}
      {(selection !== null || asked !== null) && (
        <button
          type="button"
          class="button plain"
          onClick={() => {
            view.set({ selection: null });
            if (asked !== null) {
              void controller.ask({ range: null });
            }
          }}
        >
          Whole clip
        </button>
      )}
      <span class="mark-tools">
        <button type="button" class="toggle" onClick={() => view.mark('startMs', playhead.get().ms)}>
          From here
        </button>
        <button type="button" class="toggle" onClick={() => view.mark('endMs', playhead.get().ms)}>
          To here
        </button>
      </span>
      <span class="timeline-tools">
        {hasFaces && (
          <button
            type="button"
            class="toggle"
            aria-pressed={everyUnit}
            onClick={() => view.set({ everyUnit: !everyUnit })}
          >
            All action units
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => view.zoom(2, about())}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom in"
          title="Zoom in (+), or the wheel with Ctrl"
          onClick={() => view.zoom(0.5, about())}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Show the whole clip"
          title="Show the whole clip (0)"
          onClick={() => view.showAll()}
        >
          <Icon name="fit" />
        </button>
      </span>
    </div>
  );
};
