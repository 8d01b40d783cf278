/**
 * What whyface never says, whoever asks and however (DESIGN §7.9): fixed, polite answers. Patterns over the corrected,
 * lower-case question.
 */
type Refusal = { topic: RefusedTopic; patterns: readonly RegExp[]; answer: string };

export type RefusedTopic =
  | 'identity'
  | 'age'
  | 'gender'
  | 'origin'
  | 'deception'
  | 'diagnosis'
  | 'appearance'
  | 'character';

const WHO =
  '(?:he|she|they|it|(?:this|that|these|those)(?: (?:man|woman|person|girl|boy|guy|lady|child|kid|face|people))?|him|her|them|p\\d+|person \\d+|the (?:\\w+ )?(?:man|woman|person|girl|boy|guy|lady|speaker|child|kid|face|people))';

const REFUSALS: readonly Refusal[] = [
  {
    topic: 'identity',
    patterns: [
      new RegExp(`\\bwho(?: is|s|'s| are| was)? ${WHO}\\s*(?:really|exactly|actually|in the (?:clip|video|picture|photo|image))?\\s*[?.!]*$`),
      new RegExp(`\\b(?:is|was|are) ${WHO} (?:really )?(?:anyone |somebody |someone )?(?:famous|known|a celebrity|a politician|an? (?:actor|actress|president|senator))\\b`),
      /\b(?:what(?: is|s|'s)?|tell me|know|give me) (?:his|her|their|the (?:man|woman|person|speaker)'?s?|p\d+'?s?) (?:full |last |first |real )?(?:name|identity|address|phone|email|job|profession|occupation|employer)\b/,
      /\b(?:identify|recogni[sz]e|name) (?:him|her|them|the (?:man|woman|person|people|face|speaker)s?|this (?:man|woman|person|face)|who|p\d+|everyone|everybody)\b/,
      /\b(?:do|can|did) you (?:know|recogni[sz]e|identify) (?:who|him|her|them|this|that|the)\b(?! (?:smile|frown|expression|emotion|movement|feel|look))/,
      /\bwhat (?:is|are|s) (?:he|she|they) called\b/,
      /\bis (?:this|that|it|he|she|p\d+) (?:really )?(?!P\d)(?:[A-Z][a-z]+ )+[A-Z][a-z]+/,
      /\bsame person as\b|\bface recognition\b|\bmatch (?:his|her|this|the) face\b/,
    ],
    answer: 'I do not say who anybody is: whyface measures movements and keeps no faces to compare with. People are only numbered, in the order in which they come into view.',
  },
  {
    topic: 'age',
    patterns: [/\bhow old\b/, /\b(?:his|her|their|what|p\d+'?s?) age\b|\bage (?:is|of|group|range)\b|\bwhat age\b/, /\b(?:is|are|looks?|seems?) (?:\w+ ){0,2}(?:young|elderly|underage|a minor|a teenager|middle[- ]aged|an adult|a child|a kid)\b/],
    answer: 'I do not estimate ages; nothing that is measured here is meant for that.',
  },
  {
    topic: 'gender',
    patterns: [new RegExp(`\\b(?:is|are|was) ${WHO} (?:an? )?(?:man|woman|male|female|boy|girl|men|women|transgender|trans)\\b`), /\b(?:gender|what sex|which sex|male or female|man or (?:a )?woman|boy or (?:a )?girl)\b/],
    answer: 'I do not tell men from women, nor anything else about gender; it plays no part in the measurements.',
  },
  {
    topic: 'origin',
    patterns: [
      /\b(?:race|racial|ethnic\w*|nationality|skin colou?r|religio\w+|country (?:is|does)|what country|where (?:is|are) (?:he|she|they|p\d+) from|where (?:does|do) (?:he|she|they|p\d+) come from)\b/,
      new RegExp(`\\b(?:is|are) ${WHO} (?:an? )?(?:gay|straight|lesbian|homosexual|black|white|asian|hispanic|latin[oax]|arab\\w*|jewish|muslim|christian|hindu|immigrant)\\b`),
      /\bsexual orientation\b|\bpolitical (?:views?|party|orientation|opinions?)\b/,
    ],
    answer: 'I say nothing about origin, skin colour, belief or orientation; a face does not tell them, and they are not measured.',
  },
  {
    topic: 'deception',
    patterns: [
      /\b(?:lie|lies|lied|lying|liar|deceiv\w+|decept\w+|dishonest\w*|truthful\w*|trustworth\w+|bluff\w*|cheating|hiding something|fibbing)\b/,
      /\b(?:tell\w*|speak\w*|say\w*|said) the truth\b|\bhonest(?:ly)?\b(?! smile)|\bcan i trust (?:him|her|them|this person|the (?:man|woman|person|speaker)|p\d+)\b|\btrust (?:him|her|them)\b/,
      /\bguilty (?:of|or)\b|\bcommitted\b|\bis (?:he|she) (?:innocent|hiding)\b/,
    ],
    answer: 'I cannot tell whether somebody is honest, and neither can anybody from a face: no movement marks a lie.',
  },
  {
    topic: 'diagnosis',
    patterns: [
      /(?<!lips? |corners? |lids? )\b(?:depress(?:ed|ion|ive)(?! lip| lid| brow)|autis\w+|adhd|bipolar|schizo\w+|parkinson\w*|alzheimer\w*|dementia|stroke|bell'?s palsy|ptsd|anorexi\w+|disorder|diagnos\w+|disease|illness|mentally ill|syndrome|psychopath\w*|narcissis\w*|suicidal|neurological|palsy|symptoms?)\b/,
      /\b(?:drunk|intoxicated|on drugs|high on|stoned|sober|is (?:he|she|p\d+) (?:ill|sick|healthy|insane|crazy))\b/,
    ],
    answer: 'I do not diagnose anything; these measurements say nothing about illness, and a clinician is the one to ask.',
  },
  {
    topic: 'appearance',
    patterns: [/\b(?:attractive|beautiful|handsome|ugly|pretty (?:girl|woman|face)|good[- ]looking|sexy|is (?:he|she|p\d+) (?:hot|cute|fat|pretty))\b/],
    answer: 'I do not rate how people look; only movements are measured.',
  },
  {
    topic: 'character',
    patterns: [/\b(?:intelligen\w+|iq|stupid|personality|introvert\w*|extrovert\w*|criminal|terrorist|dangerous|a good (?:person|employee|leader|worker|candidate)|hire (?:him|her|them)|hired|employable|suitable for (?:the|a) job|competent|loyal)\b/],
    answer: 'I do not judge character, ability or fitness for anything; a few seconds of movement say nothing about them.',
  },
]; // biome-ignore format: one table

/** The refusal that a question meets, or `null`. `question` keeps its capitals, for names. */
export const refusalOf = (question: string): { topic: RefusedTopic; answer: string } | null => {
  const lower = question.toLowerCase();
  const found = REFUSALS.find(({ patterns }) =>
    patterns.some((pattern) => pattern.test(pattern.source.includes('[A-Z]') ? question : lower)),
  );
  return found === undefined ? null : { topic: found.topic, answer: found.answer };
};
