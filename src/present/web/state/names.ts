import { createStore, type Store } from './store.ts';

export type NamesState = {
  /** What the reader calls people, by their id. */
  given: Readonly<Record<string, string>>;
};

export type Names = Store<NamesState> & {
  call(id: string, name: string): void;
  /** As the reader calls them: their id where nobody said. */
  of(id: string): string;
  /** The names of another clip, or none. */
  open(clip: string | null): void;
};

/** Longer ones would hide the face they stand above. */
const LONGEST = 40;

const keyOf = (clip: string): string => `whyface.names.${clip}`;

/** What of a `Storage` is needed. */
type NameStorage = { getItem(key: string): string | null; setItem(key: string, value: string): unknown };

/** Names that a reader gives to people. They stay in this tab of this browser: no request and no export holds them. */
export const createNames = (storage: NameStorage | null): Names => {
  const store = createStore<NamesState>({ given: {} });
  let open: string | null = null;
  return {
    ...store,
    call: (id, name) => {
      const { [id]: _, ...others } = store.get().given;
      const said = name.trim().slice(0, LONGEST);
      store.set({ given: said === '' || said === id ? others : { ...others, [id]: said } });
      try {
        if (open !== null) {
          storage?.setItem(keyOf(open), JSON.stringify(store.get().given));
        }
      } catch {
        // Keeping may be forbidden: the names then last as long as the page.
      }
    },
    of: (id) => store.get().given[id] ?? id,
    open: (clip) => {
      open = clip;
      store.set({ given: clip === null ? {} : kept(storage, clip) });
    },
  };
};

const kept = (storage: NameStorage | null, clip: string): Record<string, string> => {
  try {
    const value: unknown = JSON.parse(storage?.getItem(keyOf(clip)) ?? '{}');
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).filter(([, name]) => typeof name === 'string'))
      : {};
  } catch {
    return {};
  }
};
