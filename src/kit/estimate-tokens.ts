/** ASCII characters of English prose and numbers that common tokenisers (BPE of 32k–200k) put in one token; low on purpose. */
const CHARACTERS_A_TOKEN = 3.3;
/** Letters beyond ASCII take about a token each, in some tokenisers more. */
const TOKENS_A_WIDE_CHARACTER = 1.2;
/** What a message costs beside its words. */
const TOKENS_A_MESSAGE = 6;

/** About how many tokens a text takes, rather too many than too few: it is used before a server has counted. */
export const estimateTokens = (text: string): number => {
  const wide = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return Math.ceil((text.length - wide) / CHARACTERS_A_TOKEN + wide * TOKENS_A_WIDE_CHARACTER);
};

/** The same for the messages of a chat. */
export const estimateMessages = (messages: readonly { content: string }[]): number =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_A_MESSAGE, 0);
