/** Answers from the observations by rules: no key, no network, a few milliseconds. Runs anywhere. */
import type { Answerer } from '../answerer.ts';
import { answerOffline } from './answer.ts';

/** The answerer that is always there. The same conversation over the same analysis gives the same answers. */
export const createOfflineAnswerer = (): Answerer => ({
  id: 'offline',
  answer: async ({ question, scene, memory }, { signal }) => {
    signal?.throwIfAborted();
    const { draft, memory: next } = await answerOffline(question, scene, memory);
    return {
      draft,
      memory: next,
      reference: {
        id: 'offline',
        model: null,
        promptId: null,
        promptSha256: null,
        fallback: false,
        fallbackReason: null,
        steps: 0,
        usage: null,
      },
    };
  },
});
