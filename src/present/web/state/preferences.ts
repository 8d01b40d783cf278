import { createStore, type Store } from './store.ts';

export type Theme = 'system' | 'light' | 'dark';
export type OverlayPart = 'boxes' | 'units' | 'landmarks' | 'gaze' | 'pose' | 'heat';

export type PreferencesState = { theme: Theme; overlay: Readonly<Record<OverlayPart, boolean>> };
export type Preferences = Store<PreferencesState>;

const KEY = 'whyface.preferences';
const DEFAULTS: PreferencesState = {
  theme: 'system',
  overlay: { boxes: true, units: true, landmarks: false, gaze: false, pose: false, heat: false },
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const read = (storage: Storage | null): PreferencesState => {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null');
    if (!isRecord(kept)) {
      return DEFAULTS;
    }
    const theme = kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system';
    const overlay = isRecord(kept.overlay) ? kept.overlay : {};
    const part = (name: OverlayPart): boolean =>
      typeof overlay[name] === 'boolean' ? overlay[name] : DEFAULTS.overlay[name];
    return {
      theme,
      overlay: {
        boxes: part('boxes'),
        units: part('units'),
        landmarks: part('landmarks'),
        gaze: part('gaze'),
        pose: part('pose'),
        heat: part('heat'),
      },
    };
  } catch {
    // What is kept is damaged, or keeping is forbidden: the defaults do.
    return DEFAULTS;
  }
};

/** How the page looks, kept in this browser. */
export const createPreferences = (storage: Storage | null): Preferences => {
  const store = createStore(read(storage));
  store.subscribe((state) => {
    try {
      storage?.setItem(KEY, JSON.stringify(state));
    } catch {
      // Private windows may refuse; the choice then lasts as long as the page.
    }
  });
  return store;
};
