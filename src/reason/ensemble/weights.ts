/** Who can be a member, in the order in which they are told. */
export const MEMBER_IDS = ['facs', 'llm', 'vlm', 'clip'] as const;
export type MemberId = (typeof MEMBER_IDS)[number];

/** How a member is called in a sentence. */
export const MEMBER_NAMES: Record<MemberId, string> = {
  facs: 'the FACS tables',
  llm: 'the language model',
  vlm: 'the picture model',
  clip: 'the image-text model',
};

type Calibration = {
  /** Mean recall over the classes of faces that it was not fitted to. */
  recall: number;
  classes: number;
  source: string;
};

/**
 * How often each member is right. The first is measured by `npm run eval:faces`; the others are what is published of
 * their kind, because no such model can be measured where whyface is made. Raised to another version when a number changes.
 */
export const CALIBRATION_VERSION = 'ensemble-weights@1';
export const CALIBRATION: Record<MemberId, Calibration> = {
  facs: {
    recall: 0.54,
    classes: 8,
    source: 'docs/accuracy.md, judgement with the expression head, 112 press photos, classes of five or more',
  },
  llm: {
    recall: 0.467,
    classes: 7,
    source:
      'reading from action units alone: logistic regression on the 24 units of 3,068 RAF-DB faces of ExpLLM, five folds, macro recall',
  },
  vlm: {
    recall: 0.325,
    classes: 7,
    source: 'DFEW, not trained on: between HumanOmni 0.5B (0.194) and Emotion-LLaMA 7B (0.456), their mean',
  },
  clip: {
    recall: 0.233,
    classes: 7,
    source: 'DFEW, CLIP ViT-B/32 without training (table of FineCLIPER, arXiv 2407.02157)',
  },
};

/**
 * Weight of a member: the log-odds of its being right against chance, which is how votes of independent members with
 * evenly spread errors are best added (Nitzan & Paroush 1982). 0 at chance.
 */
export const weightOf = (id: MemberId): number => {
  const { recall, classes } = CALIBRATION[id];
  return Math.max(0, Math.log((recall * (classes - 1)) / (1 - recall)));
};
