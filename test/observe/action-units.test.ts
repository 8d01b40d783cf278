import { describe, expect, it } from 'vitest';
import { observed, unitsOf } from './support.ts';
import { clipOf, course, photoOf, seeded, subjectOf, timesOf } from './synthetic.ts';

const FRAME = 1000 / 30;
const zero = (): number => 0;

describe('episodes of an action unit', () => {
  it('recovers onset, apex and offset within two frames, through noise', async () => {
    const errors = { onset: [] as number[], apex: [] as number[], offset: [] as number[] };
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = seeded(seed);
      const onsetMs = 1500 + random() * 2000;
      const apexMs = onsetMs + 200 + random() * 400;
      const offsetMs = apexMs + 250 + random() * 450;
      const event = { onsetMs, apexMs, offsetMs, intensity: 2.5 + random() * 2 };
      const subject = subjectOf({ times: timesOf(8000), units: { AU12: course([event], 0.2) }, noise: 0.1, seed });
      const [episode, ...others] = unitsOf(await observed(clipOf([subject])), 'AU12', 'present');
      expect(others).toEqual([]);
      errors.onset.push(Math.abs((episode?.au.onsetMs ?? Number.NaN) - onsetMs));
      errors.apex.push(Math.abs((episode?.au.apexMs ?? Number.NaN) - apexMs));
      errors.offset.push(Math.abs((episode?.au.offsetMs ?? Number.NaN) - offsetMs));
      expect(Math.abs((episode?.au.intensity ?? 0) - event.intensity)).toBeLessThan(0.5);
    }
    for (const values of Object.values(errors)) {
      const sorted = values.sort((a, b) => a - b);
      expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(1.5 * FRAME);
      expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(2.5 * FRAME);
    }
  });

  it('finds them at uneven times too', async () => {
    const random = seeded(7);
    const times = timesOf(8000).map((t) => Math.round(t + random() * 25));
    const event = { onsetMs: 2000, apexMs: 2600, offsetMs: 3400, intensity: 3 };
    const [episode] = unitsOf(
      await observed(clipOf([subjectOf({ times, units: { AU4: course([event]) }, noise: 0.05 })])),
      'AU4',
      'present',
    );
    expect(Math.abs((episode?.au.apexMs ?? 0) - 2600)).toBeLessThanOrEqual(2 * FRAME);
    expect(Math.abs((episode?.au.onsetMs ?? 0) - 2000)).toBeLessThanOrEqual(2.5 * FRAME);
  });

  it('leaves onset or offset open where they were not seen', async () => {
    const units = { AU12: course([{ onsetMs: -1000, apexMs: 500, offsetMs: 3000, intensity: 4 }]) };
    const [early] = unitsOf(await observed(clipOf([subjectOf({ times: timesOf(6000), units })])), 'AU12', 'present');
    expect(early?.au.onsetMs).toBeNull();
    expect(early?.au.offsetMs).not.toBeNull();
    const late = { AU12: course([{ onsetMs: 4000, apexMs: 5500, offsetMs: 8000, intensity: 4 }]) };
    const [open] = unitsOf(
      await observed(clipOf([subjectOf({ times: timesOf(6000), units: late })])),
      'AU12',
      'present',
    );
    expect(open?.au.offsetMs).toBeNull();
    expect(open?.range.endMs).toBe(6000);
  });

  it('does not look across a gap in which the face was out of view', async () => {
    const times = timesOf(10_000).filter((t) => t < 4000 || t > 7000);
    const analysis = await observed(
      clipOf([subjectOf({ times, units: { AU12: (t) => (t > 2000 && t < 9000 ? 3 : 0) } })]),
    );
    const episodes = unitsOf(analysis, 'AU12', 'present');
    expect(episodes.map(({ au }) => [au.onsetMs === null, au.offsetMs === null])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(episodes[0]?.range.endMs).toBeLessThan(4100);
  });

  it('splits what falls back deeply and rises again', async () => {
    const units = {
      AU12: course([
        { onsetMs: 1000, apexMs: 2000, offsetMs: 3200, intensity: 4.5 },
        { onsetMs: 2200, apexMs: 4000, offsetMs: 5000, intensity: 4.5 },
      ]),
    };
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(6000), units })]));
    const valley = units.AU12(2700);
    expect(valley).toBeGreaterThan(1);
    expect(unitsOf(analysis, 'AU12', 'present')).toHaveLength(2);
  });

  it('tells a movement that fades to a trace from one that goes on', async () => {
    const units = { AU12: (t: number) => (t < 4400 ? 4.7 : t > 5200 ? 2.1 : 4.7 - (2.6 * (t - 4400)) / 800) };
    const episodes = unitsOf(
      await observed(clipOf([subjectOf({ times: timesOf(7000), units, noise: 0.08 })])),
      'AU12',
      'present',
    );
    expect(episodes.map(({ au }) => au.letter)).toEqual(['E', 'B']);
    expect(Math.abs((episodes[0]?.au.offsetMs ?? 0) - 5200)).toBeLessThanOrEqual(4 * FRAME);
    expect(episodes[1]?.au.offsetMs).toBeNull();
  });

  it('puts the apex of a movement that is held where it is first reached', async () => {
    const held = (t: number): number => Math.max(0, Math.min(3, (t - 1000) / 100, (6000 - t) / 100));
    const [episode] = unitsOf(
      await observed(clipOf([subjectOf({ times: timesOf(8000), units: { AU12: held }, noise: 0.08 })])),
      'AU12',
      'present',
    );
    expect(Math.abs((episode?.au.apexMs ?? 0) - 1300)).toBeLessThanOrEqual(3 * FRAME);
    expect(episode?.text).not.toContain('most at');
  });

  it('bridges the syllables of a talking mouth into one episode', async () => {
    const units = { AU25: (t: number) => (t > 1000 && t < 7000 && Math.sin(t / 80) > 0 ? 2.5 : 0) };
    const episodes = unitsOf(await observed(clipOf([subjectOf({ times: timesOf(9000), units })])), 'AU25', 'present');
    expect(episodes).toHaveLength(1);
    expect(episodes[0]?.text).toContain('off and on');
  });

  it('takes a blip of one or two frames for noise', async () => {
    const units = { AU12: (t: number) => (t > 2000 && t < 2050 ? 4 : 0) };
    expect(unitsOf(await observed(clipOf([subjectOf({ times: timesOf(6000), units })])), 'AU12', 'present')).toEqual(
      [],
    );
  });
});

describe('the resting level of a person', () => {
  it('does not take a constantly lowered brow for an event, and says so once', async () => {
    for (const offset of [1.5, 2, 2.8]) {
      const subject = subjectOf({ times: timesOf(10_000), units: { AU4: () => offset, AU12: zero }, noise: 0.2 });
      const found = unitsOf(await observed(clipOf([subject])), 'AU4');
      expect(found.map(({ au }) => au.status)).toEqual(['below-threshold']);
      expect(found[0]?.text).toMatch(/rest/);
      expect(found[0]?.au.overBaseline).toBeLessThan(0.5);
    }
  });

  it('still sees what goes beyond it', async () => {
    const events = [{ onsetMs: 4000, apexMs: 4500, offsetMs: 5500, intensity: 4 }];
    const subject = subjectOf({ times: timesOf(10_000), units: { AU4: course(events, 2) }, noise: 0.1 });
    const [episode, ...others] = unitsOf(await observed(clipOf([subject])), 'AU4', 'present');
    expect(others).toEqual([]);
    expect(episode?.au.overBaseline).toBeGreaterThan(1.6);
    expect(episode?.au.overBaseline).toBeLessThan(2.4);
    expect(Math.abs((episode?.au.onsetMs ?? 0) - 4000)).toBeLessThanOrEqual(3 * FRAME);
  });

  it('is not lifted by a clip that starts in the middle of a pulled mouth', async () => {
    const units = { AU12: (t: number) => (t < 5000 ? 3.5 : 0.1), AU6: (t: number) => (t < 5000 ? 3 : 0.1) };
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(10_000), units, noise: 0.1 })]));
    const [episode] = unitsOf(analysis, 'AU12', 'present');
    expect(episode?.au.overBaseline).toBeGreaterThan(3);
    expect(episode?.range.startMs).toBe(0);
  });

  it('keeps a strong lip-corner pull that lasts for the whole clip as an event: no face is built like that', async () => {
    const units = { AU12: () => 3.2 };
    const [episode] = unitsOf(
      await observed(clipOf([subjectOf({ times: timesOf(10_000), units, noise: 0.1 })])),
      'AU12',
    );
    expect(episode?.au.status).toBe('present');
    expect(episode?.text).toMatch(/^Throughout/);
  });
});

describe('sides', () => {
  it('names a side only where the sides clearly differ', async () => {
    const rise = (intensity: number) => course([{ onsetMs: 2000, apexMs: 2500, offsetMs: 3500, intensity }]);
    const sideFor = async (left: number, right: number): Promise<string | undefined> => {
      const units = { AU12: { left: rise(left), right: rise(right) } };
      const analysis = await observed(clipOf([subjectOf({ times: timesOf(6000), units, noise: 0.08 })]));
      return unitsOf(analysis, 'AU12', 'present')[0]?.au.side;
    };
    expect(await sideFor(3, 0.4)).toBe('left');
    expect(await sideFor(0.4, 3)).toBe('right');
    expect(await sideFor(3, 2.4)).toBe('both');
    expect(await sideFor(1.4, 0.9)).toBe('both');
  });

  it('tells both from one within the same movement', async () => {
    const units = {
      AU2: {
        left: (t: number) => (t > 2000 && t < 6000 ? 3 : 0),
        right: (t: number) => (t > 2000 && t < 4000 ? 3 : 0),
      },
    };
    const episodes = unitsOf(await observed(clipOf([subjectOf({ times: timesOf(8000), units })])), 'AU2', 'present');
    expect(episodes.map(({ au }) => au.side)).toEqual(['both', 'left']);
    expect(Math.abs((episodes[1]?.range.startMs ?? 0) - 4000)).toBeLessThanOrEqual(3 * FRAME);
  });

  it('does not take a face that is built unevenly for a one-sided movement', async () => {
    const units = {
      AU2: {
        left: course([{ onsetMs: 3000, apexMs: 3500, offsetMs: 4500, intensity: 3 }], 1.4),
        right: course([{ onsetMs: 3000, apexMs: 3500, offsetMs: 4500, intensity: 1.9 }], 0.1),
      },
    };
    const [episode] = unitsOf(await observed(clipOf([subjectOf({ times: timesOf(8000), units })])), 'AU2', 'present');
    expect(episode?.au.side).toBe('both');
  });
});

describe('micro-expressions', () => {
  const brief = { AU9: course([{ onsetMs: 3000, apexMs: 3160, offsetMs: 3360, intensity: 3.5 }]) };

  it('are claimed at 25 frames a second and more', async () => {
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(8000, 30), units: brief })]));
    expect(unitsOf(analysis, 'AU9', 'present')[0]?.au.micro).toBe(true);
    expect(analysis.notMeasured.some(({ what }) => what === 'micro-expressions')).toBe(false);
  });

  it('are not measured, with the reason, below', async () => {
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(8000, 15), units: brief })]));
    expect(unitsOf(analysis, 'AU9').every(({ au }) => !au.micro)).toBe(true);
    expect(analysis.notMeasured.find(({ what }) => what === 'micro-expressions')?.why).toContain('15 frames a second');
  });

  it('are neither long nor slow to rise', async () => {
    const slow = { AU9: course([{ onsetMs: 3000, apexMs: 3400, offsetMs: 3500, intensity: 4 }]) };
    const long = { AU9: course([{ onsetMs: 3000, apexMs: 3150, offsetMs: 3900, intensity: 4 }]) };
    for (const units of [slow, long]) {
      const analysis = await observed(clipOf([subjectOf({ times: timesOf(8000, 30), units })]));
      expect(unitsOf(analysis, 'AU9', 'present').map(({ au }) => au.micro)).toEqual([false]);
    }
  });
});

describe('a photo', () => {
  it('gives present units without times, and the absences that matter', async () => {
    const analysis = await observed(
      photoOf({ units: { AU12: { left: () => 3, right: () => 2.8 }, AU6: () => 0.4, AU4: zero, AU24: zero } }),
    );
    const [smile] = unitsOf(analysis, 'AU12');
    expect(smile?.au).toMatchObject({
      status: 'present',
      intensity: 3,
      letter: 'C',
      side: 'both',
      onsetMs: null,
      apexMs: null,
    });
    expect(smile?.text).not.toMatch(/\d:\d\d/);
    expect(unitsOf(analysis, 'AU6').map(({ au }) => au.status)).toEqual(['below-threshold']);
    expect(unitsOf(analysis, 'AU4').map(({ au }) => au.status)).toEqual(['below-threshold']);
    expect(unitsOf(analysis, 'AU24')).toEqual([]);
  });

  it('keeps hidden, unmeasured and absent apart', async () => {
    const analysis = await observed(
      photoOf({ units: { AU12: () => 3, AU4: zero, AU6: zero } }, { visibility: { mouth: [0.1] } }),
    );
    expect(unitsOf(analysis, 'AU12').map(({ au }) => [au.status, au.intensity])).toEqual([['not-visible', null]]);
    expect(unitsOf(analysis, 'AU1').map(({ au }) => [au.status, au.intensity])).toEqual([['not-measured', null]]);
    expect(unitsOf(analysis, 'AU4').map(({ au }) => [au.status, au.intensity])).toEqual([['below-threshold', 0]]);
    expect(analysis.notMeasured.some(({ what }) => what.includes('AU1,'))).toBe(true);
  });
});

describe('a clip', () => {
  it('says when the cheeks stay away from one lip-corner pull but not from the other', async () => {
    const pull = (onsetMs: number) => ({ onsetMs, apexMs: onsetMs + 500, offsetMs: onsetMs + 1500, intensity: 3.5 });
    const units = { AU12: course([pull(1000), pull(5000)]), AU6: course([pull(1000)]) };
    const analysis = await observed(clipOf([subjectOf({ times: timesOf(9000), units })]));
    const [absence, ...others] = unitsOf(analysis, 'AU6', 'below-threshold');
    expect(others).toEqual([]);
    expect(absence?.range.startMs).toBeGreaterThan(4500);
    expect(absence?.text).toContain('not raised');
  });

  it('stays short enough to be read, however long and lively it is', async () => {
    const codes = [
      'AU1',
      'AU2',
      'AU4',
      'AU5',
      'AU6',
      'AU7',
      'AU9',
      'AU10',
      'AU12',
      'AU14',
      'AU15',
      'AU17',
      'AU23',
      'AU25',
      'AU26',
    ] as const;
    const units = Object.fromEntries(
      codes.map((code, index) => [code, (t: number) => 2 + 2 * Math.sin(t / (300 + 40 * index))]),
    );
    const short = await observed(clipOf([subjectOf({ times: timesOf(20_000), units, noise: 0.2 })]));
    expect(short.observations.length).toBeLessThan(50);
    expect(short.warnings.map(({ code }) => code)).toContain('observations-limited');
    const long = await observed(clipOf([subjectOf({ times: timesOf(20 * 60_000, 10), units, noise: 0.2 })]));
    expect(long.observations.length).toBeLessThan(180);
  });
});
