import { estimateMessages } from '../../kit/estimate-tokens.ts';
import { type ClientMessage, countable } from './client/messages.ts';

/** Of text, at the dear end. */
const CHARACTERS_A_TOKEN = 2;
/** Enough to recognise what is meant. */
const LEAST_CHARACTERS = 400;

/** A conversation that goes on: what was asked, what came, and what is asked now. What came is cut to what fits. */
export const withReply = (
  messages: readonly ClientMessage[],
  reply: string,
  next: readonly ClientMessage[],
  maximumTokens: number,
): ClientMessage[] => {
  const left = maximumTokens - estimateMessages([...messages, ...next].map(countable));
  const characters = Math.max(LEAST_CHARACTERS, left * CHARACTERS_A_TOKEN);
  return [...messages, { role: 'assistant', content: reply.slice(0, characters) }, ...next];
};
