/** A set of words or phrases, written as one line: `wordSet('at, in, on top of')`. */
export const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(', '));
