import type OpenAI from 'openai';

type ImagePart = { type: 'image_url'; image_url: { url: string } };
type TextPart = { type: 'text'; text: string };

/** One message; pictures only where the server is one for pictures. */
export type ClientMessage =
  | { role: 'system' | 'assistant'; content: string }
  | { role: 'user'; content: string | Array<TextPart | ImagePart> };

/** A picture is counted as a thousand tokens: what servers charge for one of about a megapixel. */
const PICTURE = ' '.repeat(3_300);

/** A message as text of about its size in tokens. */
export const countable = ({ content }: ClientMessage): { content: string } => ({
  content:
    typeof content === 'string'
      ? content
      : content.map((part) => (part.type === 'text' ? part.text : PICTURE)).join('\n'),
});

/** As the SDK wants it. */
export const sent = (message: ClientMessage): OpenAI.ChatCompletionMessageParam =>
  message.role === 'user'
    ? { role: 'user', content: message.content }
    : { role: message.role, content: message.content };
