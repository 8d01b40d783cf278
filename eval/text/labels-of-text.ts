import { clausesOf, sentencesOf, withoutQuotations } from './clauses.ts';
import { EMOTION_FAMILIES, type EmotionFamily } from './emotion-families.ts';
import { type Language, languageOf } from './language.ts';

/** A word for a feeling that a description uses of somebody. */
export type TextLabel = {
  /** As it is written, lower case. */
  label: string;
  families: readonly EmotionFamily[];
  /** "may", "seems", 可能: said with reserve. Still a label: descriptions of faces are always inferences. */
  hedged: boolean;
  /** It stands in a sentence that concludes ("therefore", 因此推测). */
  concluding: boolean;
  start: number;
};

export type LabelsOfTextOptions = { language?: Language | undefined };

/**
 * The emotion words that a free description asserts, in order, each word once: denied ones ("no sign of anger",
 * 没有生气的迹象), open questions (无法确定他是否高兴) and the subtitle's own words (longer quotations) are left out.
 */
export const labelsOfText = (text: string, options: LabelsOfTextOptions = {}): TextLabel[] => {
  const language = options.language ?? languageOf(text);
  const found = new Map<string, TextLabel>();
  for (const mention of mentionsOf(text, language)) {
    const known = found.get(mention.label);
    if (mention.denied) {
      continue;
    }
    const { denied: _, ...label } = mention;
    found.set(
      mention.label,
      known === undefined
        ? label
        : { ...known, concluding: known.concluding || label.concluding, hedged: known.hedged && label.hedged },
    );
  }
  return [...found.values()];
};

type Mention = TextLabel & { denied: boolean };

/** Every mention, the denied ones among them. */
export const mentionsOf = (text: string, language: Language = languageOf(text)): Mention[] => {
  const plain = withoutQuotations(text);
  return sentencesOf(plain).flatMap((sentence) => {
    const concluding = CONCLUDES[language].test(sentence.text);
    const clauses = clausesOf(sentence, language);
    const mentions: Mention[] = [];
    let carried: 'denied' | null = null;
    for (const clause of clauses) {
      const words = wordsIn(clause.text, language);
      // "no anger, fear or sadness": a bare list goes on with the denial of the clause before it.
      const bare = isBareList(clause.text, words, language);
      const deniedByClause: 'denied' | null = bare ? carried : null;
      let last: 'denied' | null = deniedByClause;
      for (const word of words) {
        const denied: boolean = deniedByClause === 'denied' || isDenied(clause.text, word, language);
        last = denied ? 'denied' : null;
        mentions.push({
          label: word.label,
          families: word.families,
          hedged: HEDGES[language].test(clause.text),
          concluding,
          start: clause.start + word.start,
          denied,
        });
      }
      carried = words.length > 0 ? last : DENIES_ALL[language].test(clause.text) ? 'denied' : null;
    }
    return mentions;
  });
};

type Word = { label: string; families: readonly EmotionFamily[]; start: number; end: number };

const isFamily = (name: string): name is EmotionFamily => name in EMOTION_FAMILIES;

const dictionaryOf = (language: Language): ReadonlyMap<string, readonly EmotionFamily[]> => {
  const dictionary = new Map<string, EmotionFamily[]>();
  for (const [family, words] of Object.entries(EMOTION_FAMILIES)) {
    for (const word of words[language].split(' ')) {
      if (isFamily(family)) {
        dictionary.set(word, [...(dictionary.get(word) ?? []), family]);
      }
    }
  }
  return dictionary;
};

const DICTIONARIES: Record<Language, ReadonlyMap<string, readonly EmotionFamily[]>> = {
  en: dictionaryOf('en'),
  zh: dictionaryOf('zh'),
};

/** The families of one word by itself, as label lists give it; empty where it is unknown. */
export const familiesOfLabel = (label: string): readonly EmotionFamily[] => {
  const key = label.trim().toLowerCase();
  const language = languageOf(key);
  const whole = DICTIONARIES[language].get(key) ?? DICTIONARIES[language].get(key.replace(/\s+/g, '-'));
  return whole ?? [...new Set(wordsIn(key, language).flatMap(({ families }) => families))];
};

const LONGEST_CHINESE = 6;

const wordsIn = (text: string, language: Language): Word[] => {
  const dictionary = DICTIONARIES[language];
  const lower = text.toLowerCase();
  const words: Word[] = [];
  if (language === 'en') {
    for (const match of lower.matchAll(/\p{L}+(?:-\p{L}+)*/gu)) {
      const families = dictionary.get(match[0]);
      if (families !== undefined && !isOtherSense(lower, match.index, match[0])) {
        words.push({ label: match[0], families, start: match.index, end: match.index + match[0].length });
      }
    }
    return words;
  }
  for (let index = 0; index < lower.length; index += 1) {
    for (let length = Math.min(LONGEST_CHINESE, lower.length - index); length > 0; length -= 1) {
      const label = lower.slice(index, index + length);
      const families = dictionary.get(label);
      if (families !== undefined) {
        words.push({ label, families, start: index, end: index + length });
        index += length - 1;
        break;
      }
    }
  }
  return words;
};

/** English words that also mean something else, and where they do. */
const OTHER_SENSES: ReadonlyArray<{ words: readonly string[]; pattern: RegExp }> = [
  { words: ['down', 'low'], pattern: /(?<!\b(?:feels?|feeling|felt|is|are|was|looks?|mood|emotionally|rather|quite|very) )\b(?:down|low)\b|\blow (?:voice|tone|volume|pitch|light|energy)\b|\b(?:down|low)\b(?= (?:at|to|the|on|and to)\b)/ },
  { words: ['content'], pattern: /\b(?:the|video|text|subtitle|verbal|spoken|this|its|of|audio) content\b|\bcontent (?:of|is|reads|says)\b/ },
  { words: ['kind'], pattern: /\b(?:a|this|that|what|of|some|any) kind\b|\bkind of\b/ },
  { words: ['care'], pattern: /\btak\w+ care\b|\bcare (?:of|center)\b/ },
  { words: ['firm', 'stable', 'focus', 'severe', 'warning', 'support', 'mad', 'love', 'fun', 'interest', 'pressure', 'mock'], pattern: /\b(?:law|consulting) firm\b|\bin focus\b|\bout of focus\b|\bfocus of\b|\bblood pressure\b/ },
]; // biome-ignore format: one table

const isOtherSense = (text: string, index: number, word: string): boolean =>
  OTHER_SENSES.some(
    ({ words, pattern }) =>
      words.includes(word) &&
      [...text.matchAll(new RegExp(pattern.source, 'g'))].some(
        (match) => match.index <= index && index < match.index + match[0].length,
      ),
  );

const CONCLUDES: Record<Language, RegExp> = {
  en: /\b(?:therefore|thus|hence|overall|in summary|in conclusion|to sum up|conclu\w+|infer\w*|we can (?:say|see)|emotional states? (?:is|are|was|of)|emotions? (?:is|are|was))\b/i,
  zh: /因此|所以|综上|总之|总体|总的来说|推测|推断|推知|推理|可以看出|情感状态|情绪状态/,
};

const HEDGES: Record<Language, RegExp> = {
  en: /\b(?:may|might|could|possibly|perhaps|probably|seem\w*|appear\w*|likely|suggest\w*|maybe|as if)\b/i,
  zh: /可能|似乎|也许|或许|好像|看起来|看上去|大概|仿佛|疑似|应该/,
};

/** A clause that says a thing cannot be told, or is asked; what it names is not asserted. */
const DENIES_ALL: Record<Language, RegExp> = {
  en: /\b(?:cannot|can't|could not|unable to|not possible to|impossible to|difficult to|hard to|unclear|not clear|unknown) (?:\w+ ){0,3}?(?:determin|tell|infer|know|identif|say|conclude|discern|ascertain|whether)\w*|\bwhether\b/i,
  zh: /(?:无法|不能|难以|很难|无从|不足以|没有足够)[^，。]{0,12}(?:推断|确定|判断|得出|推测|了解|知道|识别|做出)|是否|能否/,
};

const ENGLISH_DENIAL =
  /\b(?:not|no|never|without|neither|nor|none|lacks?|lacking|lack of|absence of|absent|free of|devoid of|rather than|instead of|nothing|hardly|isn't|aren't|wasn't|doesn't|don't|didn't|n't)\b/gi;
const ENGLISH_NOT_DENIAL = /\bnot (?:only|just|merely|simply|to mention|surprising\w*)\b|\bno (?:doubt|wonder|longer hid\w+)\b|\bnot without\b/gi; // biome-ignore format: one pattern
/** Words that a denial reaches over in English, at most. */
const ENGLISH_REACH = 9;

const CHINESE_LONG_DENIAL =
  /没有|并没|并未|未曾|并非|不是|缺乏|缺少|毫无|而不是|不再|而非|绝非|没什么|不带|未表现|未显/g;
const CHINESE_SHORT_DENIAL = /(?:不|没|未|别|勿)(?:太|很|大|怎么|是很|够|那么|会|感到|觉得|要|用|必|显得)?$/;
const CHINESE_NOT_DENIAL =
  /不仅|不但|不只|不光|不禁|不由|不断|不停|不得不|忍不住|止不住|毫无疑问|没有什么比|不愿|不想|不同|不知/g;

const isDenied = (clause: string, word: Word, language: Language): boolean => {
  if (DENIES_ALL[language].test(clause)) {
    return true;
  }
  const before = clause.slice(0, word.start);
  if (language === 'zh') {
    const cleaned = before.replace(CHINESE_NOT_DENIAL, (phrase) => '　'.repeat(phrase.length));
    return cleaned.search(CHINESE_LONG_DENIAL) >= 0 || CHINESE_SHORT_DENIAL.test(cleaned);
  }
  const cleaned = before.replace(ENGLISH_NOT_DENIAL, (phrase) => ' '.repeat(phrase.length));
  const after = clause.slice(word.end);
  if (/^(?:\s+\w+){0,1}\s+(?:is|are|was|were) (?:not|absent|never)\b/i.test(after)) {
    return true;
  }
  return [...cleaned.matchAll(ENGLISH_DENIAL)].some((match) => {
    const between = cleaned.slice(match.index + match[0].length).trim();
    return between === '' || between.split(/\s+/).length <= ENGLISH_REACH;
  });
};

/** A clause that holds nothing but the word, "or", "and" and articles: it belongs to the list before it. */
const isBareList = (text: string, words: readonly Word[], language: Language): boolean => {
  if (words.length === 0) {
    return false;
  }
  let rest = text.toLowerCase();
  for (const { label } of words) {
    rest = rest.replace(label, ' ');
  }
  return language === 'zh'
    ? /^[、和或与及等的情绪\s]*$/.test(rest)
    : /^(?:\s|\b(?:or|and|nor|even|any|signs?|of|a|an)\b|[.'"])*$/.test(rest);
};
