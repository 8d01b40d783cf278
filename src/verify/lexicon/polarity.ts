import type { LexiconEntry } from './sense.ts';

/** Words that deny, words that say nothing happens, words that say nothing was seen, and words that suppose. */
export const POLARITY_LEXICON: readonly LexiconEntry[] = [
  {
    sense: { kind: 'negator', reach: 'phrase' },
    phrases: [
      'no', 'without', 'without any', 'with no', 'lack of', 'lack of any', 'lack~', 'lacking', 'absence of', 'absence of any', 'free of', 'free from', 'devoid of', 'neither', 'nor', 'none of', 'not any', 'no sign of', 'no signs of', 'no trace of', 'no hint of',
      'no evidence of', 'zero', 'missing is', 'missing are', 'absent is', 'absent are', 'hardly any', 'scarcely any', 'not a trace of', 'not a hint of', 'not a sign of', 'no visible', 'no measurable', 'no detectable', 'not one', 'nothing of', 'instead of', 'rather than', 'empty of',
      'no accompanying', 'with neither', 'little or no', 'little to no', 'virtually no', 'no discernible', 'minus', 'excluding', 'bereft of', 'lack of visible', 'non', 'fail~ to show', 'no corresponding', 'what is lacking', 'what is missing', 'what lacks', 'missing throughout', 'absent throughout', 'not seen at all', 'no such', 'not the slightest', 'nothing like',
    ],
  },
  { sense: { kind: 'negator', reach: 'predicate' }, phrases: ['not', 'never', 'fail~ to', 'refuse~ to', 'not at all', 'at no point', 'at no time', 'nowhere', 'nothing', 'hardly', 'nobody', 'not actually', 'without ever', 'not even', 'not once', 'decline~ to'] },
  {
    sense: { kind: 'absent' },
    phrases: [
      'absent', 'missing', 'below threshold', 'below the threshold', 'under threshold', 'under the threshold', 'beneath the threshold', 'inactive', 'unmoved', 'motionless', 'relaxed', 'at rest', 'resting', 'unchanged', 'idle',
      'uninvolved', 'untouched', 'stays put', 'stay put', 'stayed put', 'staying put', 'out of play', 'dormant', 'at baseline', 'unraised', 'unfurrowed', 'unwrinkled', 'unengaged', 'immobile', 'stationary', 'undisturbed', 'unlined', 'nothing happens',
      'takes no part', 'take no part', 'plays no part', 'play no part', 'plays no role', 'play no role', 'out of it', 'unaffected', 'non existent', 'nonexistent', 'does nothing', 'do nothing', 'did nothing', 'doing nothing', 'below the level of detection', 'sub threshold',
      'subthreshold', 'too weak to count', 'too weak to be counted', 'too weak to be coded', 'not coded', 'not scored', 'unscored', 'uncoded', 'nil', 'at zero', 'lie flat', 'lies flat', 'uncreased', 'is lacking', 'are lacking', 'inert', 'unused', 'uncontracted', 'unarched', 'unclenched', 'unpuckered', 'undrawn', 'ordinary',
      'below detection', 'under the cut off', 'below the cut off', 'below the coding threshold', 'stock still', 'lie still', 'lies still', 'untensed', 'stays out', 'stay out', 'sit out', 'sits out', 'unstirred', 'uninvolved', 'nothing is seen', 'unmoving', 'does not register', 'soft and still', 'stays where it was', 'unwidened', 'unopened',
    ],
  },
  {
    // Everyday words that say it only as a predicate of a part: "the brows stay level".
    sense: { kind: 'absent', weak: true },
    phrases: ['neutral', 'neutral position', 'in neutral', 'smooth', 'quiet', 'rest', 'rests', 'passive', 'silent', 'calm', 'flat', 'in place', 'where it is', 'where they are', 'where they were', 'where it was', 'steady', 'level', 'normal', 'ordinary', 'blank', 'off', 'at ease', 'idle', 'static', 'unremarkable', 'placid', 'in place', 'as it was', 'as they were'],
  },
  {
    sense: { kind: 'hidden' },
    phrases: [
      'hidden', 'covered', 'obscured', 'out of view', 'not visible', 'occluded', 'cannot be seen', 'can not be seen', 'could not be seen', 'not measured', 'unmeasured', 'not measurable', 'could not be measured', 'can not be measured', 'out of sight', 'blocked', 'concealed', 'unseen', 'unknown', 'not in view',
      'not assessed', 'could not be assessed', 'can not be assessed', 'can not be judged', 'could not be judged', 'out of frame', 'could not be read', 'can not be read', 'invisible', 'not observable', 'unobservable', 'impossible to see', 'impossible to measure', 'not available', 'unavailable', 'masked by', 'behind',
      'can not tell', 'could not tell', 'can not say', 'undetermined', 'not determined', 'out of the picture', 'could not be determined', 'can not be determined', 'unreadable', 'nothing can be said', 'nothing can be seen', 'nothing can be read', 'nothing is known', 'can not be told', 'escapes view',
    ],
  },
  { sense: { kind: 'hypothetical', strength: 'would' }, phrases: ['would', 'if', 'whether', 'unclear', 'uncertain', 'possibly', 'perhaps', 'maybe', 'hard to tell', 'hard to say', 'questionable', 'doubtful', 'were it', 'had there', 'could have', 'might have', 'should have', 'expected', 'unless', 'expect~', 'one would', 'supposing', 'suppose', 'were to', 'had the', 'needed', 'required', 'require~', 'calls for', 'call for', 'need~', 'demand~', 'await~'] },
  {
    sense: { kind: 'hypothetical', strength: 'general' },
    phrases: ['usually', 'typically', 'often', 'frequently', 'sometimes', 'may', 'might', 'could', 'normally', 'generally', 'in general', 'tend~ to', 'commonly', 'by definition', 'prototype', 'prototypes', 'prototypical', 'prototypically', 'the prototype', 'textbook', 'as a rule', 'in most people', 'people often', 'classic', 'classically', 'can also', 'may also', 'could also', 'might also', 'in the literature', 'ordinarily', 'customarily'],
  },
  {
    sense: { kind: 'nothing' },
    phrases: [
      'would account for', 'would also account for', 'would explain', 'would also explain', 'would fit', 'would suit', 'would cover', 'would not explain', 'would not account for', 'would not fit', 'would be consistent with', 'would go with', 'does not explain', 'not only', 'not just', 'not merely', 'not until', 'not yet', 'no longer', 'no more than', 'no less', 'no doubt', 'no matter', 'not necessarily', 'without doubt', 'nothing but', 'not least', 'not much', 'no later than', 'no earlier than', 'not before', 'not alone', 'no wonder', 'not merely',
      'in full', 'part of', 'takes part', 'take part', 'took part', 'in part', 'up to', 'up until', 'back to', 'down to', 'close to', 'closely', 'open to', 'at least', 'at most', 'all right', 'right after', 'right before', 'right at', 'right away', 'right now', 'right then', 'right when', 'right as', 'left over', 'left open', 'is left', 'right from', 'right through', 'right until',
      'in line with', 'in lines', 'lines up', 'line up', 'in fact', 'well as', 'as well', 'as well as', 'line with', 'taken together', 'put together', 'together with', 'all together', 'fall short', 'falls short', 'fall within', 'falls within', 'falls on', 'rest of', 'rest on', 'rests on', 'bring together', 'as if', 'as though', 'as far as', 'backed', 'backs up', 'backed up',
      'add up', 'adds up', 'make up', 'makes up', 'made up', 'point back', 'leave open', 'in the end', 'high confidence', 'low confidence', 'narrow margin', 'narrow lead', 'wide margin', 'close second', 'close runner', 'close call', 'press on', 'draw on', 'draws on', 'drop in confidence', 'deep breath', 'face value',
      'keeping with', 'in the face of', 'large part', 'for the most part', 'in turn', 'the level of', 'no one', 'noted', 'higher score', 'lower score', 'both are', 'both at', 'both of which', 'both of them', 'well below', 'well above', 'a lot', 'both point', 'both speak', 'both argue', 'both fit', 'show up', 'shows up', 'showed up', 'showing up', 'set off', 'give off', 'take off', 'takes off', 'line of', 'lines of',
      'than at rest', 'than when at rest', 'above rest', 'come together with', 'together are', 'together form', 'together with', 'held in', 'calm~ down', 'calms down', 'calm down', 'smile of enjoyment', 'smiles of enjoyment', 'smile of joy', 'holding something back', 'holding back', 'a level', 'quiet level', 'low level of volume', 'close to tears', 'open question', 'opening seconds', 'opening moment', 'opening frames', 'opening words', 'closing seconds', 'close up', 'levelled off', 'level off', 'level with', 'levels off', 'tail off', 'tails off', 'die off', 'wear off', 'wears off', 'nothing else', 'calm reading', 'line~ up', 'soft spoken',
    ],
  },
]; // biome-ignore format: one table
