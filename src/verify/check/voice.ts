import type { Observation, ObservationOf } from '../../contracts/index.ts';
import { longestPhrase } from '../lexicon/phrase-index.ts';
import type { VoiceFamily } from '../lexicon/sense.ts';
import type { VoiceMeaning, VoiceReading } from '../read/reading.ts';
import { type Evidence, isAbout, isKind } from './evidence.ts';
import { contradicted, listIds, type Outcome, supported, unsupported, untestable } from './outcome.ts';
import { timeProblem } from './time.ts';

type VoiceObservation = ObservationOf<'voice'>;

/** How the names of features give away what they measure; the first that fits counts. */
const FAMILIES: readonly (readonly [RegExp, VoiceFamily])[] = [
  [/final|ending/, 'final'],
  [/range|variab|variation|contour|inflect|modulat|intonat|span|(?:pitch|f0).*(?:sd|std|deviation)/, 'variation'],
  [/pitch|f0|fundamental/, 'pitch'],
  [/jitter|creak|rough|harsh/, 'roughness'],
  [/shimmer|tremor|tremble|quaver|stability/, 'tremor'],
  [/loud|volume|energy|rms|intensity|level|sone/, 'loudness'],
  [/rate|tempo|speed|pace|syllab|words per/, 'rate'],
  [/paus|silen|gap|hesit/, 'pauses'],
  [/breath|hnr|harmonic|noise|cpp|aspirat/, 'breath'],
  [/tilt|tens|press|strain|effort|quality|slope/, 'tension'],
];

const familyOf = (feature: string): VoiceFamily | null =>
  FAMILIES.find(([pattern]) => pattern.test(feature.toLowerCase()))?.[1] ?? null;

/** Units of which less means the same as more of the family: harmonics to noise for breath. */
const isInverse = (feature: string): boolean =>
  /hnr|harmonic|cpp|stability|syllable duration/.test(feature.toLowerCase());

/** Which way the measurement points: its own word first, then its distance from the baseline. */
const signOf = ({ voice }: VoiceObservation, family: VoiceFamily | null): 1 | -1 | 0 => {
  const words = voice.word.toLowerCase().split(/[^a-z]+/);
  for (let at = 0; at < words.length; at += 1) {
    const senses = longestPhrase(words, at)?.senses ?? [];
    const own =
      senses.find((sense) => sense.kind === 'voice-word' && sense.family === family) ??
      senses.find((sense) => sense.kind === 'voice-word' && sense.family === null);
    if (own?.kind === 'voice-word') {
      return own.sign;
    }
  }
  if (voice.relative === null || Math.abs(voice.relative) < 0.5) {
    return 0;
  }
  const sign = voice.relative > 0 ? 1 : -1;
  return isInverse(voice.feature) ? (sign === 1 ? -1 : 1) : sign;
};

/** Whether an observation measures one of the properties that a claim is about. */
export const isOfFamily = ({ voice }: VoiceObservation, meanings: readonly VoiceMeaning[]): boolean =>
  meanings.some(({ family }) => family === familyOf(voice.feature));

/** Checks what a sentence says of the voice: the property must be cited, and its direction agree. */
export const checkVoice = (reading: VoiceReading, cited: readonly Observation[], evidence: Evidence): Outcome => {
  const pool = cited
    .filter(isKind('voice'))
    .filter((observation) => isAbout(observation, reading.person, evidence.scope));
  const foreign = cited.filter(isKind('voice'));
  if (pool.length === 0 && foreign.length > 0) {
    return contradicted(foreign, `${listIds(foreign)} is about ${foreign[0]?.subject ?? 'somebody else'}.`);
  }
  if (
    pool.length === 0 &&
    cited.some((observation) => observation.kind === 'affect' || observation.kind === 'quality')
  ) {
    return untestable('What is cited is no single property of the voice.');
  }
  if (pool.length === 0) {
    const any = evidence.analysis.observations.some((observation) => observation.kind === 'voice');
    return any || cited.length > 0
      ? unsupported([], 'No observation that the sentence cites is about the voice.')
      : untestable('The voice was not measured.');
  }
  const meaningFor = (observation: VoiceObservation): VoiceMeaning | undefined =>
    reading.meanings.find(({ family }) => family === familyOf(observation.voice.feature));
  const literal = pool.filter((observation) => observation.voice.word.toLowerCase().split(' ').includes(reading.word));
  const about = pool.filter((observation) => meaningFor(observation) !== undefined);
  const own = about.length > 0 ? about : literal;
  if (own.length === 0) {
    return cited.some((observation) => observation.kind === 'affect')
      ? untestable('What is cited is no single property of the voice.')
      : unsupported(pool, `${listIds(pool)} does not say that the voice is ${reading.word}.`);
  }
  const shows = (observation: VoiceObservation): boolean => {
    const meaning = meaningFor(observation);
    return (
      literal.includes(observation) || (meaning !== undefined && signOf(observation, meaning.family) === meaning.sign)
    );
  };
  const agrees = own.filter((observation) => shows(observation) === (reading.polarity === 'present'));
  const [first] = agrees;
  if (first === undefined) {
    const [other] = own;
    return contradicted(
      own,
      `${listIds(own)} has ${other?.voice.feature ?? 'it'} as ${other?.voice.word ?? 'otherwise'}.`,
    );
  }
  const problems = agrees.map(
    (observation) =>
      reading.times
        .map((facet) => timeProblem(facet, observation, evidence, facet.kind === 'point' && facet.role !== 'onset'))
        .find((problem) => problem !== null) ?? null,
  );
  if (!problems.includes(null)) {
    return contradicted(agrees, `About the voice: ${problems[0] ?? ''}.`);
  }
  return supported(agrees, `${listIds(agrees)} says so.`);
};
