import { splitSentences } from '../../verify/text/sentences.ts';
import { type DraftSentence, said } from '../draft.ts';

/** Longest answer that is read; a longer one has lost its way. */
const MOST_SENTENCES = 16;

const CITATION = /\[\s*(o\d+(?:\s*[,;]\s*o\d+)*)\s*\]/gi;

/**
 * The sentences of what a model wrote, each with the ids in brackets after (or in) it. Markup, headings and addresses
 * are taken off; ids that are not there stay, for the verifier to find.
 */
export const readAgentAnswer = (text: string): DraftSentence[] => {
  const clean = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/^\s*(?:#+|[-*•]|\d+[.)])\s+/gm, '')
    .replace(/\*\*|__|`/g, '')
    // "… [o3]. Next": the ids belong before the full stop, so that they stay with their sentence.
    .replace(/([.!?])\s*((?:\[\s*o\d+(?:\s*[,;]\s*o\d+)*\s*\]\s*)+)/gi, ' $2$1 ')
    .replace(/\s+/g, ' ')
    .trim();
  return splitSentences(clean)
    .slice(0, MOST_SENTENCES)
    .flatMap(({ text: sentence }): DraftSentence[] => {
      const cites = [...sentence.matchAll(CITATION)].flatMap(([, ids = '']) => ids.toLowerCase().split(/\s*[,;]\s*/));
      const words = sentence
        .replace(CITATION, ' ')
        .replace(/\s+/g, ' ')
        .replace(/\s+([.,;!?])/g, '$1')
        .trim();
      return /\p{L}/u.test(words) ? [said(words, cites, { part: 'interpretation' })] : [];
    });
};
