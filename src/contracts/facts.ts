import type { NotMeasured } from './clip.ts';
import type { ObservationKind } from './observation.ts';
import type { TimeRange } from './time.ts';

/** An observation as text: what a reader or a language model is given. Free of emotion words. */
export type Fact = {
  /** Id of the observation, to be cited. */
  id: string;
  kind: ObservationKind;
  text: string;
  /** How much it should weigh in a short list, 0–1. */
  salience: number;
};

/** The observations about one subject in one range, most salient first, and what was not measured. */
export type Facts = {
  subject: string | null;
  range: TimeRange;
  facts: Fact[];
  notMeasured: NotMeasured[];
};
