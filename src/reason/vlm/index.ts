/** The reasoner that shows stills to a model: what it sees is compared with the measurements before it may conclude. */
import type { CandidateObservation, Exchange, ExpressionScores, ReasonedAnswer, Still } from '../../contracts/index.ts';
import { EXPRESSION_LABELS } from '../../contracts/index.ts';
import type {
  CompareSightings,
  FilledPicturePrompt,
  PicturePromptWriter,
  VisionChat,
} from '../../contracts/vision-models.ts';
import { EXPRESSION_WORDS } from '../../facs/index.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { estimateTokens } from '../../kit/estimate-tokens.ts';
import { recordOf } from '../../kit/record-of.ts';
import { affectOfScores, rounded, roundedScores } from '../affect.ts';
import { capitalized, list, unique } from '../facs/write/grammar.ts';
import { argumentsAbout, measuredIn, measuredSentences } from '../measured.ts';
import type { Reasoner, ReasonOptions, ReasonRequest } from '../reasoner.ts';
import { couldLead, readLook } from './read-look.ts';
import { type PictureReading, readReading } from './read-reading.ts';

export type VlmReasonerOptions = {
  chat: VisionChat;
  prompts: PicturePromptWriter;
  compare: CompareSightings;
};

/** Tokens of one answer: a dozen short sentences; a small JSON object. */
const LOOK_TOKENS = 320;
const READ_TOKENS = 400;
const EXCHANGE_CHARACTERS = 4_000;
/** Published picture models name 59 to 67 of 100 faces right after training on faces; general ones fewer (notes on anchors). */
const MOST_CONFIDENCE = 0.6;
/** What is left of the confidence where the measurements do not argue for the reading. */
const NOT_BORNE_OUT = 0.5;

/** A reasoner that asks a model about each picture, compares what it sees, and asks once for the reading. */
export const createVlmReasoner = ({ chat, prompts, compare }: VlmReasonerOptions): Reasoner => ({
  specificationVersion: 'v1',
  id: 'vlm',
  capabilities: { needsStills: true, needsNetwork: chat.isServer, framesTo: chat.host },
  ready: () => chat.check(),
  doReason: async (request, options) => {
    options.signal?.throwIfAborted();
    assertMayLeave(chat, request.stills);
    const exchanges: Exchange[] = [];
    const ask = async (prompt: FilledPicturePrompt, stage: string, pictures: Uint8Array[], maximumTokens: number) => {
      const { system, question } = prompt;
      const text = await chat.answer({ system, question, pictures, maximumTokens }, { signal: options.signal });
      exchanges.push(exchangeOf(prompt, stage, chat.id, text));
      return text;
    };
    if (request.stills.length === 0) {
      return { answer: withoutPicture(request), reference: referenceOf(chat.id, exchanges, [], []) };
    }
    const candidates = await lookAtAll(request, options, { ask, prompts, compare, source: chat.id });
    const reading = await readAll(request, options, { ask, prompts, candidates });
    const last = exchanges.at(-1);
    return {
      answer: answerOf(request, candidates, reading),
      reference: {
        ...referenceOf(chat.id, exchanges, candidates, request.stills),
        promptId: last?.promptId ?? null,
        promptSha256: last?.promptSha256 ?? null,
      },
    };
  },
});

type Ask = (
  prompt: FilledPicturePrompt,
  stage: string,
  pictures: Uint8Array[],
  maximumTokens: number,
) => Promise<string>;

const assertMayLeave = ({ host }: VisionChat, stills: readonly Still[]): void => {
  if (host !== null && stills.some(({ mayLeave }) => mayLeave !== true)) {
    throw framesRefused(host);
  }
};

/** The refusal to send pictures of a face elsewhere without being told to. */
export const framesRefused = (host: string): WhyfaceError =>
  new WhyfaceError({
    code: 'config-invalid',
    stage: 'config',
    message: `The reasoner vlm would send pictures of the face to ${host}; add --allow-remote-frames if that is wanted, or name a server on this machine in WHYFACE_VLM_BASE_URL.`,
    details: { host },
  });

const exchangeOf = (prompt: FilledPicturePrompt, stage: string, model: string, answer: string): Exchange => ({
  stage,
  attempt: 1,
  promptId: prompt.id,
  promptSha256: prompt.sha256,
  model,
  answer: answer.slice(0, EXCHANGE_CHARACTERS),
  usage: {
    promptTokens: estimateTokens(prompt.system + prompt.question),
    completionTokens: estimateTokens(answer),
    estimated: true,
  },
});

const referenceOf = (
  model: string,
  exchanges: Exchange[],
  candidates: CandidateObservation[],
  stills: readonly Still[],
) => ({
  id: 'vlm',
  model,
  promptId: null,
  promptSha256: null,
  parameters: { stills: stills.map(({ ms, role }) => ({ ms, role: role ?? 'apex' })), mostConfidence: MOST_CONFIDENCE },
  fallback: false,
  exchanges,
  candidates,
});

type Looking = { ask: Ask; prompts: PicturePromptWriter; compare: CompareSightings; source: string };

/** One question a picture: small models lose track of which of several they speak of. */
const lookAtAll = async (
  { analysis, subject, stills }: ReasonRequest,
  { onEvent }: ReasonOptions,
  { ask, prompts, compare, source }: Looking,
): Promise<CandidateObservation[]> => {
  const candidates: CandidateObservation[] = [];
  for (const still of stills) {
    onEvent?.({ type: 'stage-start', stage: 'look', attempt: 1 });
    const { ms } = still;
    const { face, printed } = readLook(
      await ask(prompts.look(still, analysis.clip), 'look', [still.jpeg], LOOK_TOKENS),
    );
    const comparisons = compare(face, { analysis, subject, ms });
    for (const [index, text] of face.entries()) {
      const { comparison, compared } = comparisons[index] ?? { comparison: 'untestable' as const, compared: [] };
      candidates.push({ kind: 'face', source, ms, text, comparison, compared });
      onEvent?.({ type: 'sentence-end', stage: 'look', part: null, text, cites: compared });
    }
    candidates.push(
      ...printed.map(
        (text): CandidateObservation => ({
          kind: 'scene-text',
          source,
          ms,
          text,
          comparison: 'untestable',
          compared: [],
        }),
      ),
    );
    onEvent?.({ type: 'stage-end', stage: 'look' });
  }
  return candidates;
};

type Reading = { ask: Ask; prompts: PicturePromptWriter; candidates: CandidateObservation[] };

const readAll = async (
  request: ReasonRequest,
  { onEvent }: ReasonOptions,
  { ask, prompts, candidates }: Reading,
): Promise<PictureReading> => {
  onEvent?.({ type: 'stage-start', stage: 'merge', attempt: 1 });
  const { analysis, subject, range, facts } = request;
  const seen = candidates.filter(({ kind }) => kind === 'face');
  const prompt = prompts.read({ analysis, subject, range, facts }, seen);
  // The strongest moment again: the reading is of the face, not of the words about it.
  const [first] = request.stills;
  const text = await ask(prompt, 'merge', first === undefined ? [] : [first.jpeg], READ_TOKENS);
  const reading = readReading(text, prompt.visible);
  if (reading === null) {
    throw new WhyfaceError({
      code: 'answer-unusable',
      stage: 'reason',
      message:
        'The picture model named none of the eight expressions; ask again, or choose another model in WHYFACE_VLM_MODEL.',
      retryable: true,
      details: { answer: text.slice(0, EXCHANGE_CHARACTERS) },
    });
  }
  onEvent?.({ type: 'stage-end', stage: 'merge' });
  return reading;
};

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

const withoutPicture = (request: ReasonRequest): ReasonedAnswer => {
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

const answerOf = (
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
