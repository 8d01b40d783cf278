import type { Language } from './language.ts';

/** A stretch of text between marks, with its place. */
export type Clause = { text: string; start: number };

/**
 * Longer quotations blanked out: they are the subtitle's words, not the describer's. Short ones stay: descriptions put
 * their own label in quotation marks ("sadness and disappointment").
 */
export const withoutQuotations = (text: string): string =>
  text.replace(/“[^”]*”|"[^"]*"|「[^」]*」|『[^』]*』|(?<![\p{L}\p{N}])'[^']{24,}'(?![\p{L}\p{N}])/gu, (quotation) =>
    isLong(quotation) ? ' '.repeat(quotation.length) : quotation,
  );

const isLong = (quotation: string): boolean =>
  /\p{Script=Han}/u.test(quotation)
    ? (quotation.match(/\p{Script=Han}/gu)?.length ?? 0) > 4
    : quotation.trim().split(/\s+/).length > 4 || /[.?!]["”]?$/.test(quotation.slice(0, -1));

const split = (text: string, marks: RegExp): Clause[] => {
  const clauses: Clause[] = [];
  let start = 0;
  for (const match of text.matchAll(marks)) {
    clauses.push({ text: text.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  clauses.push({ text: text.slice(start), start });
  return clauses.filter((clause) => clause.text.trim() !== '');
};

/** Sentences, by full stops and their like. */
export const sentencesOf = (text: string): Clause[] => split(text, /[。！？；]|[.!?;]+(?=\s|["”)]|$)|\n+/g);

/** What a denial can reach over: up to a comma that does not merely join words, or a "but". */
export const clausesOf = (sentence: Clause, language: Language): Clause[] => {
  const marks =
    language === 'zh'
      ? /[，,：:]|但是|但|然而|不过|而是|反而|却/g
      : /,?\s+(?:but|however|yet|although|though|whereas|while|instead)\s|[,:]\s|\s[–—-]\s/gi;
  return split(sentence.text, marks).map(({ text, start }) => ({ text, start: sentence.start + start }));
};
