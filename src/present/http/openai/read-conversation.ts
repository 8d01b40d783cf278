import type { ChatMessage } from '../../../contracts/index.ts';
import type { SubmitSource } from '../../../jobs/analysis-service.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { bytesOfBase64 } from '../../view/base64.ts';
import { type CompletionRequest, type ContentPart, MODEL } from './wire.ts';

/** What a request of the wire format is about. */
export type WireConversation = {
  source:
    | { kind: 'analysis'; id: string }
    | { kind: 'media'; source: Extract<SubmitSource, { kind: 'url' | 'bytes' }> };
  history: ChatMessage[];
  question: string;
};

const ANALYSIS = /\banalysis:\s*((?:an_)?[0-9a-f]{16,24})\b/i;

/** What is asked where a clip comes without a word. */
const NO_QUESTION = 'Give me a summary';

const usage = (message: string, param = 'messages'): WhyfaceError =>
  new WhyfaceError({ code: 'usage', stage: 'input', message, details: { param } });

/**
 * The clip (the latest that the messages bring, or an analysis by its id), the conversation, and the question. System
 * messages change nothing: what whyface answers and refuses is not up to who asks.
 */
export const readWireConversation = ({ model, messages, metadata, n }: CompletionRequest): WireConversation => {
  if (model !== MODEL && !model.startsWith(`${MODEL}:`)) {
    throw new WhyfaceError({
      code: 'not-found',
      stage: 'input',
      message: `There is no model "${model.slice(0, 60)}" here; it is called "${MODEL}".`,
      details: { param: 'model' },
    });
  }
  if (n !== undefined && n !== null && n !== 1) {
    throw usage('There is one answer to a question; leave n out.', 'n');
  }
  const turns = messages.flatMap(({ role, content }) => {
    const parts: readonly ContentPart[] =
      typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
    return role === 'user' || role === 'assistant' ? [{ role, parts }] : [];
  });
  const last = turns.at(-1);
  if (last === undefined || last.role !== 'user') {
    throw usage('The last message must be of the user.');
  }
  const texts = turns.map(
    ({ role, parts }): ChatMessage => ({
      role,
      content: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
    }),
  );
  const named =
    model.slice(MODEL.length + 1) ||
    metadata?.analysis_id ||
    texts.flatMap(({ role, content }) => (role === 'user' ? (ANALYSIS.exec(content)?.[1] ?? []) : [])).at(-1);
  const media = turns.flatMap(({ role, parts }) =>
    role === 'user' ? parts.filter((part) => part.type !== 'text') : [],
  );
  const latest = media.at(-1);
  const source: WireConversation['source'] | null =
    latest !== undefined
      ? { kind: 'media', source: sourceOf(latest) }
      : named !== undefined
        ? { kind: 'analysis', id: named }
        : null;
  if (source === null) {
    throw usage(
      'There is nothing to look at: add a clip as video_url, image_url or input_audio, or name an analysis ("analysis:an_…").',
    );
  }
  const spoken = texts.map((turn) => ({ ...turn, content: turn.content.replace(ANALYSIS, ' ').trim() }));
  return {
    source,
    history: spoken.slice(0, -1).filter(({ content }) => content !== ''),
    question: spoken.at(-1)?.content || NO_QUESTION,
  };
};

const sourceOf = (part: ContentPart): Extract<SubmitSource, { kind: 'url' | 'bytes' }> => {
  switch (part.type) {
    case 'image_url':
      return sourceOfUrl(part.image_url.url, 'image_url');
    case 'video_url':
      return sourceOfUrl(part.video_url.url, 'video_url');
    case 'input_audio':
      return {
        kind: 'bytes',
        bytes: bytesOf(part.input_audio.data, 'input_audio'),
        name: `audio.${part.input_audio.format.replace(/[^a-z0-9]/gi, '').slice(0, 8)}`,
      };
    case 'file':
      return /^data:/i.test(part.file.file_data)
        ? {
            ...sourceOfUrl(part.file.file_data, 'file'),
            ...(part.file.filename === undefined ? {} : { name: part.file.filename }),
          }
        : { kind: 'bytes', bytes: bytesOf(part.file.file_data, 'file'), name: part.file.filename ?? null };
    case 'text':
      throw usage('A text is no clip.');
  }
};

const sourceOfUrl = (url: string, param: string): Extract<SubmitSource, { kind: 'url' | 'bytes' }> => {
  if (!/^data:/i.test(url)) {
    return { kind: 'url', url, transcript: null };
  }
  const match = /^data:([^,]*),(.*)$/is.exec(url);
  const [, head = '', data = ''] = match ?? [];
  if (match === null || !/;base64$/i.test(head)) {
    throw usage(`The data URL of ${param} is not base64.`, param);
  }
  return { kind: 'bytes', bytes: bytesOf(data, param), name: null };
};

const bytesOf = (base64: string, param: string): Uint8Array => {
  const bytes = bytesOfBase64(base64);
  if (bytes === null) {
    throw usage(`The data of ${param} is not base64.`, param);
  }
  return bytes;
};
