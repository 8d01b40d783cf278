import type { TimeRange } from '../../../contracts/index.ts';
import { createStore, type Store } from './store.ts';

export type ViewState = {
  /** The stretch of time that the timeline shows. */
  startMs: number;
  endMs: number;
  durationMs: number;
  /** What was dragged over. */
  selection: TimeRange | null;
  /** Where the pointer is. */
  hoverMs: number | null;
  /** Lanes of units without an episode, too. */
  everyUnit: boolean;
};

/** Closer than this, frames are further apart than the eye needs. */
const SHORTEST_MS = 200;

export type View = Store<ViewState> & {
  open(durationMs: number): void;
  /** Zooms by a factor (below 1: closer) about a moment. */
  zoom(factor: number, aboutMs: number): void;
  pan(byMs: number): void;
  show(range: TimeRange): void;
  showAll(): void;
  /** Where the selection begins or ends; what is left of it stays, where that makes a stretch. */
  mark(edge: 'startMs' | 'endMs', ms: number): void;
  /** Moves the stretch as little as possible, so that the moment is in it. */
  reveal(ms: number): void;
};

export const createView = (): View => {
  const store = createStore<ViewState>({
    startMs: 0,
    endMs: 1,
    durationMs: 1,
    selection: null,
    hoverMs: null,
    everyUnit: false,
  });
  const place = (start: number, span: number): void => {
    const { durationMs } = store.get();
    const length = Math.min(durationMs, Math.max(Math.min(SHORTEST_MS, durationMs), span));
    const startMs = Math.max(0, Math.min(durationMs - length, start));
    store.set({ startMs, endMs: startMs + length });
  };
  return {
    ...store,
    open: (durationMs) =>
      store.set({
        startMs: 0,
        endMs: Math.max(1, durationMs),
        durationMs: Math.max(1, durationMs),
        selection: null,
        hoverMs: null,
      }),
    zoom: (factor, aboutMs) => {
      const { startMs, endMs, durationMs } = store.get();
      const span = Math.min(durationMs, Math.max(Math.min(SHORTEST_MS, durationMs), (endMs - startMs) * factor));
      const share = (aboutMs - startMs) / (endMs - startMs);
      place(aboutMs - share * span, span);
    },
    pan: (byMs) => {
      const { startMs, endMs } = store.get();
      place(startMs + byMs, endMs - startMs);
    },
    show: ({ startMs, endMs }) => place(startMs, endMs - startMs),
    showAll: () => place(0, store.get().durationMs),
    mark: (edge, ms) => {
      const { selection, durationMs } = store.get();
      const at = Math.round(ms);
      const next = { startMs: 0, endMs: durationMs, ...selection, [edge]: at };
      store.set({ selection: next.endMs > next.startMs ? next : { startMs: at, endMs: durationMs } });
    },
    reveal: (ms) => {
      const { startMs, endMs } = store.get();
      if (ms < startMs || ms > endMs) {
        place(ms - (endMs - startMs) / 4, endMs - startMs);
      }
    },
  };
};
