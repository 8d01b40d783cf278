import type { TimeRange } from '../../../contracts/index.ts';
import { createStore, type Store } from './store.ts';

export type PlayheadState = {
  ms: number;
  durationMs: number;
  playing: boolean;
  rate: number;
  /** Where playing stops by itself. */
  stopAt: number | null;
};

/** Speeds that J and L step through. */
export const RATES = [0.1, 0.25, 0.5, 1, 1.5, 2, 4] as const;

export type Playhead = Store<PlayheadState> & {
  /** The media element that keeps the time; without one, bare measurements, time goes by itself. */
  attach(element: HTMLMediaElement | null): void;
  open(durationMs: number, frames: ArrayLike<number>): void;
  seek(ms: number): void;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Plays one moment and stops. */
  playRange(range: TimeRange): void;
  /** To the next or previous analysed frame. */
  step(frames: number): void;
  setRate(rate: number): void;
};

export type FrameClock = { request(callback: () => void): number; cancel(handle: number): void; now(): number };

const browserClock: FrameClock = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
  now: () => performance.now(),
};

/** Index of the last entry that is not after `ms`; −1 where there is none. Times rise. */
export const indexAt = (times: ArrayLike<number>, ms: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
};

export const createPlayhead = (clock: FrameClock = browserClock): Playhead => {
  const store = createStore<PlayheadState>({ ms: 0, durationMs: 0, playing: false, rate: 1, stopAt: null });
  let element: HTMLMediaElement | null = null;
  let frames: ArrayLike<number> = [];
  let pending = 0;
  let ticked = 0;

  const clamp = (ms: number): number => Math.max(0, Math.min(store.get().durationMs, ms));
  /** Without a medium, time goes by itself: what was measured can be replayed all the same. */
  const tickAlone = (): void => {
    const { ms, rate, stopAt, durationMs } = store.get();
    const now = clock.now();
    const end = stopAt ?? durationMs;
    const next = Math.min(end, ms + (now - ticked) * rate);
    ticked = now;
    store.set({ ms: next });
    if (next >= end) {
      store.set({ playing: false, stopAt: null });
    } else {
      pending = clock.request(tickAlone);
    }
  };
  const tick = (): void => {
    if (element === null || element.paused) {
      store.set({ playing: false, stopAt: null });
      return;
    }
    const ms = element.currentTime * 1000;
    const { stopAt } = store.get();
    if (stopAt !== null && ms >= stopAt) {
      element.pause();
      element.currentTime = stopAt / 1000;
      store.set({ ms: stopAt, playing: false, stopAt: null });
      return;
    }
    store.set({ ms: clamp(ms) });
    pending = clock.request(tick);
  };
  const seek = (ms: number): void => {
    const to = clamp(Math.round(ms));
    // Half a millisecond later than the frame's own time: players round down.
    if (element !== null) {
      element.currentTime = (to + 0.5) / 1000;
    }
    store.set({ ms: to, stopAt: null });
  };
  const play = (): void => {
    const { stopAt } = store.get();
    if (store.get().ms >= store.get().durationMs - 40) {
      seek(0);
      store.set({ stopAt });
    }
    if (element === null) {
      clock.cancel(pending);
      ticked = clock.now();
      store.set({ playing: true });
      pending = clock.request(tickAlone);
      return;
    }
    element.playbackRate = store.get().rate;
    clock.cancel(pending);
    // A play that is cut short by a pause is no fault.
    element.play().then(
      () => {
        store.set({ playing: true });
        pending = clock.request(tick);
      },
      () => store.set({ playing: false }),
    );
  };
  const pause = (): void => {
    clock.cancel(pending);
    element?.pause();
    store.set({ playing: false, stopAt: null });
  };
  return {
    ...store,
    attach: (next) => {
      clock.cancel(pending);
      element = next;
    },
    open: (durationMs, times) => {
      pause();
      frames = times;
      store.set({ ms: 0, durationMs, playing: false, stopAt: null });
    },
    seek,
    play,
    pause,
    toggle: () => (store.get().playing ? pause() : play()),
    playRange: ({ startMs, endMs }) => {
      seek(startMs);
      if (endMs > startMs) {
        store.set({ stopAt: clamp(endMs) });
        play();
      }
    },
    step: (count) => {
      pause();
      if (frames.length > 0) {
        const from = indexAt(frames, store.get().ms);
        seek(frames[Math.max(0, Math.min(frames.length - 1, from + count))] ?? 0);
      }
    },
    setRate: (rate) => {
      store.set({ rate });
      if (element !== null) {
        element.playbackRate = rate;
      }
    },
  };
};
