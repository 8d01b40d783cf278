import { WhyfaceError } from '../src/kit/error.ts';

/** The error of a file that does not hold what it should. */
export const invalidInput = (message: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'input-invalid', stage: 'eval', message, cause });
