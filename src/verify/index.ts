/** Reads an answer back against the observations: every claim with its verdict. No node imports. */

export type { Scope as VerifyScope } from './check/evidence.ts';
export { scoreClaims, verify } from './verify.ts';
