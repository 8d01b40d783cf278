/**
 * Characters that must not reach a terminal, a page or a prompt: controls, lone surrogates, and invisible characters that
 * change the direction or hide text. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are spelled with them.
 */
const UNWANTED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/** Words as they may be quoted: nothing invisible, runs of white space as one space. */
export const cleanText = (text: string): string => text.replace(/\s+/gu, ' ').replace(UNWANTED, '').trim();
