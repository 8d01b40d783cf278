const KEY = 'whyface.key';

/** The key of this tab, where the service asks for one. It goes when the tab does. */
export type Access = {
  /** What a request carries. */
  headers(): Record<string, string>;
  use(key: string): void;
};

export const createAccess = (storage: Storage | null): Access => {
  let key = read(storage);
  return {
    headers: () => (key === '' ? {} : { authorization: `Bearer ${key}` }),
    use: (next) => {
      key = next.trim();
      try {
        storage?.setItem(KEY, key);
      } catch {
        // Keeping may be forbidden; the key then lasts as long as the page.
      }
    },
  };
};

const read = (storage: Storage | null): string => {
  try {
    return storage?.getItem(KEY) ?? '';
  } catch {
    return '';
  }
};
