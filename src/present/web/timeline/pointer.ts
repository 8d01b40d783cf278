import type { Page } from '../app/page-context.ts';
import { AXIS_HEIGHT } from './draw-lanes.ts';
import type { Lane } from './lane.ts';

export type PointerNeeds = {
  page: Pick<Page, 'view' | 'playhead' | 'focus'>;
  lanes: readonly Lane[];
  /** Upper edge of each lane, and below the last one. */
  tops: readonly number[];
  host: HTMLElement;
  over: HTMLCanvasElement;
  width: () => number;
  /** The moment under a place on the screen. */
  msAt: (clientX: number) => number;
};

const DRAG_PIXELS = 4;
const WHEEL_ZOOM = 1.0015;

type Drag = { fromX: number; fromMs: number; mode: 'select' | 'pan' | 'scrub'; moved: boolean; startMs: number };

/**
 * Pointing reads and lights, pressing seeks, dragging selects (a finger pans), the axis scrubs; the wheel pans sideways
 * and, with Ctrl, zooms. @returns what ends it
 */
export const takePointer = ({ page, lanes, tops, host, over, width, msAt }: PointerNeeds): (() => void) => {
  const { view, playhead, focus } = page;
  /** The observations under the pointer. */
  const observationsUnder = (event: PointerEvent): string[] => {
    const y = event.clientY - over.getBoundingClientRect().top - AXIS_HEIGHT + host.scrollTop;
    const lane = lanes.find((_, index) => y >= (tops[index] ?? 0) && y < (tops[index + 1] ?? 0));
    const ms = msAt(event.clientX);
    return (lane?.bands ?? [])
      .filter(({ id, startMs, endMs }) => id !== '' && startMs <= ms && ms < endMs)
      .map(({ id }) => id);
  };
  let drag: Drag | null = null;
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) {
      return;
    }
    over.setPointerCapture(event.pointerId);
    const onAxis = event.clientY - over.getBoundingClientRect().top < AXIS_HEIGHT;
    const mode = event.pointerType === 'touch' && !onAxis ? 'pan' : onAxis ? 'scrub' : 'select';
    drag = { fromX: event.clientX, fromMs: msAt(event.clientX), mode, moved: false, startMs: view.get().startMs };
    if (mode === 'scrub') {
      playhead.seek(drag.fromMs);
    }
  };
  const move = (event: PointerEvent): void => {
    const ms = msAt(event.clientX);
    if (drag !== null && (drag.moved || Math.abs(event.clientX - drag.fromX) > DRAG_PIXELS)) {
      drag.moved = true;
      if (drag.mode === 'scrub') {
        playhead.seek(ms);
      } else if (drag.mode === 'pan') {
        const { startMs, endMs } = view.get();
        view.pan(drag.startMs - ((event.clientX - drag.fromX) / width()) * (endMs - startMs) - startMs);
      } else {
        view.set({ selection: { startMs: Math.min(ms, drag.fromMs), endMs: Math.max(ms, drag.fromMs) } });
      }
    }
    view.set({ hoverMs: ms });
    if (drag === null) {
      const ids = observationsUnder(event);
      const { lit } = focus.get();
      if (ids.length !== lit.size || ids.some((id) => !lit.has(id))) {
        focus.light(ids);
      }
    }
  };
  const up = (event: PointerEvent): void => {
    if (drag !== null && !drag.moved && drag.mode !== 'scrub') {
      playhead.seek(msAt(event.clientX));
    }
    drag = null;
  };
  const leave = (): void => {
    view.set({ hoverMs: null });
    focus.clear();
  };
  const wheel = (event: WheelEvent): void => {
    const { startMs, endMs } = view.get();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      view.zoom(WHEEL_ZOOM ** event.deltaY, msAt(event.clientX));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      event.preventDefault();
      view.pan(((event.deltaX || event.deltaY) / Math.max(1, width())) * (endMs - startMs));
    }
  };

  over.addEventListener('pointerdown', down);
  over.addEventListener('pointermove', move);
  over.addEventListener('pointerup', up);
  over.addEventListener('pointercancel', up);
  over.addEventListener('pointerleave', leave);
  over.addEventListener('wheel', wheel, { passive: false });
  return () => {
    over.removeEventListener('pointerdown', down);
    over.removeEventListener('pointermove', move);
    over.removeEventListener('pointerup', up);
    over.removeEventListener('pointercancel', up);
    over.removeEventListener('pointerleave', leave);
    over.removeEventListener('wheel', wheel);
  };
};
