import { describe, expect, it } from 'vitest';
import { createChannelMixer } from '../../src/media/mix-channels.ts';

const RATE = 16_000;
const tone =
  (hertz: number, amplitude = 0.4): ((index: number) => number) =>
  (index) =>
    amplitude * Math.sin((2 * Math.PI * hertz * index) / RATE);
const silence = (): number => 0;

/** A second of interleaved channels. */
const together = (...channels: ReadonlyArray<(index: number) => number>): Float32Array =>
  Float32Array.from({ length: RATE * channels.length }, (_, index) =>
    (channels[index % channels.length] ?? silence)(Math.floor(index / channels.length)),
  );
const level = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const mixed = (...channels: ReadonlyArray<(index: number) => number>) => {
  const mixer = createChannelMixer(channels.length);
  return { level: level(mixer.mix(together(...channels))), ...mixer.report() };
};
const ALONE = 0.4 / Math.SQRT2;

describe('channels made one', () => {
  it.each([
    ['two that are equal', [tone(300), tone(300)], ALONE, 0],
    ['the left one dead', [silence, tone(300)], ALONE, 1],
    ['the right one dead but for a hum 60 dB below', [tone(300), tone(50, 0.0004)], ALONE, 1],
    ['one wired the wrong way round', [tone(300), (index: number) => -tone(300)(index)], ALONE, 0],
    ['a voice in the middle of 5.1 alone', [silence, silence, tone(300), silence, silence, silence], ALONE, 4],
  ] as const)('%s: at the level of one, and told', (_, channels, expected, dead) => {
    const heard = mixed(...channels);
    expect(heard.level).toBeGreaterThan(expected * 0.95);
    expect(heard.level).toBeLessThan(expected * 1.05);
    expect(heard.dead).toBe(dead);
  });

  it('leaves the thunder of 5.1 out', () => {
    const heard = mixed(tone(300), tone(300), tone(300), tone(60, 0.9), tone(300), tone(300));
    expect(heard.level).toBeCloseTo(ALONE, 2);
    expect(heard.dead).toBe(0);
  });

  it('tells of no dead channel where there is one only, or nothing at all', () => {
    expect(mixed(tone(300)).dead).toBeNull();
    expect(mixed(silence, silence).dead).toBeNull();
  });

  it('does not depend on how the sound is cut into blocks of stretches', () => {
    const sound = together(silence, tone(300));
    const [whole, pieces] = [createChannelMixer(2), createChannelMixer(2)];
    const all = whole.mix(sound).slice();
    const parts = [0, 1024 * 4, 1024 * 9].flatMap((from, index, cuts) => [...pieces.mix(sound.subarray(from, cuts[index + 1] ?? sound.length))]); // biome-ignore format: short
    expect(parts).toEqual([...all]);
  });
});
