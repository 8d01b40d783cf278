import { ERROR_MEANINGS, type ErrorCode, WhyfaceError } from '../../../kit/error.ts';
import type { Failure } from '../state/session.ts';

/** Whether a code that came from elsewhere is one of ours. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_MEANINGS, code);

/** Anything thrown, in words for a person. */
export const failureOf = (thrown: unknown): Failure => {
  if (WhyfaceError.isInstance(thrown)) {
    return { code: thrown.code, message: thrown.message };
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return { code: 'aborted', message: 'Stopped.' };
  }
  if (thrown instanceof TypeError && /fetch|network|load/i.test(thrown.message)) {
    return { code: null, message: 'The service does not answer. Is “whyface serve” still running?' };
  }
  return {
    code: 'internal',
    message: `Unexpected fault: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
  };
};
