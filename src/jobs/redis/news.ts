import type { Redis } from 'ioredis';
import { CHANNELS } from './keys.ts';

/** News of jobs over one subscription, however many listen. */
export type News = {
  /** Calls back when there may be something new of a job. Returns how to stop. */
  onNews(id: string, listener: () => void): () => void;
  /** Calls back with the id of each job that shall stop. */
  onCancel(listener: (id: string) => void): () => void;
  close(): Promise<void>;
};

export const subscribeNews = async (subscriber: Redis): Promise<News> => {
  const listeners = new Map<string, Set<() => void>>();
  const cancels = new Set<(id: string) => void>();
  subscriber.on('message', (channel, id) => {
    if (channel === CHANNELS.news) {
      for (const listener of listeners.get(id) ?? []) {
        listener();
      }
      return;
    }
    for (const listener of cancels) {
      listener(id);
    }
  });
  // ioredis subscribes again by itself after a reconnection; what was published meanwhile is found by polling.
  await subscriber.subscribe(CHANNELS.news, CHANNELS.cancel);
  return {
    onNews: (id, listener) => {
      const set = listeners.get(id) ?? new Set();
      set.add(listener);
      listeners.set(id, set);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(id) === set) {
          listeners.delete(id);
        }
      };
    },
    onCancel: (listener) => {
      cancels.add(listener);
      return () => cancels.delete(listener);
    },
    close: async () => {
      subscriber.disconnect();
    },
  };
};
