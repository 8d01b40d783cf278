import { scaleLinear } from 'd3-scale';
import { describe, expect, it } from 'vitest';
import type { Analysis, VoicePercepts } from '../../src/contracts/index.ts';
import { voiceLanes } from '../../src/present/html/voice-lanes.ts';
import { evidenceHeading, overTimeHeading } from '../../src/present/view/headings.ts';

const clip: Analysis['clip'] = {
  digest: 'ab'.repeat(32),
  kind: 'audio',
  durationMs: 2000,
  width: null,
  height: null,
  fps: null,
  hasAudio: true,
  hasSpeech: true,
};
const analysis: Analysis = {
  schema: 'whyface/analysis@1',
  id: '0123456789abcdef',
  clip,
  subjects: [],
  observations: [
    { id: 'o1', kind: 'voice', subject: null, range: { startMs: 500, endMs: 1500 }, confidence: 0.5, source: 'voice', text: 'The pitch of the voice is raised.', voice: { feature: 'pitch', value: 220, unit: 'Hz', relative: 2, word: 'raised' } },
    { id: 'o2', kind: 'speech', subject: null, range: { startMs: 500, endMs: 1500 }, confidence: 0.9, source: 'sidecar/srt', text: 'A voice says "<b>".', speech: { quote: '<b>Hi</b>', words: [], language: 'en', speaker: null } },
  ],
  notMeasured: [],
  warnings: [],
  models: [],
  sampling: { fps: 0, frames: 0 },
  timings: {},
}; // biome-ignore format: one table
const steps = Array.from({ length: 100 }, (_, index) => index * 20 + 10);
const voice: VoicePercepts = {
  stepMs: 20,
  t: steps,
  pitch: steps.map((ms) => (ms >= 500 && ms < 1500 ? 200 + ms / 50 : null)),
  loudness: steps.map((ms) => (ms >= 500 && ms < 1500 ? -20 : -60)),
  voicing: steps.map(() => 0.9),
  speech: steps.map(() => 0.9),
  detector: 'voice-activity',
  segments: [{ startMs: 500, endMs: 1500 }],
  utterances: [],
  bursts: [],
  quality: { channels: 1, sampleRate: 16_000, noiseLevel: -60, speechToNoise: 40, bandwidth: 7000, clippedShare: 0, silentShare: 0, unvoicedShare: 0, deadChannels: null },
}; // biome-ignore format: one table

const drawn = (heard: VoicePercepts | null, range = { startMs: 0, endMs: 2000 }): string =>
  voiceLanes({ analysis, voice: heard, subject: null, range, x: scaleLinear([range.startMs, range.endMs], [0, 1000]), apexMs: null, recordPrefix: 'r' }).join('\n'); // biome-ignore format: short

describe('the lanes of the voice', () => {
  it('are pitch, loudness, speech and words, at their times, linked to what was observed', () => {
    const html = drawn(voice);
    expect([...html.matchAll(/<b>(\w+)<\/b>/g)].map(([, name]) => name)).toEqual([
      'Pitch',
      'Loudness',
      'Speech',
      'Words',
    ]);
    expect(html).toContain('210–230 Hz');
    expect(html).toContain('x="250" y="12" width="500"');
    expect(html).toContain('href="#r-o1"');
    expect(html).not.toContain('<b>Hi');
  });

  it('are not there where nobody speaks, and words alone where nobody listened', () => {
    expect(drawn({ ...voice, segments: [] }, { startMs: 1600, endMs: 2000 })).toBe('');
    expect([...drawn(null).matchAll(/<b>(\w+)<\/b>/g)].map(([, name]) => name)).toEqual(['Words']);
  });

  it('have headings that say what was heard and not seen', () => {
    expect(evidenceHeading(analysis)).toBe('What was heard');
    expect(evidenceHeading({ clip: { ...clip, kind: 'video' }, subjects: [{ id: 'P1', firstMs: 0, lastMs: 1, frames: 1, speaks: null }] })).toBe('What was seen'); // biome-ignore format: short
    expect(overTimeHeading(analysis, { subject: null })).toBe('The voice over time');
  });
});
