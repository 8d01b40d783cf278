import { WhyfaceError } from '../../../kit/error.ts';
import { isErrorCode } from './failure.ts';

/** What the service says went wrong, as an error. */
export const faultOf = (code: string, message: string): WhyfaceError =>
  new WhyfaceError({ code: isErrorCode(code) ? code : 'service-unavailable', stage: 'present', message });

/** @throws WhyfaceError an answer that is no success, as the error it tells of */
export const refuse = (status: number, body: string): never => {
  const told = errorIn(body);
  throw told === null
    ? faultOf('service-unavailable', `The service answered with status ${status}. Try again in a moment.`)
    : faultOf(told.code, told.message);
};

const errorIn = (body: string): { code: string; message: string } | null => {
  try {
    const value: unknown = JSON.parse(body);
    const error = typeof value === 'object' && value !== null && 'error' in value ? value.error : null;
    return typeof error === 'object' &&
      error !== null &&
      'message' in error &&
      typeof error.message === 'string' &&
      'code' in error &&
      typeof error.code === 'string'
      ? { code: error.code, message: error.message }
      : null;
  } catch {
    // Not JSON: a proxy in between, or something that is not the service.
    return null;
  }
};
