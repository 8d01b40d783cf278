import type { Analysis } from '../../../contracts/index.ts';
import type { Tracks } from '../worker/tracks.ts';
import { bandLane, HEIGHT, type Lane } from './lane.ts';
import { subjectLanes } from './subject-lanes.ts';
import { voiceLanes, wordLanes } from './voice-lanes.ts';

export type LaneOptions = {
  /** Whose lanes; `null`: everybody's. */
  subject: string | null;
  everyUnit: boolean;
};

/** The lanes of a clip from the top: words, voice, then each person's expression, affect, action units, head, quality. */
export const lanesOf = (analysis: Analysis, tracks: Tracks, { subject: only, everyUnit }: LaneOptions): Lane[] => {
  const people = tracks.subjects.filter(({ id }) => only === null || id === only);
  const several = people.length > 1;
  const ofNobody = analysis.observations.filter(({ subject }) => subject === null || !several);
  return [
    ...wordLanes(analysis, tracks),
    ...people.flatMap((subject) => subjectLanes(analysis, subject, { everyUnit, several })),
    ...voiceLanes(analysis, tracks).map((lane) => (people.length === 0 ? { ...lane, height: HEIGHT.alone } : lane)),
    ...bandLane(
      'quality',
      'Quality',
      'what limits the reading',
      null,
      ofNobody.filter(({ kind }) => kind === 'quality'),
    ),
  ];
};
