/**
 * Words that name or judge a feeling. Observations and facts must be free of them, so that a conclusion is reasoned and
 * not smuggled in. Our own list: the eight expression labels and their families, the open-vocabulary words people use
 * for faces, and everyday words for expressions ("smile") that carry a reading. Lower case; each line is a family, and
 * regular endings are understood (`-s`, `-ed`, `-ing`, `-ly`, `-ness`, `-ful`, `-er`, `-est`).
 */
export const EMOTION_WORDS = [
  // anger
  'anger', 'angry', 'angrily', 'angered', 'annoy', 'annoyance', 'irritate', 'irritation', 'irritable', 'irritability', 'fury', 'furious',
  'rage', 'raging', 'enrage', 'outrage', 'mad', 'irate', 'hostile', 'hostility', 'aggressive', 'aggression', 'aggressively', 'resent', 'resentful',
  'resentment', 'frustrate', 'frustration', 'exasperate', 'exasperation', 'indignant', 'indignation', 'bitter', 'bitterness', 'hate', 'hatred',
  'hateful', 'wrath', 'temper', 'grudge', 'spite', 'spiteful', 'vengeful', 'livid', 'grumpy', 'cranky', 'offend', 'offence', 'offense', 'provoke',
  'infuriate', 'agitate', 'agitation', 'impatient', 'impatience', 'displease', 'displeasure', 'threatening', 'menacing', 'fierce', 'jealous', 'jealousy',
  'envy', 'envious', 'rebellious', 'defiant', 'defiance', 'accusing', 'reproach', 'reproachful',
  // contempt
  'contempt', 'contemptuous', 'contemptuously', 'disdain', 'disdainful', 'scorn', 'scornful', 'smug', 'superior', 'superiority', 'arrogant', 'arrogance', 'mock', 'mocking', 'mockery',
  'sarcasm', 'sarcastic', 'cynical', 'cynicism', 'condescending', 'dismissive', 'derisive', 'derision', 'haughty', 'sardonic', 'ironic', 'irony', 'despise', 'disrespect',
  // disgust
  'disgust', 'disgusted', 'disgusting', 'revulsion', 'revolted', 'revolting', 'repulse', 'repulsion', 'repulsive', 'loathe', 'loathing', 'aversion', 'averse', 'dislike', 'distaste', 'sicken', 'nausea', 'nauseated',
  'appal', 'appalled', 'appalling', 'abhor', 'repelled', 'repugnance', 'disapprove', 'disapproval',
  // fear
  'fear', 'fearful', 'fearfully', 'afraid', 'scare', 'scared', 'scary', 'frighten', 'fright', 'terror', 'terrified', 'terrify', 'panic', 'panicked', 'panicky', 'anxiety', 'anxious',
  'anxiously', 'worry', 'worried', 'worrying', 'nervous', 'nervousness', 'dread', 'horror', 'horrified', 'alarm', 'alarmed', 'apprehension', 'apprehensive', 'uneasy',
  'unease', 'uneasiness', 'threatened', 'insecure', 'insecurity', 'timid', 'shy', 'shyness', 'vulnerable', 'wary', 'cautious', 'helpless', 'helplessness', 'overwhelmed', 'stress', 'stressed', 'stressful', 'tension',
  'distress', 'distressed', 'concern', 'concerned', 'trepidation', 'suspicion', 'suspicious', 'distrust', 'mistrust', 'doubt', 'doubtful', 'hesitant', 'hesitation', 'hysterical', 'startle', 'restless', 'restlessness', 'desperate', 'desperation',
  // happiness
  'happy', 'happily', 'happiness', 'happier', 'joy', 'joyful', 'joyous', 'delight', 'delighted', 'delightful', 'pleased', 'pleasing', 'pleasure', 'pleasant', 'pleasantly', 'unpleasant', 'cheer', 'cheerful',
  'cheery', 'glad', 'gladness', 'merry', 'elated', 'elation', 'ecstatic', 'ecstasy', 'bliss', 'blissful', 'content', 'contented', 'contentment', 'satisfy', 'satisfied', 'satisfaction', 'dissatisfied', 'amuse', 'amused', 'amusement', 'amusing',
  'enjoy', 'enjoyment', 'fun', 'funny', 'humor', 'humour', 'humorous', 'excite', 'excited', 'excitement', 'enthusiasm', 'enthusiastic', 'thrill', 'eager', 'eagerness', 'proud', 'pride', 'hope',
  'hopeful', 'optimism', 'optimistic', 'grateful', 'gratitude', 'thankful', 'relief', 'relieved', 'love', 'loving', 'lovingly', 'affection', 'affectionate', 'fond', 'fondness', 'tender', 'tenderness', 'warmth',
  'playful', 'triumph', 'triumphant', 'confident', 'confidence', 'jolly', 'upbeat', 'euphoria', 'euphoric', 'exhilarated', 'giddy', 'passion', 'passionate', 'admire', 'admiration', 'adore', 'adoration', 'friendly', 'friendliness', 'kind', 'kindness', 'gentle', 'flirty', 'flirtatious', 'inspired', 'encouraged',
  // sadness
  'sad', 'sadness', 'sadly', 'saddened', 'sorrow', 'sorrowful', 'grief', 'grieve', 'grieving', 'mourn', 'mournful', 'unhappy', 'unhappiness', 'gloom', 'gloomy', 'misery', 'miserable', 'melancholy', 'melancholic', 'depressed', 'depression', 'depressing',
  'despair', 'despairing', 'despondent', 'dejected', 'disappoint', 'disappointment', 'disappointed', 'heartbroken', 'heartbreak', 'hurt', 'lonely', 'loneliness', 'lonesome', 'regret', 'regretful', 'remorse', 'guilt', 'guilty', 'ashamed', 'shame', 'embarrass', 'embarrassed', 'embarrassment',
  'humiliate', 'humiliation', 'upset', 'downcast', 'tearful', 'weep', 'weepy', 'cry', 'cried', 'sob', 'sulk', 'sulky', 'sullen', 'wistful', 'nostalgia', 'nostalgic', 'pain', 'painful', 'pained', 'suffering', 'anguish', 'agony', 'hopeless', 'hopelessness', 'pity', 'sympathy',
  'sympathetic', 'compassion', 'compassionate', 'empathy', 'discouraged', 'resigned', 'resignation', 'powerless', 'aggrieved', 'wronged', 'pessimistic', 'bleak', 'dismay', 'dismayed', 'homesick', 'troubled',
  // surprise
  'surprise', 'surprised', 'surprising', 'surprisingly', 'astonish', 'astonished', 'astonishment', 'amaze', 'amazed', 'amazement', 'shock', 'shocked', 'shocking', 'stun', 'stunned', 'startled', 'awe', 'awed', 'wonder', 'wonderment', 'bewilder', 'bewildered', 'bewilderment', 'dumbfounded', 'speechless', 'incredulous', 'incredulity', 'disbelief', 'unexpected',
  'astounded', 'perplexed', 'puzzled', 'confuse', 'confused', 'confusion', 'baffled',
  // calm and others
  'calm', 'calmly', 'calmness', 'serene', 'serenity', 'peaceful', 'relax', 'relaxed', 'relaxation', 'bored', 'boredom', 'boring', 'indifferent', 'indifference', 'apathy', 'apathetic', 'neutral', 'interest', 'interested', 'curious', 'curiosity', 'serious', 'solemn', 'pensive', 'thoughtful', 'tired', 'fatigue', 'exhausted', 'weary', 'sleepy', 'emotion', 'emotional', 'emotionally', 'mood', 'feel', 'feeling', 'felt', 'sentiment', 'sentimental', 'moody', 'aroused', 'sincere', 'genuine', 'fake', 'insincere', 'skeptical', 'sceptical', 'scepticism', 'skepticism', 'determined', 'determination', 'stern', 'blank', 'stoic', 'aloof', 'disinterest', 'disinterested', 'dazed', 'disconcerted', 'discomfort', 'uncomfortable', 'comfortable', 'awkward', 'longing', 'desire', 'lust', 'craving', 'tormented', 'tense', 'tensed', 'open', 'pressed', 'strained', 'shaken', 'numb', 'pouting',
  // other states of mind
  'abandoned', 'abashed', 'aghast', 'alert', 'alertness', 'alienated', 'ambivalent', 'ambivalence', 'appreciative', 'assertive', 'attentive', 'awestruck', 'awful', 'bashful', 'belligerent', 'betrayed', 'bother', 'bothered', 'brave', 'bravery', 'carefree',
  'cheeky', 'complacent', 'concentrate', 'concentration', 'contemplative', 'courage', 'courageous', 'coy', 'crestfallen', 'defeated', 'defensive', 'detest', 'devastated', 'disillusioned', 'disgruntled', 'distant', 'distracted', 'distraught', 'disturbed', 'dysphoric', 'energetic', 'excluded', 'fascinate',
  'fascination', 'flustered', 'focused', 'foolish', 'forlorn', 'frantic', 'fretful', 'glee', 'gleeful', 'glum', 'heated', 'hollow', 'infatuated', 'inferior', 'inferiority', 'intimidate', 'intrigue', 'intrigued', 'isolated', 'jittery', 'judgmental', 'judgemental', 'lively', 'mania', 'manic', 'mirth', 'mischief', 'mischievous', 'nauseous', 'nurturing', 'offended',
  'overjoyed', 'paranoid', 'perturbed', 'petrified', 'pleading', 'pressured', 'rejected', 'rejection', 'resolute', 'ridiculed', 'rueful', 'smitten', 'soothe', 'spooked', 'submissive', 'torment', 'unsettled', 'vex', 'vexed', 'violent', 'woe', 'woeful', 'worthless', 'wretched', 'zeal', 'zest',
  // everyday words for expressions that carry a reading
  'smile', 'smiling', 'smiley', 'grin', 'smirk', 'sneer', 'frown', 'scowl', 'glare', 'grimace', 'pout', 'laugh', 'laughter', 'giggle', 'chuckle', 'snarl', 'wince', 'cringe', 'beam', 'beaming', 'stare', 'gape', 'leer', 'glower', 'sigh', 'scream',
] as const; // biome-ignore format: one list, by family

/**
 * Words of the list that also describe a face or a measurement, and where they are allowed. `pattern` is looked for
 * in the sentence around the word and must cover it; a few words at most may stand between the part
 * and the word. `why` says what the word means there.
 */
export const EMOTION_WORD_EXCEPTIONS = [
  { word: 'open', pattern: /\b(?:eyes?|mouth|jaw|lips?|lids?|eyelids?|stretch\w*|wide)\b(?: [\w-]+){0,3} open(?:s|ed|ing)?\b|\bopen(?:s|ed|ing)?\b (?:eyes?|mouth|lips?|lids?)\b/, why: 'eyes and mouths open' },
  { word: 'pressed', pattern: /\b(?:lips?|mouth|lip corners?)\b(?: [\w-]+){0,3} pressed\b|\bpressed\b (?:lips?|together)\b/, why: 'lips are pressed together' },
  { word: 'depressed', pattern: /\b(?:lip|lips|lip corners?|mouth corners?)\b(?: [\w-]+){0,3} depressed\b/, why: 'the lower lip is depressed (AU16)' },
  { word: 'tense', pattern: /\b(?:lids?|eyelids?|lips?|muscles?)\b(?: [\w-]+){0,3} tense[ds]?\b|\btensed?\b (?:lids?|lips?|muscles?)\b/, why: 'lids and lips tense (AU7, AU23)' },
  { word: 'tensed', pattern: /\b(?:lids?|eyelids?|lips?|muscles?)\b(?: [\w-]+){0,3} tensed\b|\btensed\b (?:lids?|lips?|muscles?)\b/, why: 'lids and lips are tensed (AU7, AU23)' },
  { word: 'superior', pattern: /\bsuperior tarsal\b/, why: 'the name of a muscle' },
  { word: 'depression', pattern: /\blip(?:[- ]corners?)? depression\b/, why: 'the movement of AU15 and AU16' },
  { word: 'relaxed', pattern: /\brelaxed (?:mentalis|temporalis|levator|orbicularis|internal)\b|\b(?:jaw|lids?|lips?|muscles?)\b(?: [\w-]+){0,4} relaxed\b|\brelaxed\b (?:jaw|lids?|lips?)\b/, why: 'a jaw hangs relaxed (AU26)' },
  { word: 'beam', pattern: /\bbeams? of\b/, why: 'light' },
  { word: 'confidence', pattern: /\b(?:measure\w*|model\w*|low|high|mean)\b(?: [\w-]+){0,3} confidence\b|\bconfidence of\b/, why: 'how far a measurement can be trusted' },
  { word: 'aversion', pattern: /\bgaze aversion\b/, why: 'the field\'s name for looking away' },
  { word: 'tension', pattern: /\b(?:lid|lip|muscle|muscular) tension\b/, why: 'muscles' },
  { word: 'strained', pattern: /\bstrained (?:muscles?)\b/, why: 'muscles' },
  { word: 'neutral', pattern: /\bneutral (?:position|frame|level|baseline|pose)\b/, why: 'a pose or a level' },
  { word: 'kind', pattern: /\b(?:a|this|that|what|of|some|any) kinds?\b|\bkinds? of\b/, why: 'a sort of something' },
] as const; // biome-ignore format: one table

/** An emotion word found in a text, and where. */
export type EmotionWord = { word: string; index: number };

const ENDINGS = ['', 's', 'es', 'd', 'ed', 'ing', 'ly', 'ness', 'ful', 'fully', 'er', 'est'];

const LEXICON: ReadonlySet<string> = new Set<string>(EMOTION_WORDS);

/** The listed word that a word is a form of, or `null`. */
const familyOf = (word: string): string | null => {
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) {
      continue;
    }
    const stem = word.slice(0, word.length - ending.length);
    for (const base of [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.replace(/(.)\1$/, '$1')]) {
      // Short words only as they are: "mad" must not be found in "made".
      if (LEXICON.has(base) && (ending === '' ? base === word : base.length > 3)) {
        return base;
      }
    }
  }
  return null;
};

/** Quotation marks exempt what stands between them: it is somebody else's words. */
const QUOTED = /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])|‘[^’]*’(?![\p{L}])/gu;

/**
 * The emotion words of a text, in order, quotations and the named exceptions left out. An empty answer is what every
 * observation must have.
 */
export const findEmotionWords = (text: string): EmotionWord[] => {
  const plain = text.toLowerCase().replace(QUOTED, (quotation) => ' '.repeat(quotation.length));
  const found: EmotionWord[] = [];
  for (const match of plain.matchAll(/\p{L}+/gu)) {
    const [word] = match;
    const family = familyOf(word);
    if (family !== null && !isException(plain, match.index, word, family)) {
      found.push({ word, index: match.index });
    }
  }
  return found;
};

/** Whether an exception named for the word holds where it stands, in its own sentence. */
const isException = (text: string, index: number, word: string, family: string): boolean => {
  const start = Math.max(text.lastIndexOf('. ', index), text.lastIndexOf('\n', index)) + 1;
  const stop = text.slice(index).search(/\.\s|\n/);
  const sentence = text.slice(start, stop < 0 ? text.length : index + stop);
  return EMOTION_WORD_EXCEPTIONS.filter((exception) => exception.word === family || exception.word === word).some(
    ({ pattern }) =>
      [...sentence.matchAll(new RegExp(pattern.source, 'g'))].some(
        (match) => start + match.index <= index && index < start + match.index + match[0].length,
      ),
  );
};
