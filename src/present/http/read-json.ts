import type { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';
import { usageOf } from './api-error.ts';

const tooLarge = (limit: number): WhyfaceError =>
  new WhyfaceError({
    code: 'media-too-large',
    stage: 'input',
    message: `A JSON body may have ${Math.floor(limit / 1024 / 1024)} MiB; send larger measurements as a file (application/octet-stream).`,
  });

/**
 * The JSON body of a request, read no further than `limit` bytes and parsed by its schema.
 *
 * @throws WhyfaceError `usage`, `media-too-large`
 */
export const readJson = async <Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  limit: number,
): Promise<z.output<Schema>> => {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) {
    throw tooLarge(limit);
  }
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > limit) {
        throw tooLarge(limit);
      }
      text += decoder.decode(chunk, { stream: true });
    }
  }
  const result = schema.safeParse(parse(text + decoder.decode()));
  if (!result.success) {
    throw usageOf(result.error);
  }
  return result.data;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WhyfaceError({ code: 'usage', stage: 'input', message: 'The body is not JSON.', cause });
  }
};
