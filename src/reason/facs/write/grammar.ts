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

/** A time in the clip: "0:02.4". */
export const clock = (ms: number): string => {
  const tenths = Math.round(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const rest = tenths - minutes * 600;
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, '0')}.${rest % 10}`;
};

/** A length of time: "0.4 s". */
export const seconds = (ms: number): string => `${(Math.round(ms / 100) / 10).toFixed(1)} s`;

/** Without repetitions, in the order of first mention. */
export const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
