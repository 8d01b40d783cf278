import { WhyfaceError } from '../../kit/error.ts';

/** A table or JSON file that cannot be read: where it goes wrong, and what to do. */
export const importInvalid = (message: string, details: Record<string, unknown> = {}): WhyfaceError =>
  new WhyfaceError({ code: 'input-invalid', stage: 'input', message, details });
