import { createHash } from 'node:crypto';
import type { Analysis, Observation } from '../../src/contracts/index.ts';

/** A speech observation of one sentence, as `observe` would number it. */
export const speechObservation = (id: string, quote: string, endMs: number, language: string): Observation => ({
  id,
  kind: 'speech',
  subject: 'P1',
  range: { startMs: 0, endMs },
  confidence: 1,
  source: 'transcript',
  text: `P1 says: "${quote}"`,
  speech: { quote, words: [], language, speaker: 'P1' },
});

const CLIP_MS = 3000;

/** A clip of which nothing but the words is known. */
export const analysisOfTranscript = (name: string, text: string, language: string): Analysis => ({
  schema: 'whyface/analysis@1',
  id: createHash('sha256').update(`${name}\n${text}`).digest('hex').slice(0, 16),
  clip: {
    digest: createHash('sha256').update(text).digest('hex'),
    kind: 'audio',
    durationMs: CLIP_MS,
    width: null,
    height: null,
    fps: null,
    hasAudio: true,
    hasSpeech: text !== '',
  },
  subjects: [{ id: 'P1', firstMs: 0, lastMs: CLIP_MS, frames: 0, speaks: true }],
  observations: text === '' ? [] : [speechObservation('o1', text, CLIP_MS, language)],
  notMeasured: [{ what: 'the face and the voice', why: 'Only the transcript was given.' }],
  warnings: [],
  models: [],
  sampling: { fps: 0, frames: 0 },
  timings: {},
});
