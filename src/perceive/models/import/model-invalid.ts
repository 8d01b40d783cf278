import { WhyfaceError } from '../../../kit/error.ts';

/** The error every reader and converter of model files raises: the file is not what it should be. */
export const modelInvalid = (message: string, details: Record<string, unknown> = {}, cause?: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'model-invalid',
    stage: 'models',
    message,
    details,
    ...(cause === undefined ? {} : { cause }),
  });
