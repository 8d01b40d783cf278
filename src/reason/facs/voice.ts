/** What a voice adds to the reading of a face, and what it carries alone. */
import type { ExpressionLabel, ObservationOf } from '../../contracts/index.ts';
import { AFFECT_POSITIONS } from '../../facs/index.ts';
import type { Evidence } from './evidence.ts';

/** Source of the arousal score of a voice; such an observation says nothing of valence. */
export const VOICE_AROUSAL = 'voice-arousal';
/** And how the source of what a speech-emotion model says of a voice begins; its valence is worth too little to count. */
export const VOICE_MODEL = 'voice-affect/';

export const VOICE_WEIGHTS = {
  /** Of the voice's log likelihood beside the summed evidence of the action units: one cue among many. */
  share: 0.6,
  /** Standard deviation of a voice's arousal around that of the expression it goes with. */
  spread: 0.5,
  /** Arousal from which a voice is called activated, and under which subdued. */
  activated: 0.3,
  subdued: -0.25,
} as const;

type Affect = ObservationOf<'affect'>;

export const isOfVoice = ({ source }: Affect): boolean => source === VOICE_AROUSAL || source.startsWith(VOICE_MODEL);

/** The arousal score that covers the moment, that of the shortest stretch first. */
export const voiceArousalAt = ({ affect }: Pick<Evidence, 'affect'>, ms: number): Affect | null =>
  affect
    .filter(isOfVoice)
    .filter(({ range }) => range.startMs <= ms && ms < range.endMs)
    .sort(
      (a, b) =>
        a.range.endMs - a.range.startMs - (b.range.endMs - b.range.startMs) || Number(ofModel(b)) - Number(ofModel(a)),
    )[0] ?? null;

const ofModel = ({ source }: Affect): boolean => source.startsWith(VOICE_MODEL);

/** The score of everything that was heard: that of the longest stretch. */
export const voiceArousal = ({ affect }: Pick<Evidence, 'affect'>): Affect | null =>
  affect.filter(isOfVoice).sort((a, b) => b.range.endMs - b.range.startMs - (a.range.endMs - a.range.startMs))[0] ??
  null;

/** What the voice at a moment adds to the log score of an expression: how near its arousal lies to the expression's. */
export const voiceLogScore = (evidence: Evidence, ms: number, label: ExpressionLabel): number => {
  const heard = voiceArousalAt(evidence, ms);
  if (heard === null) {
    return 0;
  }
  const distance = (heard.affect.arousal - AFFECT_POSITIONS[label].arousal) / VOICE_WEIGHTS.spread;
  return -VOICE_WEIGHTS.share * heard.confidence * (distance ** 2 / 2);
};

/** How a score is called. */
export const arousalWord = (arousal: number): 'activated' | 'subdued' | 'moderate' =>
  arousal >= VOICE_WEIGHTS.activated ? 'activated' : arousal <= VOICE_WEIGHTS.subdued ? 'subdued' : 'moderate';

/** Why a voice alone gives no expression: one clause. */
export const voiceOnlyBecause = (evidence: Pick<Evidence, 'affect'>): string => {
  const heard = voiceArousal(evidence);
  const word = heard === null ? 'moderate' : arousalWord(heard.affect.arousal);
  const company = {
    activated: 'activated voices go with anger, fear, happiness and surprise alike',
    subdued: 'subdued voices go with sadness, boredom and rest alike',
    moderate: 'voices of moderate arousal go with almost anything',
  }[word];
  return `a voice alone tells how activated somebody sounds, and ${company}`;
};

/** Whether a voice is all there is to go by. */
export const voiceAlone = (evidence: Evidence): boolean =>
  evidence.units.length === 0 && evidence.expression.length === 0 && evidence.voice.length > 0;

/** Tone words, the strongest deviations from the speaker's own voice first; the plain statement of the voice last. */
export const tonesOf = ({ voice }: Pick<Evidence, 'voice'>): ReadonlyArray<ObservationOf<'voice'>> =>
  [...voice].sort((a, b) => weightOf(b) - weightOf(a));

const weightOf = ({ voice, confidence }: ObservationOf<'voice'>): number =>
  voice.word === 'measured' ? 0 : confidence * (voice.relative === null ? 1 : Math.abs(voice.relative));
