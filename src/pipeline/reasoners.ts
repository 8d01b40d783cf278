import type { ExplainOptions } from '../contracts/index.ts';
import type { ImageTextModel, VisionChat } from '../contracts/vision-models.ts';
import type { Clock } from '../kit/clock.ts';
import { toWhyfaceError, WhyfaceError } from '../kit/error.ts';
import { createClipReasoner } from '../reason/clip/index.ts';
import { createEnsembleReasoner, type Member } from '../reason/ensemble/index.ts';
import { MEMBER_IDS, type MemberId } from '../reason/ensemble/weights.ts';
import { createFacsReasoner } from '../reason/facs/index.ts';
import { createLlmClient, createLlmReasoner, readLlmConfig } from '../reason/llm/index.ts';
import type { Reasoner } from '../reason/reasoner.ts';
import { createEndpointChat, namesEndpoint, readVlmConfig } from '../reason/vlm/endpoint.ts';
import { createVlmReasoner } from '../reason/vlm/index.ts';
import { createPromptWriter } from '../textualize/index.ts';
import { createPicturePromptWriter } from '../textualize/picture-prompts.ts';
import { compareSightings } from './compare-sightings.ts';

export type ReasonerId = ExplainOptions['reasoner'];

/** Models that look at pictures; made where there is a disk (`pipeline/picture-models.ts`), absent on Workers. */
export type PictureModels = { imageText: () => ImageTextModel; visionChat: () => VisionChat };

/** What reasoners are made with; all of it injected. */
export type ReasonerContext = {
  /** `WHYFACE_LLM_BASE_URL`, `WHYFACE_LLM_MODEL`, `OPENAI_API_KEY`, `WHYFACE_OFFLINE` … */
  env: Readonly<Record<string, string | undefined>>;
  modelsDir?: string | undefined;
  fetch?: typeof fetch | undefined;
  clock?: Clock | undefined;
  /** 0–1, half-open. */
  random?: (() => number) | undefined;
  pictureModels?: PictureModels | undefined;
};

/**
 * The reasoner of that name. Keep it for as long as its server is asked: what it learns of the server (what it can do,
 * that it is down) is kept in it.
 *
 * @throws WhyfaceError `service-unavailable` for one that this version does not have; `config-invalid` with all
 *   problems of its settings at once.
 */
export const reasonerFor = (id: ReasonerId, context: ReasonerContext = { env: {} }): Reasoner => {
  if (id === 'facs') {
    return createFacsReasoner();
  }
  if (id === 'clip' && context.pictureModels !== undefined) {
    return createClipReasoner(context.pictureModels.imageText());
  }
  const visionChat = id === 'vlm' ? visionChatOf(context) : null;
  if (visionChat !== null) {
    return createVlmReasoner({
      chat: visionChat,
      prompts: createPicturePromptWriter({ random: context.random }),
      compare: compareSightings,
    });
  }
  if (id === 'llm') {
    return createLlmReasoner({
      client: createLlmClient({ config: readLlmConfig(context.env), ...context }),
      prompts: createPromptWriter({ random: context.random }),
    });
  }
  if (id === 'ensemble') {
    return createEnsembleReasoner(MEMBER_IDS.map((member) => memberOf(member, context)));
  }
  throw new WhyfaceError({
    code: 'service-unavailable',
    stage: 'reason',
    message: `The reasoner "${id}" cannot work here, where there are no models for pictures; use --reasoner facs.`,
  });
};

/** A member of the ensemble, or why it cannot be one. */
const memberOf = (id: MemberId, context: ReasonerContext): Member => {
  try {
    return { id, reasoner: reasonerFor(id, context) };
  } catch (thrown) {
    return { id, why: toWhyfaceError(thrown, 'reason').message };
  }
};

/** A server for pictures where one is named, else a model on this machine; `null` where there can be none. */
const visionChatOf = (context: ReasonerContext): VisionChat | null =>
  namesEndpoint(context.env)
    ? createEndpointChat({ ...context, config: readVlmConfig(context.env) })
    : (context.pictureModels?.visionChat() ?? null);

/** Reasoners made when they are first asked for, and kept. */
export const createReasoners = (context: ReasonerContext): ((id: ReasonerId) => Reasoner) => {
  const made = new Map<ReasonerId, Reasoner>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) {
      return known;
    }
    const reasoner = reasonerFor(id, context);
    made.set(id, reasoner);
    return reasoner;
  };
};
