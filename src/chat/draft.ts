import type {
  ChatAnswerKind,
  ChatMoment,
  CitedSentence,
  ExplanationPart,
  Judgement,
  TimeRange,
} from '../contracts/index.ts';

/** A sentence before it is checked. */
export type DraftSentence = CitedSentence & {
  /** How the verifier is to take it: `alternatives` are suppositions and assert no label. Default key-observations. */
  part?: ExplanationPart | undefined;
  /** Whom and when it speaks of, where that is not the whole answer. */
  subject?: string | null | undefined;
  range?: TimeRange | undefined;
  /** Whose numbers ("happiness, 96 %") it may use. */
  judgement?: Judgement | undefined;
  /** Speaks of whyface or of FACS, not of the clip: there is nothing in it that the observations could bear out. */
  aside?: boolean | undefined;
};

/** An answer before it is checked. */
export type Draft = {
  kind: ChatAnswerKind;
  subject: string | null;
  range: TimeRange;
  sentences: readonly DraftSentence[];
  moments: readonly ChatMoment[];
  suggestions: readonly string[];
};

export const said = (
  text: string,
  cites: readonly string[] = [],
  more: Omit<DraftSentence, 'text' | 'cites'> = {},
): DraftSentence => ({
  text,
  cites: [...new Set(cites)],
  ...more,
});

/** A sentence about whyface or FACS itself. Only fixed texts are asides, never what a model wrote. */
export const aside = (text: string): DraftSentence => ({ text, cites: [], aside: true });
