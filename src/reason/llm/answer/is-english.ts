/** The commonest short words of English; any English sentence of some length has several of them. */
const FUNCTION_WORDS = new Set(
  'the of and to in is are be that it at by with from or not this which while there but for without both than only does its was were has have'.split(
    ' ',
  ),
);

/** Below this many words nothing can be told, and an answer is taken for English. */
const LEAST_WORDS = 12;
const LEAST_SHARE = 0.15;

/** Whether a text is English, by the share of its words that only English has so often. Quotations are left out. */
export const isEnglish = (text: string): boolean => {
  const own = text.toLowerCase().replace(/"[^"]*"|“[^”]*”/g, ' ');
  const words = own.match(/\p{L}+/gu) ?? [];
  const wide = (own.match(/(?!\p{Script=Latin})\p{L}/gu) ?? []).length;
  const letters = (own.match(/\p{L}/gu) ?? []).length;
  if (letters > 0 && wide / letters > 0.3) {
    return false;
  }
  return (
    words.length < LEAST_WORDS || words.filter((word) => FUNCTION_WORDS.has(word)).length / words.length >= LEAST_SHARE
  );
};
