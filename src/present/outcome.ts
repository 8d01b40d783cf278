import type { ExplainRecord, ObserveRecord, Percepts, Still } from '../contracts/index.ts';

/** All that renderers may need of one input of `observe`. */
export type ObserveOutcome = { record: ObserveRecord; percepts: Percepts | null };

/** All that renderers may need of one input of `explain`; stills only where the format shows them. */
export type ExplainOutcome = { record: ExplainRecord; percepts: Percepts | null; stills: readonly Still[] };

/**
 * Turns outcomes into one document, piece by piece, so that what is done is out before the next input starts.
 * Concatenated: `begin()`, `add()` for each input, `end()`.
 */
export type Renderer<Outcome> = {
  begin(): string;
  add(outcome: Outcome): Iterable<string>;
  end(): string;
};
