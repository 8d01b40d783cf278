import { describe, expect, it } from 'vitest';
import type { ActionUnitCode, Analysis, ObservationOf, Percepts } from '../../src/contracts/index.ts';
import { findEmotionWords } from '../../src/facs/emotion-words.ts';
import { rarityOfPair } from '../../src/facs/index.ts';
import { observe } from '../../src/observe/index.ts';
import { clipOf, course, type Event, photoOf, subjectOf, timesOf, type UnitCourse } from './synthetic.ts';

const analysed = (percepts: Percepts): Promise<Analysis> =>
  observe(percepts, { fps: 'all', purpose: 'unspecified' }, { version: 'test' });

const dynamicsOf = async (percepts: Percepts): Promise<ObservationOf<'dynamics'>> => {
  const { observations, notMeasured } = await analysed(percepts);
  const found = observations.find((observation) => observation.kind === 'dynamics');
  if (found === undefined) {
    throw new Error(`not measured: ${JSON.stringify(notMeasured)}`);
  }
  return found;
};

const EVENT: Event = { onsetMs: 800, apexMs: 1400, offsetMs: 3000, intensity: 4 };
const smooth = course([EVENT], 0.1);
/** The same movement, taken back by half five times a second. */
const jerky = (t: number): number => smooth(t) * (t % 400 < 200 ? 1 : 0.6);
const clip = (units: Partial<Record<ActionUnitCode, UnitCourse>>, durationMs = 5000, fps = 30): Percepts =>
  clipOf([subjectOf({ times: timesOf(durationMs, fps), units, noise: 0.05 })]);
const both = (unit: (t: number) => number): UnitCourse => ({ left: unit, right: unit });

describe('irregularity of movements', () => {
  it('is near 0 for one smooth, even movement of a common pair', async () => {
    const { dynamics } = await dynamicsOf(clip({ AU12: both(smooth), AU6: both(smooth) }));
    expect(dynamics.parts.jerk).toBeLessThan(0.1);
    expect(dynamics.parts.asymmetry).toBeLessThan(0.1);
    expect(dynamics.parts.coActivation).toBe(0);
    expect(dynamics.score).toBeLessThan(0.1);
  });

  it('rises in the part that is irregular, and in no other', async () => {
    const calm = (await dynamicsOf(clip({ AU12: both(smooth), AU6: both(smooth) }))).dynamics.parts;
    const fluttering = (await dynamicsOf(clip({ AU12: both(jerky), AU6: both(jerky) }))).dynamics.parts;
    expect(fluttering.jerk).toBeGreaterThan((calm.jerk ?? 0) + 0.3);
    expect(fluttering.asymmetry).toBeLessThan(0.1);
    const oneSided = (await dynamicsOf(clip({ AU12: { left: smooth, right: (t) => 0.25 * smooth(t) } }))).dynamics
      .parts;
    expect(oneSided.asymmetry).toBeGreaterThan(0.6);
    expect(oneSided.jerk).toBeLessThan(0.1);
    const odd = (await dynamicsOf(clip({ AU12: both(smooth), AU15: both(smooth) }))).dynamics.parts;
    expect(odd.coActivation).toBeGreaterThan(0.5);
  });

  it('does not take the far side of a turned head for asymmetry', async () => {
    const turned = clipOf([
      subjectOf({
        times: timesOf(5000),
        units: { AU12: { left: smooth, right: (t) => 0.2 * smooth(t) } },
        yaw: () => 35,
      }),
    ]);
    expect((await dynamicsOf(turned)).dynamics.parts.asymmetry).toBeNull();
  });

  it('is not measured in short or slowly sampled clips, where nothing moves, and says why; photos are not asked', async () => {
    const reasonOf = async (percepts: Percepts): Promise<string | undefined> => {
      const { observations, notMeasured } = await analysed(percepts);
      expect(observations.some(({ kind }) => kind === 'dynamics')).toBe(false);
      return notMeasured.find(({ what }) => what === 'irregularity of the movements')?.why;
    };
    expect(await reasonOf(clip({ AU12: both(smooth) }, 1800))).toMatch(/2 s/);
    expect(await reasonOf(clip({ AU12: both(smooth) }, 5000, 10))).toMatch(/10 frames a second.*at least 15/);
    expect(await reasonOf(clip({ AU12: both(() => 0.1) }))).toMatch(/Too little moves/);
    expect(await reasonOf(photoOf({ units: { AU12: () => 3 } }))).toBeUndefined();
  });

  it('is worded without emotions and without a diagnosis', async () => {
    const { text } = await dynamicsOf(clip({ AU12: both(jerky), AU15: both(smooth) }));
    expect(findEmotionWords(text)).toEqual([]);
    expect(text).not.toMatch(/atypical|abnormal|normal|disorder|autis|symptom|patient|diagnos/i);
    expect(text).toMatch(/AU12 with AU15/);
  });
});

it('knows which pairs of units expressions have', () => {
  expect(rarityOfPair('AU1', 'AU2')).toBe(0);
  expect(rarityOfPair('AU6', 'AU12')).toBe(0);
  expect(rarityOfPair('AU12', 'AU15')).toBeGreaterThan(0.5);
  expect(rarityOfPair('AU15', 'AU12')).toBe(rarityOfPair('AU12', 'AU15'));
});
