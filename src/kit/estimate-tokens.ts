/**
 * What a kind of character costs in tokens, at the dear end of common tokenisers (BPE of 32k–200k entries): several of them
 * give every digit a token of its own.
 */
const COST = { digit: 1, mark: 0.7, letter: 1 / 4.5, wide: 1.2 } as const;
/** What a message costs beside its words. */
const TOKENS_A_MESSAGE = 6;

/** About how many tokens a text takes, rather too many than too few: it is used before a server has counted. */
export const estimateTokens = (text: string): number => {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const [digits, marks, wide] = [count(/[0-9]/g), count(/[!-/:-@[-`{-~\n]/g), count(/\P{ASCII}/gu)];
  const letters = text.length - digits - marks - wide;
  return Math.ceil(digits * COST.digit + marks * COST.mark + letters * COST.letter + wide * COST.wide);
};

/** The same for the messages of a chat. */
export const estimateMessages = (messages: readonly { content: string }[]): number =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_A_MESSAGE, 0);
