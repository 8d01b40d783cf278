import type { Preferences } from '../state/preferences.ts';

/** Writes the chosen theme where the style sheets read it; `system` leaves it to the reader's machine. */
export const followTheme = (preferences: Preferences, root: HTMLElement): void => {
  const apply = (): void => {
    const { theme } = preferences.get();
    if (theme === 'system') {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
  };
  apply();
  preferences.subscribe(apply);
};
