import { timeText } from '../../view/words.ts';
import type { Page } from '../app/page-context.ts';
import { fitCanvas } from '../player/canvas-size.ts';
import { AXIS_HEIGHT, drawLanes, laneTops } from './draw-lanes.ts';
import type { Lane } from './lane.ts';
import { readPalette } from './palette.ts';
import { takePointer } from './pointer.ts';
import { readLane } from './read-lane.ts';

export type SurfaceNeeds = {
  page: Pick<Page, 'view' | 'playhead' | 'focus' | 'reading' | 'preferences'>;
  lanes: readonly Lane[];
  /** What scrolls. */
  host: HTMLElement;
  /** The lanes, drawn when the stretch of time changes. */
  under: HTMLCanvasElement;
  /** Playhead, pointer and selection, drawn at every frame. */
  over: HTMLCanvasElement;
  values: ReadonlyMap<string, HTMLElement>;
};

/** Draws the lanes and takes the pointer. @returns what ends it */
export const createSurface = ({ page, lanes, host, under, over, values }: SurfaceNeeds): (() => void) => {
  const { view, playhead, focus, reading, preferences } = page;
  const [below, above] = [under.getContext('2d'), over.getContext('2d')];
  if (below === null || above === null) {
    return () => undefined;
  }
  const tops = laneTops(lanes);
  const total = AXIS_HEIGHT + (tops.at(-1) ?? 0);
  let palette = readPalette(host);
  let [width, height] = [0, 0];
  let [pending, lanesStale] = [0, true];

  const x = (ms: number): number => {
    const { startMs, endMs } = view.get();
    return ((ms - startMs) / (endMs - startMs)) * width;
  };
  const msAt = (clientX: number): number => {
    const { startMs, endMs, durationMs } = view.get();
    const share = (clientX - over.getBoundingClientRect().left) / Math.max(1, width);
    return Math.round(Math.max(0, Math.min(durationMs, startMs + share * (endMs - startMs))));
  };
  const measure = (): void => {
    width = over.parentElement?.clientWidth ?? 0;
    height = Math.min(host.clientHeight, total);
    for (const canvas of [under, over]) {
      canvas.style.height = `${height}px`;
      fitCanvas(canvas, width, height);
    }
    lanesStale = true;
  };

  const drawOver = (): void => {
    const { selection, hoverMs } = view.get();
    const { ms } = playhead.get();
    above.clearRect(0, 0, width, height);
    if (selection !== null) {
      const [from, to] = [x(selection.startMs), x(selection.endMs)];
      above.globalAlpha = 0.14;
      above.fillStyle = palette.accent;
      above.fillRect(from, 0, to - from, height);
      above.globalAlpha = 1;
      above.fillRect(from, 0, 1, height);
      above.fillRect(to, 0, 1, height);
    }
    if (hoverMs !== null) {
      above.fillStyle = palette.soft;
      above.fillRect(Math.round(x(hoverMs)), AXIS_HEIGHT, 1, height);
    }
    const at = Math.round(x(ms));
    above.fillStyle = palette.ink;
    above.fillRect(at - 0.5, AXIS_HEIGHT - 6, 1.5, height);
    above.beginPath();
    above.arc(at, AXIS_HEIGHT - 7, 4.5, 0, 2 * Math.PI);
    above.fill();
    const reads = hoverMs ?? ms;
    // Read once: after a text has changed, asking again would lay the page out anew.
    const { scrollTop } = host;
    for (const [index, lane] of lanes.entries()) {
      const top = (tops[index] ?? 0) - scrollTop;
      if (top + lane.height > 0 && top < height) {
        const element = values.get(lane.key);
        const text = readLane(lane, reads);
        if (element !== undefined && element.textContent !== text) {
          element.textContent = text;
        }
      }
    }
    over.setAttribute('aria-valuenow', String(Math.round(ms)));
    over.setAttribute('aria-valuetext', timeText(ms));
  };
  const draw = (): void => {
    pending = 0;
    const ratio = window.devicePixelRatio;
    if (lanesStale) {
      lanesStale = false;
      below.setTransform(ratio, 0, 0, ratio, 0, 0);
      const { startMs, endMs } = view.get();
      drawLanes(below, {
        lanes,
        width,
        height,
        scrollTop: host.scrollTop,
        startMs,
        endMs,
        lit: focus.get().lit,
        muted: reading.get().muted,
        palette,
      });
    }
    above.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawOver();
  };
  const ask = (): void => {
    pending ||= requestAnimationFrame(draw);
  };
  const askAll = (): void => {
    lanesStale = true;
    ask();
  };
  const retint = (): void => {
    palette = readPalette(host);
    askAll();
  };

  measure();
  ask();
  const size = new ResizeObserver(() => {
    measure();
    ask();
  });
  size.observe(host);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', retint);
  let before = view.get();
  const ends = [
    view.subscribe((state) => {
      if (state.startMs !== before.startMs || state.endMs !== before.endMs) {
        lanesStale = true;
      }
      before = state;
      ask();
    }),
    playhead.subscribe(({ ms, playing }) => {
      if (playing) {
        view.reveal(ms);
      }
      ask();
    }),
    focus.subscribe(askAll),
    reading.subscribe(askAll),
    preferences.subscribe(() => requestAnimationFrame(retint)),
  ];
  const endPointer = takePointer({ page, lanes, tops, host, over, width: () => width, msAt });
  host.addEventListener('scroll', askAll, { passive: true });
  return () => {
    cancelAnimationFrame(pending);
    size.disconnect();
    dark.removeEventListener('change', retint);
    for (const end of ends) {
      end();
    }
    endPointer();
    host.removeEventListener('scroll', askAll);
  };
};
