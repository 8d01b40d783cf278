import type { Client } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';

/** Explanations of one client at once outside of jobs: each may hold a connection to a language model for minutes. */
const REASONING_PER_CLIENT = 8;

export type ReasoningBound = <Result>(client: Client, work: () => Promise<Result>) => Promise<Result>;

/** Lets a client reason so often at once and no more. @throws WhyfaceError `rate-limited` */
export const createReasoningBound = (): ReasoningBound => {
  const reasoning = new Map<string, number>();
  return async (client, work) => {
    const running = reasoning.get(client.id) ?? 0;
    if (running >= REASONING_PER_CLIENT) {
      throw new WhyfaceError({
        code: 'rate-limited',
        stage: 'reason',
        message: `You have ${running} explanations under way, which is as many as one client may; wait for one of them.`,
        retryable: true,
        details: { retryAfterSeconds: 5 },
      });
    }
    reasoning.set(client.id, running + 1);
    try {
      return await work();
    } finally {
      const left = (reasoning.get(client.id) ?? 1) - 1;
      if (left > 0) {
        reasoning.set(client.id, left);
      } else {
        reasoning.delete(client.id);
      }
    }
  };
};
