import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Analysis, analysis as analysisSchema } from '../../../src/contracts/index.ts';
import { expressionRuns } from '../../../src/present/web/timeline/expression-runs.ts';
import { lanesOf } from '../../../src/present/web/timeline/lanes.ts';
import { readLane } from '../../../src/present/web/timeline/read-lane.ts';
import { seriesOf } from '../../../src/present/web/worker/pyramid.ts';
import type { SubjectTracks, Tracks } from '../../../src/present/web/worker/tracks.ts';
import { ROOT } from '../../support/shared.ts';

const [record] = [JSON.parse(readFileSync(join(ROOT, 'examples', 'expected', 'clip.json'), 'utf8'))].flat();
const analysis: Analysis = analysisSchema.parse(record.analysis);
const t = Float64Array.from({ length: 150 }, (_, index) => index * 40);
const flat = (value: number) => seriesOf(Float32Array.from(t, () => value));

const person = (id: string): SubjectTracks => ({
  id,
  t,
  box: null,
  head: { yaw: flat(12), pitch: flat(-3), roll: flat(0) },
  gaze: null,
  units: [
    { code: 'AU9', both: flat(0.2), left: null, right: null, threshold: 1.3 },
    { code: 'AU12', both: flat(4.81), left: flat(4.8), right: flat(4.8), threshold: 1.3 },
  ],
  expression: [
    { label: 'happiness', series: flat(0.9) },
    { label: 'neutral', series: flat(0.1) },
  ],
  affect: null,
  shapes: null,
});
const tracks = (...subjects: SubjectTracks[]): Tracks => ({
  frames: t,
  subjects,
  voice: null,
  cues: [],
  timedWords: false,
});
const everybody = { subject: null, everyUnit: false };
const named = (lanes: ReturnType<typeof lanesOf>): string[] => lanes.map(({ name }) => name);

describe('the lanes of a clip', () => {
  it('show the units that act, and the others when they are asked for', () => {
    const acting = named(lanesOf(analysis, tracks(person('P1')), everybody));
    expect(acting).toContain('AU12');
    expect(acting).not.toContain('AU9');
    expect(named(lanesOf(analysis, tracks(person('P1')), { ...everybody, everyUnit: true }))).toContain('AU9');
  });

  it('keep each person together, under their name, where there are several', () => {
    const lanes = lanesOf(analysis, tracks(person('P1'), person('P2')), everybody);
    const heads = lanes.filter(({ kind }) => kind === 'person');
    expect(named(heads)).toEqual(['P1', 'P2']);
    const between = lanes.slice(
      lanes.findIndex(({ key }) => key === 'P1') + 1,
      lanes.findIndex(({ key }) => key === 'P2'),
    );
    expect(new Set(between.map(({ subject }) => subject))).toEqual(new Set(['P1']));
    expect(new Set(lanes.map(({ key }) => key)).size).toBe(lanes.length);
  });

  it('carry the episodes of their unit, from onset to offset, with the apex', () => {
    const lane = lanesOf(analysis, tracks(person('P1')), everybody).find(({ name }) => name === 'AU12');
    const episodes = analysis.observations.flatMap((each) =>
      each.kind === 'action-unit' && each.au.code === 'AU12' && each.au.status === 'present' ? [each] : [],
    );
    expect(lane?.bands.map(({ id, apexMs }) => ({ id, apexMs }))).toEqual(
      episodes.map(({ id, au }) => ({ id, apexMs: au.apexMs })),
    );
  });

  it('say what they measure at a moment, and nothing where nothing was measured', () => {
    const lanes = lanesOf(analysis, tracks(person('P1')), everybody);
    const read = (name: string, ms: number): string => {
      const lane = lanes.find((each) => each.name === name);
      return lane === undefined ? 'no such lane' : readLane(lane, ms);
    };
    expect(read('AU12', 1_003)).toBe('4.8');
    expect(read('Head', 1_003)).toBe('12°  -3°');
    expect(read('Expression', 1_003)).toBe('happiness 0.90');
    expect(read('AU12', 60_000)).toBe('–');
  });
});

describe('the leading expression over time', () => {
  it('ignores a flicker, and is nothing while the face is away', () => {
    const times = Float64Array.from([...t.slice(0, 50), ...t.slice(50, 100).map((ms) => ms + 10_000)]);
    const happy = Float32Array.from(times, (_, index) => (index === 20 ? 0.1 : 0.9));
    const runs = expressionRuns(times, [
      { label: 'happiness', series: seriesOf(happy) },
      { label: 'anger', series: seriesOf(happy.map((value) => 1 - value)) },
    ]);
    expect(runs.map(({ label }) => label)).toEqual(['happiness', 'happiness']);
    expect(runs[0]?.endMs).toBeLessThan(3_000);
    expect(runs[1]?.startMs).toBe(12_000);
  });
});
