import type { ExpressionLabel, ObservationOf } from '../../../contracts/index.ts';
import { type WordClues, wordCluesOf } from './word-clues.ts';

/** A quotation with its clues. */
export type SpokenClues = {
  id: string;
  quote: string;
  clues: WordClues;
  weight: number;
  startMs: number;
  endMs: number;
};

/** What a person's own words add up to. */
export type WordsReading = {
  /** Those of the person, in the order of time. */
  spoken: readonly SpokenClues[];
  /** −1 to 1, by the quotations that have any. */
  polarity: number;
  /** Expressions that their turns of phrase are about, 0–1. */
  labels: Partial<Record<ExpressionLabel, number>>;
  /** The quotations that carry it, strongest first. */
  carriers: readonly SpokenClues[];
};

/** Polarity from which words are called good or bad. */
export const POLAR_FROM = 0.25;
/** About somebody else's state as often as about one's own. */
const QUESTION = 0.6;
const OTHERS = 0.7;

/** Languages that the word lists are for; where nothing is stated, English is tried, and foreign words say nothing. */
const isEnglish = ({ speech }: ObservationOf<'speech'>): boolean =>
  speech.language === null || /^en\b/i.test(speech.language);

/**
 * Reads a person's own words. Those of somebody off screen or of another person are theirs; words of nobody in particular
 * count in part where there is only one person to have said them.
 *
 * @param alone whether the clip shows this one person, or nobody
 */
export const readWords = (
  speech: ReadonlyArray<ObservationOf<'speech'>>,
  subject: string | null,
  alone: boolean,
): WordsReading | null => {
  const spoken = speech.flatMap((observation): SpokenClues[] => {
    const { id, confidence, range } = observation;
    const { speaker, quote } = observation.speech;
    const own = speaker !== null && speaker === subject;
    if (!(own || (speaker === null && alone)) || !isEnglish(observation)) {
      return [];
    }
    const clues = wordCluesOf(quote);
    const put = (clues.question ? QUESTION : 1) * (clues.secondPerson && !clues.firstPerson ? OTHERS : 1);
    return [{ id, quote, clues, weight: confidence * put * (own || subject === null ? 1 : 0.7), ...range }];
  });
  if (spoken.length === 0) {
    return null;
  }
  const strength = ({ clues, weight }: SpokenClues): number =>
    weight * Math.max(Math.abs(clues.polarity), 0.6 * Math.max(0, ...Object.values(clues.labels)));
  const carriers = spoken.filter((each) => strength(each) >= 0.15).sort((a, b) => strength(b) - strength(a));
  const total = carriers.reduce((sum, { weight }) => sum + weight, 0);
  const labels: WordsReading['labels'] = {};
  for (const { clues, weight } of carriers) {
    for (const { label, share } of labelShares(clues)) {
      labels[label] = Math.min(1, (labels[label] ?? 0) + (share * weight) / Math.max(1, total));
    }
  }
  const polarity =
    total === 0
      ? 0
      : carriers.reduce((sum, { clues, weight }) => sum + clues.polarity * weight, 0) / Math.max(total, 0.5);
  return { spoken, polarity, labels, carriers };
};

const LABELS: readonly ExpressionLabel[] = ['anger', 'contempt', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'];

const labelShares = (clues: WordClues): Array<{ label: ExpressionLabel; share: number }> =>
  LABELS.flatMap((label) => {
    const share = clues.labels[label];
    return share === undefined ? [] : [{ label, share }];
  });
