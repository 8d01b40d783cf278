/** The log of the service: one JSON line an event, on stderr. Facts only; what must not be told is taken out. */
import type { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

/** Wherever such a field stands in what is logged, its value is not. */
const SECRET_FIELDS = ['authorization', 'apiKey', 'api_key', 'key', 'secret', 'token', 'password', 'cookie'] as const;
/** Content and names of clips: logs carry ids. */
const CONTENT_FIELDS = [
  'transcript',
  'text',
  'quote',
  'question',
  'messages',
  'prompt',
  'input',
  'name',
  'filename',
  'url',
] as const;

/** Keys of whyface and of OpenAI's kind, wherever they stand in a text. */
const KEY_TEXT = /\b(?:wf_[0-9a-f]{12}_[A-Za-z0-9_-]{43}|sk-[A-Za-z0-9_-]{12,}|Bearer\s+[^\s"']+)/g;

export const withoutKeys = (text: string): string => text.replace(KEY_TEXT, '[redacted]');

export const createLog = (stream: Writable, level: string): Logger => {
  const hidden = [...SECRET_FIELDS, ...CONTENT_FIELDS];
  return pino(
    {
      level,
      base: { service: 'whyface' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        // The last line of defence: a key inside a message or a fault's text.
        streamWrite: withoutKeys,
      },
    },
    stream,
  );
};
