import { createStore, type Store } from './store.ts';

export type FocusState = {
  /** Observations that are pointed at, wherever that is: chips, lanes, the face and the words light up together. */
  lit: ReadonlySet<string>;
};

const NOTHING: ReadonlySet<string> = new Set();

export type Focus = Store<FocusState> & { light(ids: readonly string[]): void; clear(): void };

export const createFocus = (): Focus => {
  const store = createStore<FocusState>({ lit: NOTHING });
  return {
    ...store,
    light: (ids) => store.set({ lit: new Set(ids) }),
    clear: () => {
      if (store.get().lit.size > 0) {
        store.set({ lit: NOTHING });
      }
    },
  };
};
