/** The reasoner that shows stills to a model: what it sees is compared with the measurements before it may conclude. */
import type { CandidateObservation, Exchange, Still } from '../../contracts/index.ts';
import type {
  CompareSightings,
  FilledPicturePrompt,
  PicturePromptWriter,
  VisionChat,
} from '../../contracts/vision-models.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { estimateTokens } from '../../kit/estimate-tokens.ts';
import type { Reasoner, ReasonOptions, ReasonRequest } from '../reasoner.ts';
import { readLook } from './read-look.ts';
import { type PictureReading, readReading } from './read-reading.ts';
import { answerOf, MOST_CONFIDENCE, withoutPicture } from './write-answer.ts';

export type VlmReasonerOptions = {
  chat: VisionChat;
  prompts: PicturePromptWriter;
  compare: CompareSightings;
};

/** Tokens of one answer: a dozen short sentences; a small JSON object. */
const LOOK_TOKENS = 320;
const READ_TOKENS = 400;
const EXCHANGE_CHARACTERS = 4_000;

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
