/** A picture model's reading: JSON where it can, the first expression it names where it cannot. */
import { z } from 'zod';
import { type CitedSentence, EXPRESSION_LABELS, type ExpressionLabel } from '../../contracts/index.ts';
import { EXPRESSION_WORDS } from '../../facs/index.ts';
import { findJson } from '../llm/answer/find-json.ts';

export type PictureReading = {
  label: ExpressionLabel;
  /** What the model says of itself, 0–1; a half where it says nothing usable. */
  confidence: number;
  reasons: CitedSentence[];
};

const MOST_REASONS = 3;
const UNTOLD = 0.5;

const answer = z.object({
  expression: z.string(),
  confidence: z.number().min(0).max(1).catch(UNTOLD),
  reasons: z.array(z.object({ text: z.string().min(1).max(500), cites: z.array(z.string()).catch([]) })).catch([]),
});

/** The label that stands first in a text, by its name or its adjective. */
const labelIn = (text: string): ExpressionLabel | null => {
  const places = EXPRESSION_LABELS.flatMap((label) => {
    const at = text.toLowerCase().search(new RegExp(`\\b(?:${label}|${EXPRESSION_WORDS[label].adjective})\\b`));
    return at < 0 ? [] : [{ label, at }];
  });
  return places.sort((a, b) => a.at - b.at)[0]?.label ?? null;
};

/**
 * Reads an answer to the prompt `read-picture`; `null` where no expression is named.
 *
 * @param visible ids that the model was shown; others are left out
 */
export const readReading = (text: string, visible: ReadonlySet<string>): PictureReading | null => {
  const { found } = findJson(text);
  const parsed = answer.safeParse(found);
  const label = labelIn(parsed.success ? parsed.data.expression : text);
  if (label === null) {
    return null;
  }
  const { confidence, reasons } = parsed.success ? parsed.data : { confidence: UNTOLD, reasons: [] };
  return {
    label,
    confidence,
    reasons: reasons.slice(0, MOST_REASONS).map((reason) => ({
      text: reason.text.replace(/\s+/g, ' ').trim(),
      cites: reason.cites.filter((id) => visible.has(id)),
    })),
  };
};
