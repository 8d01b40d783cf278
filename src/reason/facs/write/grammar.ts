/** Small English: lists, sentences, times. Knows nothing of faces. */

/** "a", "a and b", "a, b and c". */
export const list = (items: readonly string[], conjunction = 'and'): string => {
  const last = items.at(-1);
  if (last === undefined) {
    return '';
  }
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`;
};

/** A clause list in which each item may hold an "and" of its own: "a, and b". */
export const clauses = (items: readonly string[]): string => {
  const last = items.at(-1);
  if (items.length < 2 || last === undefined) {
    return last ?? '';
  }
  const comma = items.length > 2 || items.some((item) => item.includes(' and ')) ? ',' : '';
  return `${items.slice(0, -1).join(', ')}${comma} and ${last}`;
};

/** With a capital and a full stop. */
export const sentence = (text: string): string => {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`;
  return capitalized(ended);
};

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "no nose wrinkle, no jaw drop and no lip press": each with its own "no", so that nobody reads over it. */
export const noneOf = (nouns: readonly string[]): string => list(nouns.map((noun) => `no ${noun}`));

/** "a lip press", "an upper-lid raise". */
export const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/**
 * One of several wordings, chosen by what is being said: the same evidence is always worded alike, different evidence
 * need not be. (FNV-1a over the seed.)
 */
export const worded = (seed: string, options: readonly [string, ...string[]]): string => {
  let hash = 0x811c9dc5;
  for (const character of seed) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return options[hash % options.length] ?? options[0];
};

/** Without repetitions, in the order of first mention. */
export const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
