/** Parent side: joins the tracks of independent chunks into the people of a clip. */

import { likeness } from './face/descriptor.ts';
import { COLUMNS, columnIndex } from './face/face-row.ts';
import { overlap } from './face/region.ts';
import { LIKE_LATER } from './face/track-faces.ts';
import type { ChunkResult, TrackData } from './protocol.ts';

/** Tracks of one person, in the order of time. */
export type Person = { tracks: TrackData[] };

/** A face at the end of one chunk and the start of the next is the same when this alike (a cut may lie at the seam) … */
const LIKE_AT_SEAM = 0.6;
/** … and at the same place. */
const OVERLAP_AT_SEAM = 0.3;
/** Longest gap between the frames on both sides of a seam. */
const SEAM_GAP_MS = 400;

/** A detection that the mesh believed for fewer frames than this was none, unless both networks were sure. */
const FEWEST_FRAMES = 3;
const SURE = 0.9;

const lastOf = (person: Person): TrackData | undefined => person.tracks.at(-1);

/** How well a track continues a person; 0: it does not. */
const continuity = (person: Person, track: TrackData): number => {
  const last = lastOf(person);
  const [endMs, startMs] = [last?.t.at(-1), track.t[0]];
  if (last === undefined || endMs === undefined || startMs === undefined || startMs <= endMs) {
    return 0;
  }
  const alike = Math.max(...person.tracks.map(({ look }) => likeness(look, track.look)));
  const shared = overlap(last.lastBox, track.firstBox);
  if (startMs - endMs <= SEAM_GAP_MS && shared > OVERLAP_AT_SEAM && alike > LIKE_AT_SEAM) {
    return 1 + shared + alike;
  }
  return alike > LIKE_LATER ? alike : 0;
};

const meanColumn = (track: TrackData, name: 'confidence' | 'width'): number => {
  const column = columnIndex(name);
  let sum = 0;
  for (let row = 0; row < track.t.length; row += 1) {
    sum += track.values[row * COLUMNS.length + column] ?? 0;
  }
  return sum / Math.max(1, track.t.length);
};

const isFalseFind = (person: Person, clipFrames: number): boolean => {
  const frames = person.tracks.reduce((sum, { t }) => sum + t.length, 0);
  const detection = Math.max(...person.tracks.map((track) => track.detection));
  const confidence = Math.max(...person.tracks.map((track) => meanColumn(track, 'confidence')));
  return clipFrames > 2 * FEWEST_FRAMES && frames < FEWEST_FRAMES && (detection < SURE || confidence < SURE);
};

/** People in the order of their first frame, larger faces first. */
export const stitch = (chunks: readonly ChunkResult[]): Person[] => {
  const people: Person[] = [];
  for (const { tracks } of chunks) {
    const pairs = people.flatMap((person) =>
      tracks.map((track) => ({ person, track, score: continuity(person, track) })),
    );
    const placed = new Set<TrackData>();
    const extended = new Set<Person>();
    for (const { person, track, score } of pairs.toSorted((one, other) => other.score - one.score)) {
      if (score > 0 && !placed.has(track) && !extended.has(person)) {
        placed.add(track);
        extended.add(person);
        person.tracks.push(track);
      }
    }
    people.push(
      ...tracks.filter((track) => !placed.has(track) && track.t.length > 0).map((track) => ({ tracks: [track] })),
    );
  }
  const clipFrames = chunks.reduce((sum, { t }) => sum + t.length, 0);
  const firstMs = (person: Person): number => person.tracks[0]?.t[0] ?? 0;
  const size = (person: Person): number => Math.max(...person.tracks.map((track) => meanColumn(track, 'width')));
  return people
    .filter((person) => !isFalseFind(person, clipFrames))
    .toSorted((one, other) => firstMs(one) - firstMs(other) || size(other) - size(one));
};
