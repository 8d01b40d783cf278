/** `Uploads` on Node: the body as it is, or multipart read as a stream. */
import { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Received } from '../../jobs/analysis-service.ts';
import type { FileReceiver } from '../../jobs/files/intake.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { Upload, Uploads } from './services.ts';

const usage = (message: string, param: string | null = null, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'usage', stage: 'input', message, details: { param }, cause });

/** `receivers.transcript` takes small files of words. */
export const createNodeUploads = (receivers: { clip: FileReceiver; transcript: FileReceiver }): Uploads => ({
  receive: async ({ body, contentType, contentLength, name, signal }) => {
    if (body === null) {
      throw new WhyfaceError({
        code: 'media-empty',
        stage: 'input',
        message: 'The request has no body; send the file as the body.',
      });
    }
    if (!/^multipart\/form-data\b/i.test(contentType)) {
      const clip = await receivers.clip.receive(body, { name, announced: contentLength, signal });
      return { clip, transcript: null, fields: {} };
    }
    return receiveMultipart(body, contentType, receivers, signal);
  },
});

const receiveMultipart = async (
  body: ReadableStream<Uint8Array>,
  contentType: string,
  receivers: { clip: FileReceiver; transcript: FileReceiver },
  signal: AbortSignal,
): Promise<Upload> => {
  const headers: BusboyHeaders = { 'content-type': contentType };
  const parser = openParser(headers);
  const fields: Record<string, string> = {};
  const received = new Map<'file' | 'transcript', Promise<Received>>();
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });

  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('field', (field, value, _nameTruncated, truncated) => {
      if (truncated) {
        reject(usage(`The field ${field.slice(0, 40)} is too long.`, field));
      }
      fields[field] = value;
    });
    parser.on('file', (field, stream, fileName) => {
      if ((field !== 'file' && field !== 'transcript') || received.has(field)) {
        stream.resume();
        reject(
          usage(
            `There is no file field ${field.slice(0, 40)}, or it came twice; send one file and perhaps one transcript.`,
            field,
          ),
        );
        return;
      }
      const receiver = field === 'file' ? receivers.clip : receivers.transcript;
      const file = receiver.receive(stream, { name: fileName ?? null, announced: null, signal: stop.signal });
      file.catch((thrown: unknown) => {
        stream.resume();
        reject(thrown);
      });
      received.set(field, file);
    });
    parser.on('filesLimit', () => reject(usage('There are too many files in the form.')));
    parser.on('fieldsLimit', () => reject(usage('There are too many fields in the form.')));
    parser.on('partsLimit', () => reject(usage('There are too many parts in the form.')));
    parser.on('finish', resolve);
    parser.on('error', (cause: unknown) =>
      reject(usage('The form could not be read: it is not whole, or no multipart form.', null, cause)),
    );
  });
  const source = Readable.fromWeb(body);
  try {
    source.on('error', () => stop.abort());
    source.pipe(parser);
    await Promise.race([parsed, aborted(stop.signal)]);
    const clip = await received.get('file');
    if (clip === undefined) {
      throw usage('The form has no file; add one as "file".', 'file');
    }
    return { clip, transcript: (await received.get('transcript')) ?? null, fields };
  } catch (thrown) {
    source.unpipe(parser);
    source.destroy();
    stop.abort();
    const settled = await Promise.allSettled(received.values());
    await Promise.all(settled.map((result) => (result.status === 'fulfilled' ? result.value.discard() : undefined)));
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

const openParser = (headers: BusboyHeaders): InstanceType<typeof Busboy> => {
  try {
    return new Busboy({
      headers,
      limits: {
        files: 2,
        fields: 30,
        parts: 32,
        fieldNameSize: 100,
        fieldSize: 4_096,
        headerPairs: 50,
        fileSize: LIMITS.mediaBytes + 1,
      },
    });
  } catch (cause) {
    throw usage('The form has no boundary, or is no multipart form.', null, cause);
  }
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const fail = (): void =>
      reject(
        new WhyfaceError({
          code: 'upload-incomplete',
          stage: 'input',
          message: 'The upload broke off; send it again.',
        }),
      );
    if (signal.aborted) {
      fail();
    }
    signal.addEventListener('abort', fail, { once: true });
  });
