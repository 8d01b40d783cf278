import type { CitedSentence, ObservationOf } from '../../../contracts/index.ts';
import { AFFECT_POSITIONS } from '../../../facs/index.ts';
import { arousalWord, tonesOf, voiceAlone, voiceArousal, voiceArousalAt } from '../voice.ts';
import { list, sentence } from './grammar.ts';
import { cited, shownAt, type Teller } from './teller.ts';
import { theNoun } from './unit-words.ts';

/** Tone words told where there is no face. */
const MOST_TONES = 4;

const score = (arousal: number): string => `${arousal < 0 ? '−' : '+'}${Math.abs(arousal).toFixed(2)}`;

const sounds = (arousal: number): string => {
  const word = arousalWord(arousal);
  return { activated: 'is activated', moderate: 'is moderately activated', subdued: 'is little activated' }[word];
};

/** What is heard, where nothing is seen: the tone words in their own sentences. */
export const voiceObservations = (teller: Teller): CitedSentence[] =>
  voiceAlone(teller.reading.evidence)
    ? tonesOf(teller.reading.evidence)
        .slice(0, MOST_TONES)
        .sort((a, b) => a.range.startMs - b.range.startMs)
        .map(({ id, text }) => cited(sentence(text), [id]))
    : [];

/** How the voice goes with the reading of the face; alone, what it tells and what it cannot. */
export const voiceMoves = (teller: Teller): CitedSentence[] => {
  const { evidence, label, key } = teller.reading;
  if (voiceAlone(evidence)) {
    return aloneMoves(teller);
  }
  const heard = voiceArousalAt(evidence, key.moment.ms) ?? voiceArousal(evidence);
  if (heard === null || clash(teller) !== null) {
    return [];
  }
  const { arousal } = heard.affect;
  const expected = AFFECT_POSITIONS[label].arousal;
  const fits = Math.abs(arousal - expected) <= 0.5;
  const { face } = teller.reading.channels;
  const carrier = face === null || face.label !== label ? 'the words carry' : 'the face carries';
  return [
    cited(
      fits
        ? `With an arousal of ${score(arousal)} the voice goes along; ${carrier} the decision.`
        : `With an arousal of ${score(arousal)} the voice is unusual for ${label} and takes from its weight; ${carrier} the decision.`,
      [heard.id],
    ),
  ];
};

const aloneMoves = (teller: Teller): CitedSentence[] => {
  const { evidence } = teller.reading;
  const heard = voiceArousal(evidence);
  if (heard === null) {
    return [];
  }
  const { arousal } = heard.affect;
  const tones = tonesOf(evidence).flatMap((tone) => {
    const told = TONES.find(({ feature, word }) => tone.voice.feature === feature && tone.voice.word === word);
    return told === undefined ? [] : [{ ...told, id: tone.id }];
  });
  const seen = new Set<string>();
  const distinct = tones.filter(({ noun }) => !seen.has(noun) && seen.add(noun)).slice(0, MOST_TONES);
  const up = distinct.filter(({ raises }) => raises);
  const down = distinct.filter(({ raises }) => !raises);
  const [own, other] = arousalWord(arousal) === 'subdued' ? [down, up] : [up, down];
  const phrase = (each: typeof distinct): string => list(each.map(({ noun }) => `its ${noun}`));
  const verb = (each: typeof distinct): string => (each.length === 1 ? 'speaks' : 'speak');
  const because = [
    ...(own.length === 0 ? [] : [`${phrase(own)} ${verb(own)} for that`]),
    ...(other.length === 0 ? [] : [`${phrase(other)} ${verb(other)} against it`]),
  ].join(', ');
  return [
    cited(
      `With an arousal of ${score(arousal)}, the voice ${sounds(arousal)}${because === '' ? '' : `; ${because}`}.`,
      [heard.id, ...distinct.map(({ id }) => id)],
    ),
  ];
};

/** Tone words that speak for or against arousal (Juslin & Laukka 2003, table 7), as a noun of the voice. */
const TONES = [
  { feature: 'pitch', word: 'raised', noun: 'raised pitch', raises: true },
  { feature: 'pitch', word: 'lowered', noun: 'lowered pitch', raises: false },
  { feature: 'pitch range', word: 'wide', noun: 'wide pitch range', raises: true },
  { feature: 'pitch range', word: 'narrow', noun: 'narrow pitch range', raises: false },
  { feature: 'loudness', word: 'loud', noun: 'loud sound', raises: true },
  { feature: 'loudness', word: 'quiet', noun: 'quiet sound', raises: false },
  { feature: 'articulation rate', word: 'fast', noun: 'fast speech', raises: true },
  { feature: 'articulation rate', word: 'slow', noun: 'slow speech', raises: false },
  { feature: 'spectral tilt', word: 'sharp', noun: 'sharp sound', raises: true },
  { feature: 'spectral tilt', word: 'mellow', noun: 'mellow sound', raises: false },
] as const;

/** The conclusion from a voice alone. */
export const voiceConclusion = (teller: Teller): CitedSentence => {
  const { evidence } = teller.reading;
  const heard = voiceArousal(evidence);
  const tones = tonesOf(evidence)
    .filter(({ voice }) => voice.word !== 'measured')
    .slice(0, 2);
  const cites = [...(heard === null ? [] : [heard.id]), ...tones.map(({ id }) => id)];
  const unnamed = `which expression it goes with, a voice${evidence.speech.length > 0 ? ' with words that do not say it' : ' alone'} does not tell`;
  return cited(
    heard === null
      ? 'There is too little voice to read.'
      : `With an arousal of ${score(heard.affect.arousal)}, the voice ${sounds(heard.affect.arousal)} and carries the reading: ${unnamed}.`,
    cites.length > 0 ? cites : evidence.voice.map(({ id }) => id).slice(0, 3),
  );
};

/** Confidence of a score from which it stands on the speaker's own baseline. */
const OWN_BASELINE = 0.55;
/** Arousal that clashes with a smile. */
const SUBDUED = { own: -0.25, norms: -0.45 } as const;

/** A raised lip corner beside a voice that does not go along. */
const clash = (
  teller: Teller,
): { voice: readonly ObservationOf<'voice'>[]; affect: ObservationOf<'affect'> | null } | null => {
  const { evidence, key } = teller.reading;
  if (shownAt(teller, 'AU12').length === 0) {
    return null;
  }
  const now = ({ range }: { range: { startMs: number; endMs: number } }): boolean =>
    range.startMs <= key.moment.ms && key.moment.ms < range.endMs;
  const dull = evidence.voice
    .filter(now)
    .filter(({ voice }) => voice.relative !== null || voice.word === 'narrow')
    .filter(({ voice }) => ['narrow', 'quiet', 'lowered', 'slow', 'mellow'].includes(voice.word));
  const heard = voiceArousalAt(evidence, key.moment.ms);
  // Against norms, half of all quiet speakers sound subdued.
  const subdued =
    heard !== null && heard.affect.arousal <= (heard.confidence >= OWN_BASELINE ? SUBDUED.own : SUBDUED.norms);
  return dull.some(({ voice }) => voice.word === 'narrow') || dull.length >= 2 || subdued
    ? { voice: dull.slice(0, 2), affect: subdued ? heard : null }
    : null;
};

/** Conflicts between the face and the voice: named, not averaged. */
export const voiceConflicts = (teller: Teller): CitedSentence[] => {
  const found = clash(teller);
  const [corner] = shownAt(teller, 'AU12');
  if (found === null || corner === undefined) {
    return [];
  }
  const words = found.voice.map(({ voice }) => `the ${voice.feature} of the voice is ${voice.word}`);
  const arousal = found.affect === null ? [] : [`the voice has an arousal of ${score(found.affect.affect.arousal)}`];
  return [
    cited(sentence(`${theNoun(corner, true)} finds no match in the voice: ${list([...words, ...arousal])}`), [
      corner.id,
      ...found.voice.map(({ id }) => id),
      ...(found.affect === null ? [] : [found.affect.id]),
    ]),
  ];
};
