import { describe, expect, it } from 'vitest';
import type { Claim, Observation } from '../../src/contracts/index.ts';
import { claimsOf, sceneOf, unit, verdictOf } from './scene.ts';

const common = { subject: 'P1', range: { startMs: 0, endMs: 4000 }, confidence: 0.9, source: 'test', text: 'Made up.' };
const observations: Observation[] = [
  { ...common, id: 'o1', kind: 'head', head: { yaw: 3, pitch: -2, roll: -14, movement: 'tilt' } },
  { ...common, id: 'o2', kind: 'head', range: { startMs: 5000, endMs: 6000 }, head: { yaw: 0, pitch: 0, roll: 0, movement: 'nod' } },
  { ...common, id: 'o3', kind: 'gaze', gaze: { yaw: 22, pitch: 0, direction: 'left' } },
  { ...common, id: 'o4', kind: 'blink', blink: { count: 3, perMinute: 45, closureMs: 180 } },
  { ...common, id: 'o5', kind: 'voice', voice: { feature: 'pitch', value: 240, unit: 'Hz', relative: 1.8, word: 'raised' } },
  { ...common, id: 'o6', kind: 'voice', voice: { feature: 'speech-rate', value: 2.1, unit: 'syllables/s', relative: -1.4, word: 'slow' } },
  {
    ...common, id: 'o7', kind: 'speech', range: { startMs: 1000, endMs: 3400 },
    speech: { quote: "Well, I'm not going to say that again, okay?", words: [], language: 'en', speaker: 'P1' },
  },
  { ...common, id: 'o8', kind: 'quality', quality: { issue: 'blurred', region: null, severity: 0.5 } },
  unit('o9', { code: 'AU12' }),
  unit('o10', { code: 'AU15' }),
]; // biome-ignore format: one observation a block
const scene = sceneOf(observations);

type Row = readonly [text: string, cites: readonly string[], verdict: Claim['verdict']];
const check = (rows: readonly Row[]): void => {
  it.each(rows)('%s %j: %s', (text, cites, verdict) => {
    expect(verdictOf(text, cites, scene)).toBe(verdict);
  });
};

describe('head, gaze and blinks', () => {
  check([
    ["The head is tilted towards the person's right shoulder.", ['o1'], 'supported'],
    ['The head tilts to the left.', ['o1'], 'contradicted'],
    ['She nods.', ['o2'], 'supported'],
    ['She shakes her head.', ['o2'], 'contradicted'],
    ['The eyes look to the left.', ['o3'], 'supported'],
    ['Her gaze is directed to the right.', ['o3'], 'contradicted'],
    ['She looks away from the camera.', ['o3'], 'supported'],
    ['She looks straight into the camera.', ['o3'], 'contradicted'],
    ['He blinks three times.', ['o4'], 'supported'],
    ['He blinks twice.', ['o4'], 'unsupported'],
    ['He does not blink.', ['o4'], 'contradicted'],
    ['The picture is blurred.', ['o8'], 'supported'],
    ['The picture is overexposed.', ['o8'], 'contradicted'],
  ]);
});

describe('voice', () => {
  check([
    ['The pitch of her voice is raised.', ['o5'], 'supported'],
    ['Her voice is higher than usual.', ['o5'], 'supported'],
    ['The pitch falls below her average.', ['o5'], 'contradicted'],
    ['She speaks slowly.', ['o6'], 'supported'],
    ['She talks fast.', ['o6'], 'contradicted'],
    ['Her voice trembles.', ['o5', 'o6'], 'unsupported'],
  ]);
});

describe('quotations', () => {
  check([
    ['She says "I\'m not going to say that again".', ['o7'], 'supported'],
    ['She says “I am not going to say that again”.', ['o7'], 'supported'],
    ["The words 'not gonna say that' are hers.", ['o7'], 'supported'],
    ['She says "I\'m not … again".', ['o7'], 'supported'],
    ['She says "I\'m not going to do that again".', ['o7'], 'contradicted'],
    ['She says "that again, I\'m not going".', ['o7'], 'contradicted'],
    ['P2 says "say that again".', ['o7'], 'contradicted'],
    ['She says "say that again".', ['o9'], 'unsupported'],
    ['The so-called "lip corner puller" is at work.', ['o9'], 'untestable'],
  ]);

  it('says how the words were where it had to be tolerant', () => {
    const claim = claimsOf('She says "I am not gonna say that".', ['o7'], scene)[0];
    expect(claim?.detail).toContain("Well, I'm not going to say that again, okay?");
  });
});

describe('the expression that is named', () => {
  const rows: readonly (readonly [string, readonly string[], Claim['verdict']])[] = [
    ['The face reads as happiness.', ['o9'], 'supported'],
    ['The face reads as joy.', ['o9'], 'supported'],
    ['The face reads as sadness.', ['o10'], 'supported'],
    ['The face reads as anger.', ['o9'], 'unsupported'],
    ['The face does not read as anger.', ['o9'], 'untestable'],
  ];
  it.each(rows)('%s %j: %s', (text, cites, verdict) => {
    expect(verdictOf(text, cites, scene, 'conclusion')).toBe(verdict);
  });
});
