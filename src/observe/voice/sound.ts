import type { ObservationOf, Percepts, VoicePercepts } from '../../contracts/index.ts';
import type { Draft } from '../draft.ts';
import { clamp, rounded } from '../series.ts';

/** Where sound stops being easy to read. */
const SOUND = {
  /** Decibels of speech over the background; telephone research calls 15 dB poor. */
  noisy: 15,
  /** Share of the speech with cut-off peaks. */
  clipped: 0.02,
  /** Hz below which 99.9 % of the energy lies; a telephone carries up to 3400. */
  narrow: 3450,
  /** Share of the time at digital silence. */
  silent: 0.98,
  /** Share of the speech without a pitch: voiced speech stays below .6. */
  whispered: 0.85,
  /** Share of the vowels without one clear pitch: 0.35 at most in 43 recordings of one voice, 0.2–0.6 in two of equal level. */
  overlapping: 0.36,
  /** Decibels over the background from which noise is no reason for it. */
  overlappingOver: 15,
  /** Share of the voiced time on held notes: 0.42 at most in those recordings. */
  sung: 0.6,
} as const;

type Issue = ObservationOf<'quality'>['quality']['issue'];

/** What stands against reading the voice. Its region is `sound`: a face is none the worse for it. */
export const observeSound = (percepts: Percepts, voice: VoicePercepts): Draft[] => {
  const { quality } = voice;
  const drafts: Draft[] = [];
  const say = (issue: Issue, text: string, severity: number, confidence = 0.9): void => {
    drafts.push({
      kind: 'quality',
      subject: null,
      range: { startMs: 0, endMs: Math.round(percepts.clip.durationMs) },
      confidence,
      source: 'sound',
      text,
      quality: { issue, region: 'sound', severity: rounded(clamp(severity, 0, 1), 2) },
    });
  };
  const spoken = voice.segments.length > 0;
  if (quality.silentShare > SOUND.silent) {
    say('silent', 'The sound is silent.', 1);
  } else if (!spoken) {
    say('no-speech', 'There is sound, but no speech in it.', 0.8);
  }
  if (spoken && quality.speechToNoise !== null && quality.speechToNoise < SOUND.noisy) {
    const over = Math.round(quality.speechToNoise);
    say('noisy', `The background is noisy: the speech stands ${over} dB above it.`, 1 - quality.speechToNoise / 20);
  }
  if (quality.clippedShare > SOUND.clipped) {
    const share = Math.round(100 * quality.clippedShare);
    say(
      'clipped',
      `The sound is clipped in ${share} % of the speech, so its loudness is not to be trusted.`,
      4 * quality.clippedShare,
    );
  }
  if (spoken && (quality.sampleRate <= 8000 || (quality.bandwidth ?? 8000) < SOUND.narrow)) {
    say('narrow-band', 'The sound has the bandwidth of a telephone.', 0.3);
  }
  if (quality.unvoicedShare !== null && quality.unvoicedShare > SOUND.whispered) {
    say('whispered', `${Math.round(100 * quality.unvoicedShare)} % of the speech has no pitch, as in whispering.`, 0.6);
  }
  const isOverlapped =
    (quality.unclearShare ?? 0) > SOUND.overlapping &&
    (quality.speechToNoise ?? 0) >= SOUND.overlappingOver &&
    (quality.unvoicedShare ?? 0) <= SOUND.whispered;
  if (spoken && isOverlapped) {
    const share = Math.round(100 * (quality.unclearShare ?? 0));
    say(
      'overlapping',
      `In ${share} % of the loud vowels no single pitch stands out, as where people speak at once or over music.`,
      0.5,
      0.5,
    );
  }
  if ((quality.heldShare ?? 0) > SOUND.sung) {
    const share = Math.round(100 * (quality.heldShare ?? 0));
    say(
      'sung',
      `The pitch is held on notes for ${share} % of the voiced time, as in singing or music, so its course is not that of speech.`,
      0.6,
      0.6,
    );
  }
  if (quality.deadChannels !== null && quality.deadChannels > 0) {
    const channels = quality.deadChannels === 1 ? 'One channel' : `${quality.deadChannels} channels`;
    say('dead-channel', `${channels} of the sound ${quality.deadChannels === 1 ? 'is' : 'are'} silent.`, 0.2);
  }
  return drafts;
};
