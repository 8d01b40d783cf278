import { ERROR_MEANINGS, type WhyfaceError } from '../../kit/error.ts';

export type ExitStatus = 0 | (typeof ERROR_MEANINGS)[keyof typeof ERROR_MEANINGS]['exit'];

// Worst first. Of the four that inputs can have, DESIGN §5 gives the order: 70 > 69 > 66 > 65.
const WORST_FIRST = [130, 78, 70, 69, 66, 65, 2, 0] as const satisfies readonly ExitStatus[];

export const worse = (a: ExitStatus, b: ExitStatus): ExitStatus =>
  WORST_FIRST.find((status) => status === a || status === b) ?? 0;

export const exitStatusOf = (error: WhyfaceError): ExitStatus => ERROR_MEANINGS[error.code].exit;
