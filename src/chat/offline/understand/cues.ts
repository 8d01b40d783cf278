import { expand } from '../../../verify/lexicon/inflect.ts';

/**
 * What the words of a question ask for, apart from what it is about. Phrases as in the verifier's lexicon: `stop~` for
 * all forms of a verb, `frame*` for singular and plural; articles are left out.
 */
const CUE_PHRASES = {
  why: [
    'why', 'how come', 'what for', 'what make~', 'what made', 'what cause~', 'reason*', 'for what reason', 'explain', 'what led to', 'what lead~ to', 'what is behind', 'behind', 'justify',
    'what trigger~', 'because of what', 'what gives', 'account for', 'accounts for', 'wherefore', 'due to what', 'responsible for', 'what prompt~',
  ],
  evidence: [
    'how do you know', 'how can you tell', 'how do you tell', 'how did you know', 'how do you figure', 'based on what', 'on what basis', 'what tells you', 'evidence', 'proof', 'prove', 'on what grounds', 'what supports',
    'speaks for', 'speak for', 'back~ up', 'what shows', 'grounds for', 'indicate~', 'signs', 'sign', 'clue*', 'cue*', 'what points to', 'show me',
  ],
  against: ['against', 'speaks against', 'contradict~', 'argue~ against', 'counter evidence', 'rule~ out', 'does not fit', 'counterevidence'],
  when: ['when', 'what time', 'at which point', 'which moment*', 'what moment*', 'at what point', 'how early', 'how late', 'which second*', 'what second*', 'where in clip', 'where in video', 'how soon', 'timestamp*', 'time stamp*', 'at what times', 'which frames', 'what part of clip', 'which part of clip', 'since when', 'what minute'],
  who: ['who', 'whose', 'which person', 'which people', 'which one of them', 'which of them', 'whom', 'which face', 'which speaker', 'which of two', 'who all'],
  whoIsIt: ['how many people', 'how many persons', 'how many faces', 'who is in', 'who can be seen', 'who is there', 'who do you see', 'who is visible', 'who appears', 'number of people', 'how many individuals', 'who are people', 'people in clip', 'people in video', 'anyone else', 'anybody else'],
  howStrong: ['how strong', 'how strongly', 'how intense', 'how intensely', 'how much', 'how big', 'how wide', 'how hard', 'how far', 'how marked', 'how pronounced', 'how high', 'how low', 'intensity', 'what level', 'which level', 'how visible', 'how broad', 'how clear', 'strength', 'degree', 'how heavily', 'how widely', 'how broadly', 'how deep', 'to what extent', 'how large', 'how loud', 'how fast', 'how slow', 'how quiet'],
  howLong: ['how long', 'duration', 'what length', 'how many seconds', 'how brief', 'how quickly', 'how short', 'for how long', 'last~'],
  howOften: ['how often', 'how many times', 'how frequently', 'number of times', 'how many', 'count', 'frequency', 'times does', 'times did'],
  sure: ['how sure', 'how certain', 'how confident', 'are you sure', 'are you certain', 'confidence', 'certainty', 'how reliable', 'reliable', 'trust', 'accurate', 'how accurate', 'accuracy', 'really sure', 'you sure', 'can i believe', 'how good is', 'doubt~', 'sure about', 'certain about', 'how likely', 'probability', 'might be wrong', 'could be wrong', 'are you wrong', 'how safe is', 'margin of error', 'error rate'],
  changed: ['what change~', 'change*', 'changed', 'changes', 'changing', 'what is different', 'different', 'differ~', 'difference*', 'turn into', 'turned into', 'shift~', 'evolve~', 'development', 'develop~', 'progress~', 'how does that develop', 'over time', 'what is new', 'transition*'],
  compare: ['compare', 'compared', 'comparison', 'comparing', 'versus', 'vs', 'difference* between', 'differ from', 'differs from', 'in common', 'similar', 'same as', 'alike', 'contrast', 'stack up', 'both'],
  more: ['more', 'stronger', 'most', 'strongest', 'harder', 'happier', 'happiest', 'angrier', 'sadder', 'louder', 'less', 'least', 'weaker', 'weakest', 'wider', 'bigger', 'biggest', 'angriest', 'saddest', 'broader', 'longer'],
  strongest: ['strongest', 'most intense', 'peak', 'apex', 'climax', 'most striking', 'biggest', 'most expressive', 'most emotional', 'key moment*', 'highlight*', 'most important', 'main', 'most obvious', 'most noticeable', 'best moment', 'stand~ out', 'turning point*', 'interesting', 'most visible', 'at its height', 'maximum', 'worth looking at', 'worth seeing', 'look at first'],
  first: ['first', 'earliest', 'starts with', 'comes first', 'initially', 'to begin with'],
  last: ['last', 'latest', 'final', 'finally', 'in the end', 'comes last'],
  ifNot: [
    'what if', 'without', 'if not', 'suppose', 'supposing', 'imagine', 'ignore', 'ignoring', 'leave out', 'leaving out', 'take away', 'taking away', 'remove', 'removing', 'had not', 'were absent', 'was absent', 'were not', 'was not there', 'disregard', 'disregarding',
    'if there were no', 'if there was no', 'minus', 'except', 'apart from', 'drop out', 'take out', 'hypothetically', 'pretend', 'subtract', 'exclude', 'excluding', 'if', 'cover up',
  ],
  instead: ['instead', 'could that be', 'could it be', 'might that be', 'might it be', 'rather than', 'alternative*', 'what else could', 'other explanation*', 'other reading*', 'could this be', 'could also be', 'might also be', 'not rather', 'second best', 'runner up', 'other interpretation*', 'otherwise', 'maybe', 'perhaps'],
  wouldChange: ['would change', 'change your mind', 'convince you', 'change reading', 'change conclusion', 'needs to change', 'would have to', 'what would it take'],
  say: ['say', 'says', 'said', 'saying', 'words', 'transcript', 'quote~', 'spoken', 'tell', 'told', 'talking about', 'talk about', 'text', 'read out', 'what was it about', 'subtitle*', 'caption*', 'utter~', 'speak about', 'sentence*', 'verbatim', 'wording', 'speech', 'verbally', 'mention~', 'dialogue', 'conversation about'],
  sound: ['sound', 'sounds', 'sounded', 'sounding', 'voice', 'tone', 'tone of voice', 'vocal', 'intonation', 'prosody', 'how do they speak', 'how does she speak', 'how does he speak', 'how do they say', 'pitch', 'delivery', 'way of speaking', 'hear', 'heard', 'audio', 'manner of speaking', 'speaking style'],
  speak: ['speak~', 'speaks', 'spoke', 'talk~', 'talks', 'speaker', 'is speaking', 'is talking'],
  notMeasured: [
    'not measure', 'not measured', 'not measurable', 'could not see', 'could not you see', 'can not you see', 'did not you see', 'could not you measure', 'can not you measure', 'can you not see', 'can you not measure', 'could you not see', 'did you not see', 'did you not measure', 'could not see', 'can not see', 'you miss', 'did not see', 'could not measure', 'can not measure', 'did not measure', 'not be measured', 'not visible', 'missing', 'missed', 'unmeasured', 'hidden', 'blind spot*', 'limits', 'limitation*', 'what do you not know', 'do not know',
    'unknown*', 'not cover~', 'left out', 'could not tell', 'can not tell', 'not be seen', 'not seen', 'gaps', 'not analysed', 'not analyzed', 'unable to', 'not detect', 'not look at', 'problem* with', 'quality', 'caveat*', 'weakness*', 'shortcoming*', 'image quality', 'picture quality', 'sound quality', 'video quality', 'go wrong', 'went wrong',
  ],
  means: ['mean', 'means', 'meaning', 'stand for', 'stands for', 'signify', 'signifies', 'definition', 'define', 'what is', 'what are', 'what is meant', 'tell me about', 'explain term', 'abbreviation'],
  feel: ['feel', 'feels', 'feeling*', 'felt', 'emotion*', 'emotional', 'emotionally', 'mood', 'expression', 'shown', 'look like', 'looks like', 'come across', 'comes across', 'read as', 'reads as', 'reading', 'how is she', 'how is he', 'how are they', 'affect', 'sentiment', 'vibe', 'conclusion', 'verdict', 'overall', 'judgement', 'judgment', 'impression', 'interpretation', 'interpret', 'result', 'attitude', 'state of mind', 'how does she look', 'how does he look', 'how do they look', 'facial expression', 'demeanour', 'demeanor'],
  look: ['look', 'looks', 'looked', 'looking', 'appear', 'appears', 'appeared', 'seem', 'seems', 'seemed'],
  describe: ['describe', 'what do you see', 'what can you see', 'what is to be seen', 'what happen~', 'what is happening', 'what is going on', 'going on', 'what does she do', 'what does he do', 'what do they do', 'what is she doing', 'what is he doing', 'what are they doing', 'doing', 'what did you see', 'visible', 'what is there', 'show*', 'walk me through', 'what goes on', 'observe~', 'observation*', 'what did you measure', 'measurement*', 'what did you find', 'find~', 'details', 'in detail', 'what occur~', 'happen~', 'what do we see', 'what moves', 'moves', 'move', 'doing with'],
  summary: ['summary', 'summarise', 'summarize', 'sum up', 'summed up', 'tl dr', 'tldr', 'in short', 'in one sentence', 'overview', 'in brief', 'gist', 'recap', 'in a nutshell', 'main points', 'bottom line', 'briefly'],
  units: ['action unit*', 'aus', 'facs', 'facial movement*', 'muscle*', 'which units', 'movements', 'facial action*', 'unit*', 'coding', 'facs code*'],
  micro: ['micro expression*', 'microexpression*', 'micro', 'brief expression*', 'fleeting', 'flash of', 'flicker', 'leak~', 'very brief', 'split second'],
  genuine: ['genuine', 'genuinely', 'real', 'fake', 'faked', 'faking', 'authentic', 'sincere', 'sincerely', 'forced', 'posed', 'duchenne', 'put on', 'polite smile', 'social smile', 'true smile', 'honest smile', 'acted', 'acting', 'actually happy', 'really happy', 'pretending', 'pretend to'],
  symmetric: ['symmetric', 'symmetrical', 'asymmetric', 'asymmetrical', 'lopsided', 'crooked', 'one sided', 'which side', 'both sides', 'left or right', 'even', 'uneven', 'asymmetry', 'symmetry', 'skewed', 'unilateral', 'stronger side', 'left side', 'right side'],
  conflict: ['agree', 'agrees', 'match', 'matches', 'fit', 'fits', 'conflict*', 'mixed signal*', 'contradiction*', 'consistent', 'inconsistent', 'mismatch', 'at odds', 'disagree~', 'go together', 'line up', 'face and voice', 'voice and face', 'face and words', 'words and face', 'ambiguous', 'mixed'],
  start: ['start', 'starts', 'started', 'starting', 'begin', 'begins', 'began', 'beginning to', 'set in', 'sets in', 'appear', 'break into', 'breaks into', 'broke into', 'suddenly', 'burst into', 'come~ in', 'set~ off', 'first', 'begun', 'commence~', 'become', 'becomes', 'became', 'turn', 'turns', 'turned', 'get', 'gets', 'got', 'go', 'goes', 'went', 'onset'],
  stop: ['stop', 'stops', 'stopped', 'stopping', 'end', 'ends', 'ended', 'ending', 'cease~', 'quit', 'fade~', 'disappear~', 'vanish~', 'no longer', 'go away', 'goes away', 'went away', 'let go', 'drop her smile', 'drop his smile', 'lose her smile', 'lost her smile', 'lose smile', 'loses smile', 'lost smile', 'drop smile', 'drops smile', 'dropped smile', 'give up', 'wear off', 'offset', 'finish~', 'relax', 'smile disappear~'],
  rise: ['increase~', 'grow', 'grows', 'grew', 'rise', 'rises', 'rose', 'intensify', 'intensifies', 'get stronger', 'gets stronger', 'got stronger', 'get bigger', 'widen~', 'strengthen~'],
  fall: ['decrease~', 'weaken~', 'shrink~', 'fell', 'get weaker', 'gets weaker', 'got weaker', 'diminish~', 'subside~', 'soften~', 'lessen~'],
  help: ['help', 'what can you do', 'what can i ask', 'what can you answer', 'how does that work', 'how do you work', 'how does this work', 'what do you do', 'who are you', 'what are you', 'what questions', 'what else can i ask', 'commands', 'usage', 'examples', 'options', 'how do i use', 'instructions', 'what should i ask', 'capabilities', 'what is this tool', 'what is whyface'],
  thanks: ['thanks', 'thank you', 'thx', 'cheers', 'great', 'ok', 'okay', 'cool', 'nice', 'perfect', 'got it', 'good', 'wow', 'alright', 'understood', 'i see', 'bye', 'goodbye'],
  hello: ['hello', 'hi', 'hey', 'good morning', 'good evening', 'good afternoon', 'greetings', 'howdy'],
  aboutClip: ['how long is clip', 'how long is video', 'length of clip', 'length of video', 'how long does clip', 'how long does video', 'resolution', 'frame rate', 'frames per second', 'fps', 'how long is recording', 'what kind of file', 'duration of clip', 'duration of video', 'how long is file', 'how many frames', 'format of', 'how long is that clip', 'clip length', 'video length', 'how long is photo', 'how big is picture', 'how long is audio'],
  models: ['which model*', 'what model*', 'which algorithm*', 'how was it measured', 'how was that measured', 'how did you measure', 'how do you measure', 'method', 'what software', 'which detector', 'network', 'neural'],
  andMore: ['and', 'what about', 'how about', 'as for', 'what of', 'also', 'then', 'so what about'],
  otherOne: ['other', 'other one', 'another', 'other person', 'someone else', 'somebody else', 'rest', 'others', 'second one', 'next one', 'first one'],
  everybody: ['everybody', 'everyone', 'all people', 'all persons', 'each person', 'all of them', 'both of them', 'each of them', 'they all', 'both people', 'group', 'all faces', 'everyone else', 'people', 'both persons', 'all three', 'them all', 'of them'],
  beforeThat: ['before that', 'before this', 'before then', 'earlier', 'previously', 'before it', 'prior to that', 'beforehand', 'right before', 'just before', 'leading up to', 'and before', 'moment before', 'a bit earlier'],
  afterThat: ['after that', 'after this', 'after then', 'afterwards', 'later', 'and then', 'next', 'after it', 'following that', 'subsequently', 'right after', 'just after', 'what then', 'and after', 'what follow~', 'thereafter', 'moment after', 'a bit later'],
  sameTime: ['at that moment', 'at that time', 'right then', 'back then', 'at same time', 'meanwhile', 'during that', 'while that', 'at that point', 'there'],
  whole: ['whole clip', 'entire clip', 'whole video', 'entire video', 'throughout', 'overall', 'in total', 'all in all', 'whole time', 'entire time', 'start to finish', 'complete clip', 'altogether', 'in general', 'generally'],
  whatElse: ['what else', 'anything else', 'more details', 'tell me more', 'go on', 'continue', 'more', 'elaborate', 'further', 'more about', 'other'],
  pain: ['pain', 'painful', 'hurting', 'ache', 'aching'],
  think: ['think', 'thinks', 'thinking', 'thought*', 'intend~', 'intention*', 'want', 'wants', 'plan~', 'in her head', 'in his head', 'mind', 'motive*', 'believe~', 'love~', 'hate~', 'like me', 'likes me', 'in love', 'attracted to', 'planning'],
} as const satisfies Record<string, readonly string[]>; // biome-ignore format: one table

export type Cue = keyof typeof CUE_PHRASES;

/** Left out before phrases are looked for. */
const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an']);

type Phrase = { words: readonly string[]; cue: Cue };

const isCue = (name: string): name is Cue => name in CUE_PHRASES;

const byFirstWord = (): ReadonlyMap<string, readonly Phrase[]> => {
  const index = new Map<string, Phrase[]>();
  for (const [cue, phrases] of Object.entries(CUE_PHRASES)) {
    for (const phrase of phrases.flatMap(expand)) {
      const words = phrase.split(' ').filter((word) => !ARTICLES.has(word));
      const [first] = words;
      if (first !== undefined && isCue(cue)) {
        index.set(first, [...(index.get(first) ?? []), { words, cue }]);
      }
    }
  }
  return index;
};

const PHRASES = byFirstWord();

/** A cue and the words (indices of the list that was read) that give it. */
export type FoundCue = { cue: Cue; from: number; to: number; phrase: string };

/** Every cue that the words give; a phrase may give several, and phrases may overlap. */
export const findCues = (words: readonly string[]): FoundCue[] => {
  const kept = words.flatMap((word, index) => (ARTICLES.has(word) ? [] : [{ word, index }]));
  return kept.flatMap(({ word }, at) =>
    (PHRASES.get(word) ?? []).flatMap((phrase): FoundCue[] => {
      const fits = phrase.words.every((part, offset) => kept[at + offset]?.word === part);
      const [from, to] = [kept[at]?.index, kept[at + phrase.words.length - 1]?.index];
      return fits && from !== undefined && to !== undefined
        ? [{ cue: phrase.cue, from, to, phrase: phrase.words.join(' ') }]
        : [];
    }),
  );
};

/** Every word of the table, for spelling. */
export const cueWords = (): string[] => [...new Set([...PHRASES.values()].flat().flatMap(({ words }) => words))];
