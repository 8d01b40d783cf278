import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/contracts/index.ts';
import { observed, unitsOf } from './support.ts';
import { clipOf, course, noise, photoOf, seeded, subjectOf, timesOf } from './synthetic.ts';

const wave = (from: number, to: number, size: number, periodMs: number) => (t: number) =>
  t > from && t < to ? size * Math.sin((2 * Math.PI * (t - from)) / periodMs) : 0;

const movements = (observations: readonly Observation[]): Array<string | null> =>
  observations.flatMap((observation) => (observation.kind === 'head' ? [observation.head.movement] : []));

describe('the head', () => {
  it('nods in pitch and shakes in yaw', async () => {
    const times = timesOf(8000);
    const nodding = await observed(clipOf([subjectOf({ times, pitch: wave(2000, 4000, 7, 600) })]));
    const shaking = await observed(clipOf([subjectOf({ times, yaw: wave(2000, 4000, 9, 700) })]));
    expect(movements(nodding.observations)).toContain('nod');
    expect(movements(nodding.observations)).not.toContain('shake');
    expect(movements(shaking.observations)).toContain('shake');
    expect(nodding.observations.find(({ text }) => text.includes('nods 3 times'))).toBeDefined();
  });

  it("turns to the person's own side, and tilts", async () => {
    const times = timesOf(8000);
    const analysis = await observed(
      clipOf([subjectOf({ times, yaw: (t) => (t > 3000 && t < 5000 ? 30 : 0), roll: (t) => (t > 6000 ? -20 : 0) })]),
    );
    const turn = analysis.observations.find((one) => one.kind === 'head' && one.head.movement === 'turn');
    expect(turn?.text).toContain("the person's own left");
    expect(turn?.range.startMs).toBeGreaterThan(2700);
    expect(analysis.observations.find(({ text }) => text.includes('right shoulder'))).toBeDefined();
  });

  it('is still where only the measurement trembles', async () => {
    const random = seeded(3);
    const tremble = (): number => noise(random, 0.6);
    const analysis = await observed(
      clipOf([subjectOf({ times: timesOf(8000), yaw: tremble, pitch: tremble, roll: tremble })]),
    );
    expect(movements(analysis.observations)).toEqual(['still']);
  });

  it('has one pose in a photo', async () => {
    const analysis = await observed(photoOf({ yaw: () => -25 }));
    expect(analysis.observations.filter(({ kind }) => kind === 'head').map(({ text }) => text)).toEqual([
      "The head is turned 25° to the person's own right.",
    ]);
  });
});

describe('the eyes', () => {
  it('blink shortly, and are closed where it lasts', async () => {
    const units = {
      AU45: course([
        { onsetMs: 1000, apexMs: 1100, offsetMs: 1250, intensity: 5 },
        { onsetMs: 3000, apexMs: 3100, offsetMs: 3250, intensity: 5 },
        { onsetMs: 6000, apexMs: 6800, offsetMs: 8000, intensity: 5 },
      ]),
    };
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(10_000), units })]));
    const blink = analysis.observations.find((one) => one.kind === 'blink');
    expect(blink?.kind === 'blink' ? blink.blink.count : null).toBe(2);
    expect(unitsOf(analysis, 'AU45')).toEqual([]);
    expect(unitsOf(analysis, 'AU43', 'present')).toHaveLength(1);
  });

  it('are not tightened by a blink, and blink while they are narrowed', async () => {
    const blinks = course([
      { onsetMs: 2000, apexMs: 2080, offsetMs: 2200, intensity: 4 },
      { onsetMs: 5000, apexMs: 5080, offsetMs: 5200, intensity: 4.5 },
    ]);
    const narrowed = (t: number): number => (t > 4000 && t < 7000 ? 2 : 0);
    const units = { AU45: (t: number) => Math.max(blinks(t), narrowed(t)), AU7: blinks, AU6: blinks };
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(9000), units })]));
    expect(unitsOf(analysis, 'AU7', 'present')).toEqual([]);
    expect(unitsOf(analysis, 'AU6', 'present')).toEqual([]);
    expect(analysis.observations.flatMap((one) => (one.kind === 'blink' ? [one.blink.count] : []))).toEqual([2]);
  });

  it('have no blink rate at a sampling that misses blinks', async () => {
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(10_000, 5), units: { AU45: () => 0 } })]));
    expect(analysis.observations.some(({ kind }) => kind === 'blink')).toBe(false);
    expect(analysis.notMeasured.map(({ what }) => what)).toContain('blinks');
  });

  it('look aside from where they usually look', async () => {
    const times = timesOf(8000);
    const gaze = { yaw: times.map((t) => (t > 3000 && t < 4500 ? -25 : 2)), pitch: times.map(() => 0) };
    const analysis = await observed(clipOf([subjectOf({ times, change: { gaze } })]));
    const directions = analysis.observations.flatMap((one) => (one.kind === 'gaze' ? [one.gaze.direction] : []));
    expect(directions).toEqual(['camera', 'right']);
  });
});

describe('quality', () => {
  const issues = (observations: readonly Observation[]): string[] =>
    observations.flatMap((one) => (one.kind === 'quality' ? [one.quality.issue] : []));

  it('says nothing of a good face', async () => {
    expect(issues((await observed(clipOf([subjectOf({ times: timesOf(4000) })]))).observations)).toEqual([]);
  });

  it('names what is wrong', async () => {
    const cases = {
      small: { interOcular: [20] },
      blurred: { sharpness: [0.1] },
      dark: { brightness: [0.05] },
      bright: { brightness: [0.97] },
      cropped: { box: { x: [-60], y: [80], width: [200], height: [240] } },
      occluded: { visibility: { mouth: [0.1] } },
    };
    for (const [issue, change] of Object.entries(cases)) {
      expect(issues((await observed(photoOf({}, change))).observations)).toEqual([issue]);
    }
    expect(issues((await observed(photoOf({ yaw: () => 50 }))).observations)).toEqual(['turned']);
    expect(issues((await observed(clipOf([subjectOf({ times: timesOf(500) })]))).observations)).toEqual(['brief']);
  });

  it('tells when a hand is before the mouth, and that nobody knows what the mouth does meanwhile', async () => {
    const times = timesOf(10_000);
    const covered = (t: number): boolean => t >= 4000 && t < 7000;
    const change = { visibility: { mouth: times.map((t) => (covered(t) ? 0.1 : 1)) } };
    const units = { AU12: (t: number) => (t >= 1000 && t < 3000 ? 3 : 0), AU4: () => 0 };
    const { observations } = await observed(clipOf([subjectOf({ times, units, change })]));
    const hidden = observations.filter((one) => one.kind === 'quality' && one.quality.issue === 'occluded');
    expect(hidden.map(({ range, text }) => [range, text])).toEqual([
      [{ startMs: 4000, endMs: 7000 }, 'The mouth is hidden between 0:04.0 and 0:07.0.'],
    ]);
    const unseen = observations.flatMap((one) =>
      one.kind === 'action-unit' && one.au.status === 'not-visible' ? [[one.au.code, one.range.startMs]] : [],
    );
    expect(unseen).toEqual([['AU12', 4000]]);
  });

  it('carries what the decoder had to say', async () => {
    const warnings = [{ code: 'media-truncated', message: 'The file ends early.' }];
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(4000) })], { warnings }));
    expect(issues(analysis.observations)).toEqual(['truncated']);
  });
});

describe('recorded model outputs', () => {
  it('become numbers to cite, one for each stretch in which the same score leads', async () => {
    const times = timesOf(8000);
    const flat = times.map(() => 0.02);
    const early = times.map((t) => (t < 4000 ? 0.8 : 0.1));
    const late = times.map((t) => (t < 4000 ? 0.1 : 0.8));
    const expression = {
      anger: flat,
      contempt: flat,
      disgust: flat,
      fear: flat,
      happiness: late,
      neutral: early,
      sadness: flat,
      surprise: flat,
    };
    const affect = { valence: times.map(() => 0.3), arousal: times.map(() => -0.1) };
    const analysis = await observed(clipOf([subjectOf({ times, change: { expression, affect } })]));
    const scores = analysis.observations.flatMap((one) => (one.kind === 'expression' ? [one.expression.scores] : []));
    expect(scores).toHaveLength(3);
    expect(scores[2]?.happiness).toBeCloseTo(0.8, 1);
    expect(analysis.observations.filter(({ kind }) => kind === 'affect')).toHaveLength(3);
  });

  it('are absent where the purpose emptied the columns', async () => {
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(3000) })]));
    expect(analysis.observations.some(({ kind }) => kind === 'expression' || kind === 'affect')).toBe(false);
  });
});
