import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A value that can be watched. */
export type Store<State> = {
  get(): State;
  /** Merges the change into the state, and tells those who watch. */
  set(change: Partial<State> | ((state: State) => Partial<State>)): void;
  /** @returns a function that ends the watch. */
  subscribe(listener: (state: State) => void): () => void;
};

export const createStore = <State extends object>(initial: State): Store<State> => {
  let state = initial;
  const listeners = new Set<(state: State) => void>();
  return {
    get: () => state,
    set: (change) => {
      const partial = typeof change === 'function' ? change(state) : change;
      state = { ...state, ...partial };
      for (const listener of [...listeners]) {
        listener(state);
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** What a component needs of a store; it is drawn again only when that changes. */
export const useStore = <State extends object, Selected>(
  store: Store<State>,
  select: (state: State) => Selected,
): Selected => {
  const [, drawAgain] = useState(0);
  const latest = useRef(select);
  latest.current = select;
  const selected = select(store.get());
  const shown = useRef(selected);
  shown.current = selected;
  useLayoutEffect(() => {
    const check = (state: State): void => {
      if (!Object.is(latest.current(state), shown.current)) {
        drawAgain((count) => count + 1);
      }
    };
    check(store.get());
    return store.subscribe(check);
  }, [store]);
  return selected;
};
