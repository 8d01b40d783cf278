import type { CitedSentence, Observation } from '../../../contracts/index.ts';
import { voiceAlone } from '../voice.ts';
import { sentence } from './grammar.ts';
import { cited, type Teller } from './teller.ts';

/** Statements beside the action units that are told at most. */
const MOST = 2;
/** Deviation from the speaker's own voice from which it is told, in standard deviations. */
const VOICE_FROM = 1;

/**
 * Gestures of the head, the voice where it leaves its own baseline, and words: told in the observation's own words, which
 * are free of emotion, words that weigh in the reading first, then what is nearest to the key moment.
 */
export const besideTheFace = (teller: Teller): CitedSentence[] => {
  const { evidence, key, channels } = teller.reading;
  const candidates: Observation[] = [
    ...evidence.speech,
    ...evidence.head.filter(({ head }) => head.movement === 'nod' || head.movement === 'shake'),
    // Told apart where there is no face.
    ...(voiceAlone(evidence) ? [] : evidence.voice).filter(({ voice }) => Math.abs(voice.relative ?? 0) >= VOICE_FROM),
  ];
  const distance = ({ range }: Observation): number =>
    Math.max(0, range.startMs - key.moment.ms, key.moment.ms - range.endMs);
  const carriers = (channels.words?.carriers ?? []).map(({ id }) => id);
  const rank = ({ id }: Observation): number => (carriers.includes(id) ? carriers.indexOf(id) : carriers.length);
  return candidates
    .sort((a, b) => rank(a) - rank(b) || distance(a) - distance(b) || a.range.startMs - b.range.startMs)
    .slice(0, MOST)
    .map(({ id, text }) => cited(sentence(text), [id]));
};
