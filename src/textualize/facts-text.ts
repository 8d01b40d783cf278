import type { Facts } from '../contracts/index.ts';

/** Facts as lines to be read or to fill a prompt: `[o12] sentence`, then what was not measured. */
export const factsText = ({ facts, notMeasured }: Facts): string => {
  const lines = facts.map(({ id, text }) => `[${id}] ${text}`);
  const limits = notMeasured.map(({ what, why }) => `Not measured: ${what}. ${why}`);
  return [...lines, ...limits].join('\n');
};
