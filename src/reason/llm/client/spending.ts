import { WhyfaceError } from '../../../kit/error.ts';
import type { LlmConfig } from '../config.ts';

/** Tokens of one call: counted by the server, or estimated before it. */
export type TokenCount = { promptTokens: number; completionTokens: number };

/** US dollars; `null` where the prices are not known. */
export const dollarsOf = (
  { promptTokens, completionTokens }: TokenCount,
  prices: LlmConfig['prices'],
): number | null =>
  prices === null ? null : (promptTokens * prices.input + completionTokens * prices.output) / 1_000_000;

/** What was spent in one day, by this process. */
export type Spending = {
  today(): number;
  add(dollars: number): void;
};

/** @param now Wall-clock milliseconds: the day is UTC's. */
export const createSpending = (now: () => number): Spending => {
  let day = '';
  let dollars = 0;
  const turn = (): void => {
    const today = new Date(now()).toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      dollars = 0;
    }
  };
  return {
    today: () => {
      turn();
      return dollars;
    },
    add: (more) => {
      turn();
      dollars += more;
    },
  };
};

const money = (dollars: number): string => `$${dollars < 0.01 ? dollars.toPrecision(2) : dollars.toFixed(2)}`;

/** @throws WhyfaceError `budget-exceeded` where the calls would cost more than is left */
export const assertAffordable = (
  estimate: number | null,
  spent: { request: number; day: number },
  most: LlmConfig['mostDollars'],
): void => {
  if (estimate === null) {
    return;
  }
  const over =
    spent.request + estimate > most.request
      ? `one explanation may cost ${money(most.request)} (WHYFACE_LLM_MAX_DOLLARS)`
      : spent.day + estimate > most.day
        ? `a day may cost ${money(most.day)}, of which ${money(spent.day)} are spent (WHYFACE_LLM_MAX_DOLLARS_A_DAY)`
        : null;
  if (over !== null) {
    throw new WhyfaceError({
      code: 'budget-exceeded',
      stage: 'reason',
      message: `Asking the language model would cost about ${money(spent.request + estimate)}, and ${over}.`,
      details: { estimatedDollars: estimate, spent },
    });
  }
};
