const VOWEL_CONSONANT = /^(?:[^aeiou]*[aeiou])[bdgmnpt]$/;

/** The regular forms of an English verb: "raise" → raise, raises, raised, raising; "drop" doubles its consonant. */
const verbForms = (verb: string): string[] => {
  if (verb.endsWith('e')) {
    return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  }
  if (/[^aeiou]y$/.test(verb)) {
    return [verb, `${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  }
  const stem = VOWEL_CONSONANT.test(verb) ? `${verb}${verb.at(-1) ?? ''}` : verb;
  const third = /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
  return [verb, third, `${stem}ed`, `${stem}ing`];
};

/** Writes out a lexicon phrase: "raise~" stands for all forms of the verb, "brow*" for singular and plural. */
export const expand = (phrase: string): string[] => {
  const words = phrase.split(' ');
  let phrases: string[][] = [[]];
  for (const word of words) {
    const forms = word.endsWith('~')
      ? verbForms(word.slice(0, -1))
      : word.endsWith('*')
        ? [word.slice(0, -1), `${word.slice(0, -1)}s`]
        : [word];
    phrases = phrases.flatMap((start) => forms.map((form) => [...start, form]));
  }
  return phrases.map((parts) => parts.join(' '));
};
