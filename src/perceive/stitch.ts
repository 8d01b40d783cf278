/** Parent side: joins the tracks of independent chunks into the people of a clip. */

import { type LookGallery, remember } from './face/descriptor.ts';
import { COLUMNS, columnIndex } from './face/face-row.ts';
import { overlap } from './face/region.ts';
import { LIKE_ACROSS_CUT, LIKE_IN_SHOT, likenessOfGalleries } from './face/same-person.ts';
import type { ChunkResult, TrackData } from './protocol.ts';

/** Tracks of one person; no frame is in two of them. */
export type Person = { tracks: TrackData[]; looks: LookGallery };

/** Looks kept of one person over the whole clip. */
const MOST_LOOKS = 24;
/** Who shows for less than this joins the most alike of the others, if one is clearly so: few people show so briefly. */
const SHORT_MS = 1_000;
const LIKE_A_GLIMPSE = 0.56;
const CLEARLY = 0.05;
/** Who shows for less than this beside people who show ten times longer is left out, and counted. */
const GLIMPSE_MS = 500;

/** A face at the end of one chunk and the start of the next is the same when this alike (a cut may lie at the seam) … */
const LIKE_AT_SEAM = 0.5;
/** … and at the same place. */
const OVERLAP_AT_SEAM = 0.3;
/** Longest gap between the frames on both sides of a seam. */
const SEAM_GAP_MS = 400;

/** A find of so few frames was none, unless the networks were sure … */
const FEWEST_FRAMES = 3;
const SURE = 0.9;
/** … and so was one of any length that neither network was ever sure of (the folds of a shirt reach 0.63 and 0.93). */
const DOUBTFUL_DETECTION = 0.66;
const DOUBTFUL_PRESENCE = 0.95;
/** Narrower than this (pixels of the analysed frame), patterns look like faces to both networks, unless surely detected. */
const SMALL_FACE = 36;
const SURE_SMALL_DETECTION = 0.7;

const seenTogether = (one: TrackData, other: TrackData): boolean => {
  const [oneEnd, otherEnd] = [one.t.at(-1) ?? 0, other.t.at(-1) ?? 0];
  if ((one.t[0] ?? 0) > otherEnd || (other.t[0] ?? 0) > oneEnd) {
    return false;
  }
  const times = new Set(one.t);
  return other.t.some((ms) => times.has(ms));
};

/** How alike two sets of tracks must be to be one person: more, when every way between them crosses a cut. */
const leastLikeness = (one: readonly TrackData[], other: readonly TrackData[], cuts: readonly number[]): number => {
  const inOneShot = one.some((a) =>
    other.some((b) => {
      const from = Math.min(a.t.at(-1) ?? 0, b.t.at(-1) ?? 0);
      const to = Math.max(a.t[0] ?? 0, b.t[0] ?? 0);
      return !cuts.some((cut) => cut > from && cut <= to);
    }),
  );
  return inOneShot ? LIKE_IN_SHOT : LIKE_ACROSS_CUT;
};

/** How well a track continues a person; 0: it does not. */
const continuity = (person: Person, track: TrackData, cuts: readonly number[]): number => {
  if (person.tracks.some((known) => seenTogether(known, track))) {
    return 0;
  }
  const alike = likenessOfGalleries(person.looks, track.looks);
  const least = leastLikeness(person.tracks, [track], cuts);
  const last = person.tracks.at(-1);
  const [endMs, startMs] = [last?.t.at(-1), track.t[0]];
  if (least === LIKE_IN_SHOT && last !== undefined && endMs !== undefined && startMs !== undefined && startMs > endMs) {
    const shared = overlap(last.lastBox, track.firstBox);
    if (startMs - endMs <= SEAM_GAP_MS && shared > OVERLAP_AT_SEAM && alike > LIKE_AT_SEAM) {
      return 1 + shared + alike;
    }
  }
  return alike > least ? alike : 0;
};

const join = (person: Person, tracks: readonly TrackData[]): void => {
  person.tracks.push(...tracks);
  person.tracks.sort((one, other) => (one.t[0] ?? 0) - (other.t[0] ?? 0));
  for (const look of tracks.flatMap(({ looks }) => looks)) {
    remember(person.looks, look, MOST_LOOKS);
  }
};

const absorb = (people: Person[], { kept, joined }: { kept: Person; joined: Person }): void => {
  join(kept, joined.tracks);
  people.splice(people.indexOf(joined), 1);
};

const framesOf = (person: Person): number => person.tracks.reduce((sum, { t }) => sum + t.length, 0);

const mayBeOne = (one: Person, other: Person): boolean =>
  one !== other && !one.tracks.some((track) => other.tracks.some((known) => seenTogether(track, known)));

type Union = { kept: Person; joined: Person; alike: number };

/** Joins people who turn out to be one when all their looks are known, the most alike first. */
const unite = (people: Person[], cuts: readonly number[]): void => {
  for (;;) {
    const unions = people.flatMap((joined) =>
      people
        .filter((kept) => mayBeOne(kept, joined) && framesOf(kept) >= framesOf(joined))
        .map((kept): Union => ({ kept, joined, alike: likenessOfGalleries(kept.looks, joined.looks) }))
        .filter(({ kept, alike }) => alike > leastLikeness(kept.tracks, joined.tracks, cuts)),
    );
    const [best] = unions.sort((one, other) => other.alike - one.alike);
    if (best === undefined) {
      return;
    }
    absorb(people, best);
  }
};

/** Gives those who were seen only briefly to the one person they clearly resemble. */
const uniteGlimpses = (people: Person[], isBrief: (person: Person) => boolean): void => {
  for (const joined of people.filter(isBrief)) {
    const [best, second] = people
      .filter((kept) => mayBeOne(kept, joined) && framesOf(kept) > framesOf(joined))
      .map((kept): Union => ({ kept, joined, alike: likenessOfGalleries(kept.looks, joined.looks) }))
      .sort((one, other) => other.alike - one.alike);
    if (best !== undefined && best.alike > LIKE_A_GLIMPSE && best.alike - (second?.alike ?? 0) >= CLEARLY) {
      absorb(people, best);
    }
  }
};

type Pair = { person: Person; track: TrackData; score: number };

/** Gives tracks to the people they continue best, one after the other; the rest are people not seen before. */
const place = (people: Person[], tracks: readonly TrackData[], cuts: readonly number[]): void => {
  const waiting = new Set(tracks.filter(({ t }) => t.length > 0));
  for (;;) {
    const pairs = [...waiting].flatMap((track) =>
      people.map((person): Pair => ({ person, track, score: continuity(person, track, cuts) })),
    );
    const best = pairs.reduce<Pair | null>((most, pair) => (pair.score > (most?.score ?? 0) ? pair : most), null);
    const next = best?.track ?? waiting.values().next().value;
    if (next === undefined) {
      return;
    }
    waiting.delete(next);
    if (best === null) {
      people.push({ tracks: [next], looks: [...next.looks] });
    } else {
      join(best.person, [next]);
    }
  }
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
  const frames = framesOf(person);
  const detection = Math.max(...person.tracks.map((track) => track.detection));
  const confidence = Math.max(...person.tracks.map((track) => meanColumn(track, 'confidence')));
  const brief = clipFrames > 2 * FEWEST_FRAMES && frames < FEWEST_FRAMES && (detection < SURE || confidence < SURE);
  const small = person.tracks.every(({ firstBox }) => firstBox.width < SMALL_FACE) && detection < SURE_SMALL_DETECTION;
  return brief || small || (detection < DOUBTFUL_DETECTION && confidence < DOUBTFUL_PRESENCE);
};

export type Stitched = {
  /** In the order of their first frame, larger faces first; the tracks of each in the order of time. */
  people: Person[];
  /** Faces left out because they were seen for less than half a second of a longer clip. */
  glimpses: number;
};

export const stitch = (chunks: readonly ChunkResult[]): Stitched => {
  const people: Person[] = [];
  const cuts = chunks.flatMap((chunk) => chunk.cuts);
  for (const { tracks } of chunks) {
    place(people, tracks, cuts);
  }
  const times = chunks.flatMap(({ t }) => t);
  const clipMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const shownMs = (person: Person): number => (framesOf(person) * clipMs) / Math.max(1, times.length - 1);
  unite(people, cuts);
  uniteGlimpses(people, (person) => shownMs(person) < SHORT_MS);
  const real = people.filter((person) => !isFalseFind(person, times.length));
  const longest = Math.max(0, ...real.map(shownMs));
  const lasting = real.filter((person) => shownMs(person) >= GLIMPSE_MS || longest < 10 * GLIMPSE_MS);
  const firstMs = (person: Person): number => person.tracks[0]?.t[0] ?? 0;
  const size = (person: Person): number => Math.max(...person.tracks.map((track) => meanColumn(track, 'width')));
  return {
    people: lasting.toSorted((one, other) => firstMs(one) - firstMs(other) || size(other) - size(one)),
    glimpses: real.length - lasting.length,
  };
};
