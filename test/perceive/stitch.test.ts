import { describe, expect, it } from 'vitest';
import { COLUMNS, columnIndex } from '../../src/perceive/face/face-row.ts';
import type { ChunkResult, TrackData } from '../../src/perceive/protocol.ts';
import { stitch } from '../../src/perceive/stitch.ts';

/** Looks of different people hardly overlap: each has gradients in bins of its own. */
const lookOf = (person: number): Float32Array => {
  const look = new Float32Array(288 + 21);
  for (let bin = 0; bin < 16; bin += 1) {
    look[person * 20 + bin] = 0.25;
  }
  return look.fill(0.2 + person * 0.05, 288);
};

const trackOf = (
  person: number,
  fromMs: number,
  toMs: number,
  { x = 100, width = 80, confidence = 1, detection = 0.9 } = {},
): TrackData => {
  const t: number[] = [];
  for (let ms = fromMs; ms < toMs; ms += 40) {
    t.push(ms);
  }
  const values = new Float32Array(t.length * COLUMNS.length);
  for (let row = 0; row < t.length; row += 1) {
    values[row * COLUMNS.length + columnIndex('confidence')] = confidence;
    values[row * COLUMNS.length + columnIndex('width')] = width;
  }
  const box = { x, y: 50, width, height: width };
  return {
    t,
    frame: t.map((ms) => ms / 40),
    values,
    firstBox: box,
    lastBox: box,
    looks: [lookOf(person)],
    detection,
    searches: 1,
    confirmed: 1,
  };
};

const chunkOf = (fromMs: number, toMs: number, ...tracks: TrackData[]): ChunkResult => {
  const { t, frame } = trackOf(0, fromMs, toMs);
  return { t, frame, tracks, cuts: [], warnings: [] };
};

const spans = (chunks: ChunkResult[]): number[][] =>
  stitch(chunks).people.map(({ tracks }) => tracks.flatMap(({ t }) => [t[0] ?? -1, t.at(-1) ?? -1]));

describe('joining the tracks of chunks', () => {
  it('joins a face that goes on at the same place', () => {
    const chunks = [chunkOf(0, 5000, trackOf(1, 0, 5000)), chunkOf(5000, 9000, trackOf(1, 5000, 9000))];
    expect(spans(chunks)).toEqual([[0, 4960, 5000, 8960]]);
  });

  it('keeps two people apart who sit side by side, whatever the order of the tracks', () => {
    const left = { x: 50 };
    const right = { x: 300 };
    const first = chunkOf(0, 5000, trackOf(1, 0, 5000, left), trackOf(2, 0, 5000, right));
    const second = chunkOf(5000, 9000, trackOf(2, 5000, 9000, right), trackOf(1, 5000, 9000, left));
    const { people } = stitch([first, second]);
    expect(people.map(({ tracks }) => tracks.map(({ firstBox }) => firstBox.x))).toEqual([
      [50, 50],
      [300, 300],
    ]);
  });

  it('does not join another person who takes the place at a cut', () => {
    const chunks = [chunkOf(0, 5000, trackOf(1, 0, 5000)), chunkOf(5000, 9000, trackOf(5, 5000, 9000))];
    expect(spans(chunks)).toHaveLength(2);
  });

  it('knows a person who comes back elsewhere', () => {
    const away = { x: 500, width: 60 };
    const chunks = [
      chunkOf(0, 5000, trackOf(1, 0, 2000)),
      chunkOf(5000, 9000, trackOf(3, 5000, 9000)),
      chunkOf(9000, 12_000, trackOf(1, 9000, 12_000, away)),
    ];
    expect(spans(chunks)).toEqual([
      [0, 1960, 9000, 11_960],
      [5000, 8960],
    ]);
  });

  it('never gives a person two faces in one frame', () => {
    const twins = chunkOf(0, 5000, trackOf(1, 0, 5000), trackOf(1, 40, 4000, { x: 400 }));
    expect(spans([twins])).toHaveLength(2);
  });

  it('numbers by first appearance, then by size', () => {
    const chunk = chunkOf(
      0,
      5000,
      trackOf(1, 400, 5000),
      trackOf(2, 0, 5000, { x: 300, width: 40 }),
      trackOf(3, 0, 5000, { x: 500 }),
    );
    expect(stitch([chunk]).people.map(({ tracks }) => tracks[0]?.firstBox.x)).toEqual([500, 300, 100]);
  });

  it('drops finds that no network was sure of, and says how many glimpses it left out', () => {
    const shirt = trackOf(4, 1000, 3000, { x: 400, confidence: 0.9, detection: 0.6 });
    const glimpse = trackOf(7, 2000, 2200, { x: 600 });
    const { people, glimpses } = stitch([chunkOf(0, 8000, trackOf(1, 0, 8000), shirt, glimpse)]);
    expect(people).toHaveLength(1);
    expect(glimpses).toBe(1);
  });
});
