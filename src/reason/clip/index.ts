/** The reasoner that asks CLIP or SigLIP which description fits the face: weak evidence, and presented so. */
import type { Judgement, ReasonedAnswer, Still } from '../../contracts/index.ts';
import type { ImageTextModel } from '../../contracts/vision-models.ts';
import { actionUnit, EXPRESSION_WORDS } from '../../facs/index.ts';
import { timeWord } from '../../facs/time-words.ts';
import { affectOfScores, rankedLabels, rounded, roundedScores } from '../affect.ts';
import { capitalized, list, unique } from '../facs/write/grammar.ts';
import { argumentsAbout, measuredIn, measuredSentences } from '../measured.ts';
import type { Reasoner, ReasonRequest } from '../reasoner.ts';
import { DESCRIPTIONS, DESCRIPTIONS_VERSION, descriptionsDigest, unitsShown } from './descriptions.ts';
import { type ClassVectors, certaintyOf, classVectors, type ImageTextReading, readPictures, textsOf } from './score.ts';

/**
 * How far this reasoner is ever trusted: plain CLIP ViT-B/32 gets 20 % of the clips of DFEW right without training, and
 * the best published model that works by such descriptions 57 % of the class mean, after training on faces (Chen et al.
 * 2024, FineCLIPER, arXiv 2407.02157).
 */
const MOST_CONFIDENCE = 0.35;
/** Share of the leading expression, and lead over the next, below which nothing is named: an even spread gives 0.125. */
const LEAST_SHARE = 0.2;
const LEAST_LEAD = 0.04;

type Abstention = 'no-picture' | 'spread' | 'unbacked' | null;

/**
 * A reasoner that compares stills with descriptions made from the FACS tables. It names an expression only where
 * something that was measured argues for it, too.
 */
export const createClipReasoner = (model: ImageTextModel): Reasoner => {
  let texts: Promise<ClassVectors> | null = null;
  const encode = (signal: AbortSignal | undefined): Promise<ClassVectors> => {
    // Kept for all later questions: the texts never change. A failure is not.
    texts ??= model
      .encodeTexts(textsOf(DESCRIPTIONS), { signal })
      .then((encoded) => classVectors(DESCRIPTIONS, encoded));
    return texts.catch((thrown: unknown) => {
      texts = null;
      throw thrown;
    });
  };
  const read = async (stills: readonly Still[], signal: AbortSignal | undefined): Promise<ImageTextReading | null> => {
    const apexes = stills.filter(({ role }) => role !== 'baseline');
    const rest = stills.find(({ role }) => role === 'baseline');
    if (apexes.length === 0) {
      return null;
    }
    const classes = await encode(signal);
    const pictures = rest === undefined ? apexes : [...apexes, rest];
    const vectors = await model.encodeImages(
      pictures.map(({ jpeg }) => jpeg),
      { signal },
    );
    const seen = pictures.map(({ ms }, index) => ({ ms, vector: vectors[index] ?? [] }));
    return readPictures(seen.slice(0, apexes.length), seen[apexes.length] ?? null, classes);
  };

  return {
    specificationVersion: 'v1',
    id: 'clip',
    capabilities: { needsStills: true, needsNetwork: false, deterministic: true },
    ready: () => model.check(),
    doReason: async (request, { signal }) => {
      signal?.throwIfAborted();
      const reading = await read(request.stills, signal);
      return {
        answer: reading === null ? withoutPicture(request) : answerOf(request, reading),
        reference: {
          id: 'clip',
          model: model.id,
          promptId: DESCRIPTIONS_VERSION,
          promptSha256: await descriptionsDigest(),
          parameters: {
            stills: request.stills.map(({ ms, role }) => ({ ms, role: role ?? 'apex' })),
            channels: (reading?.channels ?? []).map(({ channel, ms, scores, certainty }) => ({
              channel,
              ms,
              scores: roundedScores(scores),
              certainty: rounded(certainty, 3),
            })),
            mostConfidence: MOST_CONFIDENCE,
          },
          fallback: false,
        },
      };
    },
  };
};

const EVEN = 1 / 8;

const judgementOf = (reading: ImageTextReading | null, abstention: Abstention, reason: string): Judgement => {
  const scores = reading?.scores ?? {
    anger: EVEN, contempt: EVEN, disgust: EVEN, fear: EVEN, happiness: EVEN, neutral: EVEN, sadness: EVEN, surprise: EVEN,
  }; // biome-ignore format: one table
  const label = reading === null ? 'neutral' : rankedLabels(scores)[0];
  const certainty = reading === null ? 0 : certaintyOf(scores);
  const confidence = MOST_CONFIDENCE * (0.4 + 0.6 * certainty) * (abstention === null ? 1 : 0.5);
  return {
    expression: { label, scores: roundedScores(scores) },
    compound: { label: null, ranked: [] },
    labels: abstention === null ? [...EXPRESSION_WORDS[label].words[0]] : [],
    ...(reading === null ? { valence: 0, arousal: 0 } : affectOfScores(scores)),
    confidence: reading === null ? 0 : rounded(confidence, 2),
    abstained: abstention !== null,
    reason,
  };
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const withoutPicture = (request: ReasonRequest): ReasonedAnswer => {
  const why = 'there is no picture of the face to look at';
  return {
    keyObservations: measuredSentences(measuredIn(request)),
    interpretation: [],
    conclusion: { text: `The image-text model gives no reading, because ${why}.`, cites: [] },
    judgement: judgementOf(null, 'no-picture', `${capitalized(why)}.`),
    conflicts: [],
    alternatives: [],
    wouldChange: [{ text: 'A clip or photo that shows the face.' }],
  };
};

const answerOf = (request: ReasonRequest, reading: ImageTextReading): ReasonedAnswer => {
  const measured = measuredIn(request);
  const { scores, channels } = reading;
  const [label, second] = rankedLabels(scores);
  const { backing, opposing, borneOut } = argumentsAbout(label, measured);
  const abstention: Abstention =
    scores[label] < LEAST_SHARE || scores[label] - scores[second] < LEAST_LEAD
      ? 'spread'
      : !borneOut
        ? 'unbacked'
        : null;
  const moments = unique(channels.map(({ ms }) => ms));
  const still = request.analysis.clip.kind === 'image';
  const stills = still
    ? 'the photo fits'
    : moments.length === 1
      ? `one still, at ${list(moments.map(timeWord))}, fits`
      : `the stills at ${list(moments.map(timeWord))} fit`;
  const cites = backing.slice(0, 3).map(({ id }) => id);
  const lean = `${label} (${percent(scores[label])} of the weight), ahead of ${second} (${percent(scores[second])})`;
  const reason =
    abstention === 'spread'
      ? `The descriptions of ${label} and ${second} fit about equally well (${percent(scores[label])} and ${percent(scores[second])}), which is no reading.`
      : abstention === 'unbacked'
        ? `The picture fits the description of ${label} best, but what was measured does not argue for it; similarity alone is too weak.`
        : `${capitalized(label)} takes ${percent(scores[label])} of the weight of similarity; this kind of evidence is never given more than ${MOST_CONFIDENCE.toFixed(2)}.`;
  return {
    keyObservations: measuredSentences(measured),
    interpretation: [
      {
        text: `Compared with descriptions of eight expressions, ${stills} that of ${lean}.`,
        cites: [],
      },
      {
        text: 'This is similarity between a picture and a text, not a measurement, and weak evidence by itself.',
        cites: [],
      },
    ],
    conclusion:
      abstention === null
        ? { text: `By likeness alone the face leans to ${label}; take it as a hint beside the measurements.`, cites }
        : { text: `No single reading is given, because ${lowered(reason)}`, cites: [] },
    judgement: judgementOf(reading, abstention, reason),
    conflicts:
      abstention === 'spread'
        ? []
        : opposing.slice(0, 1).map((unit) => ({
            text: `The likeness to ${label} sits badly with the ${actionUnit(unit.au.code).noun} (${unit.au.code}), which is unusual there.`,
            cites: [unit.id],
          })),
    alternatives: [
      {
        label: second,
        text: `${capitalized(second)} is the next in likeness, with ${percent(scores[second])} of the weight.`,
        cites: [],
      },
    ],
    wouldChange: [
      {
        text: `Another ${still ? 'picture' : 'moment of the clip'} may look more like ${second}: ${list(unitsShown(second).map((code) => actionUnit(code).noun)) || 'a face at rest'}.`,
      },
    ],
  };
};

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
