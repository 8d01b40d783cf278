import { describe, expect, it } from 'vitest';
import { pressKey } from '../../../src/present/web/player/keyboard.ts';
import { createPlayhead } from '../../../src/present/web/state/playhead.ts';
import { createView } from '../../../src/present/web/state/view.ts';

const FRAMES = [0, 40, 80, 120, 160, 200];
const key = (name: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

const desk = () => {
  const playhead = createPlayhead({ request: () => 0, cancel: () => undefined, now: () => 0 });
  const view = createView();
  const explained: Array<unknown> = [];
  playhead.open(6_000, FRAMES);
  view.open(6_000);
  const press = (name: string, more?: { shiftKey?: boolean; ctrlKey?: boolean }): boolean =>
    pressKey(key(name, more), { playhead, view, explain: () => explained.push(view.get().selection) });
  return { playhead, view, press, explained };
};

describe('the keys of the player', () => {
  it('steps through the analysed frames and stops at both ends', () => {
    const { playhead, press } = desk();
    press('ArrowRight');
    press('ArrowRight');
    expect(playhead.get().ms).toBe(80);
    press('ArrowLeft');
    expect(playhead.get().ms).toBe(40);
    for (let times = 0; times < 9; times += 1) {
      press('ArrowLeft');
    }
    expect(playhead.get().ms).toBe(0);
  });

  it('jumps a second with shift, and never out of the clip', () => {
    const { playhead, press } = desk();
    press('ArrowRight', { shiftKey: true });
    expect(playhead.get().ms).toBe(1_000);
    press('End');
    press('ArrowRight', { shiftKey: true });
    expect(playhead.get().ms).toBe(6_000);
  });

  it('goes slower and faster as far as there are speeds', () => {
    const { playhead, press } = desk();
    for (let times = 0; times < 9; times += 1) {
      press('j');
    }
    expect(playhead.get().rate).toBe(0.1);
    press('L');
    expect(playhead.get().rate).toBe(0.25);
  });

  it('marks a stretch at the playhead and asks about it', () => {
    const { playhead, press, explained } = desk();
    playhead.seek(1_000);
    press('i');
    playhead.seek(2_500);
    press('o');
    press('e');
    expect(explained).toEqual([{ startMs: 1_000, endMs: 2_500 }]);
  });

  it('starts a new stretch where the end would lie before the start', () => {
    const { playhead, press, view } = desk();
    playhead.seek(3_000);
    press('i');
    playhead.seek(1_000);
    press('o');
    expect(view.get().selection).toEqual({ startMs: 1_000, endMs: 6_000 });
  });

  it('leaves what belongs to the browser to it', () => {
    const { press } = desk();
    expect(press('l', { ctrlKey: true })).toBe(false);
    expect(press('Tab')).toBe(false);
  });
});

describe('measurements without a medium', () => {
  it('are replayed at the speed asked for, and stop where a moment ends', () => {
    let now = 0;
    const waiting: Array<() => void> = [];
    const playhead = createPlayhead({ request: (next) => waiting.push(next), cancel: () => undefined, now: () => now });
    playhead.open(6_000, FRAMES);
    playhead.setRate(2);
    playhead.playRange({ startMs: 1_000, endMs: 2_000 });
    const pass = (ms: number): void => {
      now += ms;
      waiting.shift()?.();
    };
    pass(300);
    expect(playhead.get()).toMatchObject({ ms: 1_600, playing: true });
    pass(300);
    expect(playhead.get()).toMatchObject({ ms: 2_000, playing: false, stopAt: null });
    expect(waiting).toEqual([]);
  });
});

describe('the stretch of time in view', () => {
  it('zooms about the moment under the pointer', () => {
    const { view } = desk();
    view.zoom(0.5, 1_500);
    const { startMs, endMs } = view.get();
    expect(endMs - startMs).toBe(3_000);
    expect((1_500 - startMs) / (endMs - startMs)).toBeCloseTo(0.25);
  });

  it('never leaves the clip, and never gets shorter than can be read', () => {
    const { view } = desk();
    view.zoom(1e-6, 0);
    view.pan(-1e9);
    expect(view.get()).toMatchObject({ startMs: 0, endMs: 200 });
    view.pan(1e9);
    expect(view.get()).toMatchObject({ startMs: 5_800, endMs: 6_000 });
    view.zoom(1e9, 0);
    expect(view.get()).toMatchObject({ startMs: 0, endMs: 6_000 });
  });
});
