import { said } from '../../draft.ts';
import type { Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';

/** What can be asked, in one breath. */
const ABILITIES =
  'Ask what is to be seen at a time, why it reads as it does and what speaks against it, when a movement begins or ends and how strong it is, what changed between two times, how two people or moments compare, what if a movement were absent, what was said and how it sounded, what was not measured, and how sure that is.';

export const SUGGESTIONS = ['Give me a summary', 'What is the strongest moment?', 'What was not measured?'] as const;

export const help = (scene: Scene): Reply => ({
  sentences: [
    said(
      `I answer questions about the measurements of this one ${scene.timeless ? 'picture' : scene.analysis.clip.kind === 'audio' ? 'recording' : 'clip'}, and each answer names the observations it stands on.`,
    ),
    said(ABILITIES),
  ],
  suggestions: [...SUGGESTIONS],
});

export const greeting = (scene: Scene): Reply => ({
  sentences: [
    said(
      `Hello. ${scene.people.length > 1 ? `${scene.people.length} people are in view here, P1 to P${scene.people.length}.` : 'The clip is measured.'} What would you like to know?`,
    ),
  ],
  suggestions: [...SUGGESTIONS],
});

export const thanks = (): Reply => ({ sentences: [said('You are welcome.')], suggestions: [...SUGGESTIONS] });

/** What nobody could answer from the measurements, or what this answerer does not understand. */
export const beyond = (asked: Asked): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      asked.question.words <= 1
        ? 'That is too short for me to know what you mean.'
        : 'That is beyond what I can answer from the measurements of this clip, or I did not understand it.',
    ),
    said(ABILITIES),
  ],
  suggestions: [...SUGGESTIONS],
});
