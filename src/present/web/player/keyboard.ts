import type { Playhead } from '../state/playhead.ts';
import { RATES } from '../state/playhead.ts';
import type { View } from '../state/view.ts';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const SECOND_MS = 1000;

/**
 * The keys of the player, which editors of film know: space and K play and pause, J and L change the speed, arrows step
 * a frame (with shift, a second), Home and End jump, I and O mark a stretch, plus and minus zoom the timeline.
 *
 * @returns whether the key meant something
 */
export const pressKey = (
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress,
  { playhead, view, explain }: { playhead: Playhead; view: View; explain: () => void },
): boolean => {
  if (ctrlKey || metaKey || altKey) {
    return false;
  }
  const { ms, rate, durationMs } = playhead.get();
  const faster = (by: number): void => {
    const at = RATES.findIndex((each) => each >= rate);
    playhead.setRate(RATES[Math.max(0, Math.min(RATES.length - 1, at + by))] ?? 1);
  };
  const meanings: Record<string, () => void> = {
    ' ': () => playhead.toggle(),
    k: () => playhead.toggle(),
    j: () => faster(-1),
    l: () => faster(1),
    ArrowLeft: () => (shiftKey ? playhead.seek(ms - SECOND_MS) : playhead.step(-1)),
    ArrowRight: () => (shiftKey ? playhead.seek(ms + SECOND_MS) : playhead.step(1)),
    Home: () => playhead.seek(0),
    End: () => playhead.seek(durationMs),
    i: () => view.mark('startMs', ms),
    o: () => view.mark('endMs', ms),
    e: explain,
    '+': () => view.zoom(0.5, ms),
    '=': () => view.zoom(0.5, ms),
    '-': () => view.zoom(2, ms),
    0: () => view.showAll(),
    Escape: () => view.set({ selection: null }),
  };
  const meaning = meanings[key.length === 1 ? key.toLowerCase() : key];
  meaning?.();
  return meaning !== undefined;
};

/** Whether keys belong to the element that has the focus: fields, menus, and buttons for what presses them. */
export const takesKey = (element: Element | null, key: string): boolean => {
  if (element === null) {
    return false;
  }
  if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.closest('[contenteditable], dialog') !== null) {
    return true;
  }
  return (key === ' ' || key === 'Enter') && /^(?:BUTTON|A|SUMMARY)$/.test(element.tagName);
};
