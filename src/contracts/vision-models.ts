/** What reasoners that look at pictures need of a model, wherever it runs: the pipeline gives them one of these. */
import type { Analysis } from './analysis.ts';
import type { CandidateObservation } from './candidate.ts';
import type { ClipFacts } from './clip.ts';
import type { PromptSubject } from './prompt.ts';
import type { Still } from './still.ts';

/** Texts as vectors of length 1, and how the model turns a cosine into a logit: `scale · cosine + bias`. */
export type EncodedTexts = {
  vectors: ReadonlyArray<readonly number[]>;
  scale: number;
  bias: number;
  /** What its logits are made for: `softmax` over the texts of a picture (CLIP), `sigmoid` of each alone (SigLIP). */
  link: 'softmax' | 'sigmoid';
};

type Abortable = { signal?: AbortSignal | undefined };

/** A model that says how well a text fits a picture (CLIP, SigLIP). */
export type ImageTextModel = {
  /** Repository of the model: `Xenova/clip-vit-base-patch16`. */
  readonly id: string;
  /**
   * Whether it is there, as far as can be told without opening it.
   *
   * @throws WhyfaceError `model-missing`, `model-invalid`, `config-invalid`
   */
  check: () => Promise<void>;
  /** @throws WhyfaceError `model-missing`, `model-invalid`, `aborted` */
  encodeTexts: (texts: readonly string[], options: Abortable) => Promise<EncodedTexts>;
  /**
   * @param jpegs pictures as JPEG bytes
   * @returns one vector of length 1 for each
   * @throws WhyfaceError `model-missing`, `model-invalid`, `aborted`
   */
  encodeImages: (jpegs: readonly Uint8Array[], options: Abortable) => Promise<ReadonlyArray<readonly number[]>>;
};

export type LookRequest = {
  /** Whose rules the answer follows; the model's instructions. */
  system: string;
  /** The question about the pictures, which come before it in this order. */
  question: string;
  /** JPEG bytes. */
  pictures: readonly Uint8Array[];
  /** Most tokens of the answer. */
  maximumTokens: number;
};

/** A model that answers in words about pictures, on this machine or behind an OpenAI-compatible endpoint. */
export type VisionChat = {
  readonly id: string;
  /** Where the pictures go; `null` where they stay on this machine (a model here, or a server on loopback). */
  readonly host: string | null;
  /** Whether a server is asked, be it on this machine. */
  readonly isServer: boolean;
  /** As of `ImageTextModel`. A server is not asked. */
  check: () => Promise<void>;
  /**
   * @returns the answer as it was given: untrusted text
   * @throws WhyfaceError `model-missing`, `model-invalid`, `service-unavailable`, `deadline-exceeded`, `aborted`
   */
  answer: (request: LookRequest, options: Abortable) => Promise<string>;
};

/** A prompt with its places filled, for a picture or for what was seen in several. */
export type FilledPicturePrompt = {
  /** `look@1` */
  id: string;
  sha256: string;
  system: string;
  question: string;
  /** Ids of the observations that the model can see, and so may cite. */
  visible: ReadonlySet<string>;
};

/** One sentence that was seen, with what the measurements say of it. */
export type SeenSentence = Pick<CandidateObservation, 'ms' | 'text' | 'comparison' | 'compared'>;

/** Writes the prompts of a model that looks at pictures. */
export type PicturePromptWriter = {
  look: (still: Still, clip: ClipFacts) => FilledPicturePrompt;
  read: (subject: PromptSubject, seen: readonly SeenSentence[]) => FilledPicturePrompt;
};

/** What the measurements say of sentences about one moment. */
export type CompareSightings = (
  sentences: readonly string[],
  where: { analysis: Analysis; subject: string | null; ms: number },
) => Array<Pick<CandidateObservation, 'comparison' | 'compared'>>;
