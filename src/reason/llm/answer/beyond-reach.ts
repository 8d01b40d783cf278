/**
 * What no reading of an expression can know, and whyface does not say: truthfulness, health, who somebody is. Words in
 * quotation marks are somebody else's and exempt.
 */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|‘[^’]*’(?![\p{L}])/gu;

const SUBJECT = String.raw`(?:he|she|they|p\d+|the (?:person|subject|speaker|man|woman))`;

const BEYOND_REACH: ReadonlyArray<{ about: string; pattern: RegExp }> = [
  {
    about: 'truthfulness',
    pattern: new RegExp(
      String.raw`\b(?:lying|liar|dishonest\w*|deceptive\w*|deceiv\w+|decepti\w+|insincer\w+|untruthful\w*|truthful\w*|(?:is|are|being) (?:telling|hiding) the truth|${SUBJECT} (?:lies|fakes|is faking))\b`,
      'iu',
    ),
  },
  {
    about: 'health',
    pattern:
      /\b(?:autis\w+|asperger\w*|schizophren\w+|bipolar|parkinson\w*|alzheimer\w*|dementia|adhd|ptsd|psychopath\w*|narcissis\w+|borderline personality|clinical(?:ly)? depress\w+|depressive disorder|anxiety disorder|mental(?:ly)? (?:ill|disorder)\w*|bell['’]s palsy|stroke patient|diagnos\w+)\b/iu,
  },
  {
    about: 'age, sex or origin',
    pattern:
      /\b(?:caucasian|african[- ]american|asian|hispanic|latino|latina|ethnicity|years? old|middle-aged|elderly|(?:young|old|older|younger|white|black) (?:man|woman|male|female|person))\b/iu,
  },
];

/** What a sentence claims that cannot be known, or `null`. */
export const beyondReach = (text: string): string | null => {
  const own = text.replace(QUOTED, ' ');
  return BEYOND_REACH.find(({ pattern }) => pattern.test(own))?.about ?? null;
};
