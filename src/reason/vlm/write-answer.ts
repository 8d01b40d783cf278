/** The answer of the reasoner `vlm`: what was measured first, then how far the model and the measurements agree. */
import {
  type CandidateObservation,
  EXPRESSION_LABELS,
  type ExpressionScores,
  type ReasonedAnswer,
} from '../../contracts/index.ts';
import { EXPRESSION_WORDS } from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import { affectOfScores, rounded, roundedScores } from '../affect.ts';
import { capitalized, list, unique } from '../facs/write/grammar.ts';
import { argumentsAbout, measuredIn, measuredSentences } from '../measured.ts';
import type { ReasonRequest } from '../reasoner.ts';
import { couldLead } from './read-look.ts';
import type { PictureReading } from './read-reading.ts';

/** Published picture models name 59 to 67 of 100 faces right after training on faces; general ones fewer (notes on anchors). */
export const MOST_CONFIDENCE = 0.6;
/** What is left of the confidence where the measurements do not argue for the reading. */
const NOT_BORNE_OUT = 0.5;

const even = (): ExpressionScores => recordOf(EXPRESSION_LABELS, () => 1 / EXPRESSION_LABELS.length);

/** The label with a weight that grows with its confidence; the others share the rest. */
const scoresOf = ({ label, confidence }: PictureReading): ExpressionScores => {
  const own = 0.3 + 0.5 * confidence;
  return recordOf(EXPRESSION_LABELS, (each) => (each === label ? own : (1 - own) / (EXPRESSION_LABELS.length - 1)));
};

const noCompound = (): ReasonedAnswer['judgement']['compound'] => ({
  label: null,
  ranked: [],
});

/** Where nobody could be looked at. */
export const withoutPicture = (request: ReasonRequest): ReasonedAnswer => {
  const why = 'there is no picture of the face to show to it';
  return {
    keyObservations: measuredSentences(measuredIn(request)),
    interpretation: [],
    conclusion: { text: `The picture model gives no reading, because ${why}.`, cites: [] },
    judgement: {
      expression: { label: 'neutral', scores: even() },
      compound: noCompound(),
      labels: [],
      valence: 0,
      arousal: 0,
      confidence: 0,
      abstained: true,
      reason: `${capitalized(why)}.`,
    },
    conflicts: [],
    alternatives: [],
    wouldChange: [{ text: 'A clip or photo that shows the face.' }],
  };
};

/** From what was seen, compared and read. */
export const answerOf = (
  request: ReasonRequest,
  candidates: CandidateObservation[],
  reading: PictureReading,
): ReasonedAnswer => {
  const measured = measuredIn(request);
  const { label } = reading;
  const { backing, borneOut } = argumentsAbout(label, measured);
  const of = (comparison: CandidateObservation['comparison']) =>
    candidates.filter((candidate) => candidate.kind === 'face' && candidate.comparison === comparison);
  const [agreeing, differing, unmeasured] = [of('agrees'), of('differs'), of('not-measured')];
  const printed = candidates.filter(({ kind }) => kind === 'scene-text');
  const leading = printed.some(({ text }) => couldLead(text));
  const trust = (agreeing.length + 1) / (agreeing.length + differing.length + 1);
  const confidence = rounded(
    Math.min(MOST_CONFIDENCE, reading.confidence) * trust * (borneOut ? 1 : NOT_BORNE_OUT) * (leading ? 0.5 : 1),
    2,
  );
  const scores = leading ? even() : scoresOf(reading);
  const tally = `${agreeing.length} of what it says of the face agree${agreeing.length === 1 ? 's' : ''} with the measurements, ${differing.length} differ${differing.length === 1 ? 's' : ''}, ${unmeasured.length} ${unmeasured.length === 1 ? 'was' : 'were'} not measured`;
  const reason = leading
    ? 'Words are printed in the picture that name a reading or say what to answer; a model that reads pictures can be led by them, so its reading is not taken.'
    : `The picture model reads ${label}; ${tally}.`;
  const differingIds = unique(differing.flatMap(({ compared }) => compared)).slice(0, 4);
  const agreeingIds = unique(agreeing.flatMap(({ compared }) => compared)).slice(0, 4);
  // Who is to believe the reading must see what speaks for it first.
  const cites = unique([...backing.map(({ id }) => id), ...agreeingIds]).slice(0, 4);
  return {
    keyObservations: measuredSentences(measured),
    interpretation: [
      ...(agreeingIds.length === 0
        ? []
        : [{ text: `What the picture model says of the face bears out ${list(agreeingIds)}.`, cites: agreeingIds }]),
      ...(leading ? [] : reading.reasons),
    ],
    conclusion: leading
      ? {
          text: 'No single reading is given, because words in the picture could have led the model that reads it.',
          cites: [],
        }
      : {
          text: `Shown the face, the picture model reads it as ${label}${borneOut ? '' : ', which the measurements do not bear out'}.`,
          cites,
        },
    judgement: {
      expression: { label, scores: roundedScores(scores) },
      compound: noCompound(),
      labels: leading ? [] : [...EXPRESSION_WORDS[label].words[0]],
      ...affectOfScores(scores),
      confidence,
      abstained: leading,
      reason,
    },
    conflicts:
      differingIds.length === 0
        ? []
        : [
            {
              text: `On ${list(differingIds)} the picture model and the measurements differ; the measurements are kept.`,
              cites: differingIds,
            },
          ],
    alternatives: [],
    wouldChange: [{ text: 'Another picture model, or stills of other moments, may be read in another way.' }],
  };
};
