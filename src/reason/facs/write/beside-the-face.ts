import type { CitedSentence, Observation } from '../../../contracts/index.ts';
import { sentence } from './grammar.ts';
import { cited, type Teller } from './teller.ts';

/** Statements beside the action units that are told at most. */
const MOST = 2;
/** Deviation from the speaker's own voice from which it is told, in standard deviations. */
const VOICE_FROM = 1;

/**
 * Gestures of the head, the voice where it leaves its own baseline, and words: told in the observation's own words, which
 * are free of emotion, those nearest to the key moment first. They are not scored: FACS has no table for them.
 */
export const besideTheFace = (teller: Teller): CitedSentence[] => {
  const { evidence, key } = teller.reading;
  const candidates: Observation[] = [
    ...evidence.speech,
    ...evidence.head.filter(({ head }) => head.movement === 'nod' || head.movement === 'shake'),
    ...evidence.voice.filter(({ voice }) => Math.abs(voice.relative ?? 0) >= VOICE_FROM),
  ];
  const distance = ({ range }: Observation): number =>
    Math.max(0, range.startMs - key.moment.ms, key.moment.ms - range.endMs);
  return candidates
    .sort((a, b) => distance(a) - distance(b) || a.range.startMs - b.range.startMs)
    .slice(0, MOST)
    .map(({ id, text }) => cited(sentence(text), [id]));
};
