import type { Analysis, Observation, ObservationOf } from '../contracts/index.ts';

/**
 * The analysis as if these observations had never been made; the others keep their ids. Pure.
 *
 * A statement about an action unit becomes "not visible" for its time rather than vanishing: where nothing is said of a
 * unit, reasoners may take it for absent, and evidence that is taken away must not turn into evidence of the contrary.
 */
export const withoutObservations = (analysis: Analysis, removed: ReadonlySet<string>): Analysis => ({
  ...analysis,
  observations: analysis.observations.flatMap((observation): Observation[] => {
    if (!removed.has(observation.id)) {
      return [observation];
    }
    return observation.kind === 'action-unit' ? [unseen(observation)] : [];
  }),
});

const unseen = (observation: ObservationOf<'action-unit'>): Observation => ({
  ...observation,
  text: `${observation.au.code} could not be judged here.`,
  au: {
    ...observation.au,
    status: 'not-visible',
    side: 'both',
    intensity: null,
    letter: null,
    onsetMs: null,
    apexMs: null,
    offsetMs: null,
    micro: false,
    overBaseline: null,
  },
});
