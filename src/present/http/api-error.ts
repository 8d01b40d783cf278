import type { z } from 'zod';
import type { ApiError } from '../../contracts/index.ts';
import { ERROR_MEANINGS, toWhyfaceError, WhyfaceError } from '../../kit/error.ts';

type ApiErrorType = ApiError['error']['type'];

const TYPES: ReadonlyArray<readonly [status: number, type: ApiErrorType]> = [
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [409, 'conflict_error'],
  [410, 'not_found_error'],
  [429, 'rate_limit_error'],
];

const typeOf = (status: number): ApiErrorType =>
  TYPES.find(([of]) => of === status)?.[1] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');

/** The HTTP status of anything thrown, from the one table of `kit/error.ts`. */
export const statusOf = (thrown: unknown): number => ERROR_MEANINGS[toWhyfaceError(thrown, 'present').code].http;

/** The body of an error. Faults of ours are told without what went wrong inside: that stands in the log. */
export const apiErrorOf = (thrown: unknown, requestId: string): ApiError => {
  const error = toWhyfaceError(thrown, 'present');
  const status = ERROR_MEANINGS[error.code].http;
  const { param } = error.details;
  const message =
    error.code === 'internal'
      ? `Something went wrong on our side; if it happens again, report it with the request id ${requestId}.`
      : withoutPaths(error.message);
  return {
    error: { message, type: typeOf(status), code: error.code, param: typeof param === 'string' ? param : null },
  };
};

/** A message as it may leave the machine: absolute paths shortened to the file's name. */
export const withoutPaths = (message: string): string =>
  message.replace(/(?<![\w.:/])\/(?:[^\s/:;,]+\/)+([^\s/:;,]+)/g, '$1');

/** `Retry-After`, where the error says when to come again. */
export const retryAfterOf = (thrown: unknown): string | null => {
  if (!WhyfaceError.isInstance(thrown)) {
    return null;
  }
  const { retryAfterSeconds } = thrown.details;
  return typeof retryAfterSeconds === 'number' ? String(Math.max(1, Math.ceil(retryAfterSeconds))) : null;
};

/** An answer with this error, for where no app is at hand. */
export const errorResponse = (thrown: unknown, requestId: string): Response => {
  const retryAfter = retryAfterOf(thrown);
  return Response.json(apiErrorOf(thrown, requestId), {
    status: statusOf(thrown),
    headers: {
      'x-request-id': requestId,
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
      ...(statusOf(thrown) === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  });
};

/** What a schema refused, as wrong usage that names the field. */
export const usageOf = (error: z.ZodError): WhyfaceError => {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const param = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  const message = unknown === undefined ? (issue?.message ?? 'not understood') : 'there is no such option';
  return new WhyfaceError({
    code: 'usage',
    stage: 'input',
    message: `${param === '' ? 'The request' : param}: ${message}.`,
    details: { param: param === '' ? null : param },
  });
};
