import type { ExplainOptions } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import { createFacsReasoner } from '../reason/facs/index.ts';
import type { Reasoner } from '../reason/reasoner.ts';

/**
 * The reasoner of that name.
 *
 * @throws WhyfaceError `service-unavailable` for one that this version does not have.
 */
export const reasonerFor = (id: ExplainOptions['reasoner']): Reasoner => {
  if (id === 'facs') {
    return createFacsReasoner();
  }
  throw new WhyfaceError({
    code: 'service-unavailable',
    stage: 'reason',
    message: `The reasoner "${id}" is not part of this version; use --reasoner facs.`,
  });
};
