/**
 * Whether words of a clip speak to a machine rather than to a person. A warning for the reader, and no defence by itself:
 * what is obeyed is caught by reading the answer back.
 */

/** Cyrillic and Greek letters that look like Latin ones. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', і: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd', ո: 'n', ɡ: 'g', ѵ: 'v', в: 'b', м: 'm', т: 't', к: 'k', н: 'h',
  α: 'a', ε: 'e', ο: 'o', ρ: 'p', ν: 'v', ι: 'i', κ: 'k', τ: 't', υ: 'u', χ: 'x',
}; // biome-ignore format: one table

const INVISIBLE = /\p{Cf}|\u034f|\u180e|[\ufe00-\ufe0f]/gu;

/** What all rules, prompts and earlier words are called that an instruction wants forgotten. */
const RULES = String.raw`(?:instructions?|prompts?|directives?|rules|guidelines|system messages?|anweisung(?:en)?|vorgaben|instrucciones|instructions|consignes|istruzioni|instru[cç][oõ]es|instructies|opdrachten|инструкци\p{L}*|указани\p{L}*|talimat\p{L}*|polece\p{L}*|instrukcj\p{L}*|ohjeet|تعليمات|التعليمات|निर्देश\p{L}*)`;
const LABELS = String.raw`(?:happy|happiness|joy|joyful|sad|sadness|angry|anger|fear|afraid|surprise[d]?|disgust(?:ed)?|neutral|contempt|calm|freude|gl[üu]cklich|feliz|alegr[ií]a|joie|heureux|gioia|felice|радость|счасть\p{L}*|mutlu\p{L}*|szcz[eę]\p{L}*|blij|vreugde|उल्लास|खुश\p{L}*|سعيد|سعادة|快乐|开心|高兴|喜び|幸せ|嬉しい)`;

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<!\p{L})(?:ignore|disregard|forget|override|bypass|skip|ignorier\p{L}*|vergiss|missachte|ignora\p{L}*|olvida\p{L}*|oubli\p{L}*|ignorez|dimentica\p{L}*|esque[cç]\p{L}*|negeer|vergeet|игнорируй\p{L}*|забудь\p{L}*|yok say|unut|zignoruj|تجاهل|अनदेखा|नज़रअंदाज़)(?=.{0,60}?${RULES})`,
    'iu',
  ),
  new RegExp(`${RULES}.{0,40}?(?:ignore|disregard|vergessen|ignorieren|yok say|unut|अनदेखा|नज़रअंदाज़|無視)`, 'iu'),
  /(?:忽略|无视|無視|忘记|忘れ).{0,12}(?:指令|指示|提示|说明|規則|规则)|(?:指令|指示|提示|说明|規則|规则|ルール).{0,8}(?:忽略|无视|無視|忘)/u,
  /<\|?(?:im_start|im_end|system|assistant|endoftext|start_header_id|eot_id)\|?>|\[\/?(?:INST|SYS|SYSTEM)\]|<<\/?SYS>>|<\/?(?:system|assistant|tool_call|function_calls?|tool_result|instructions?)\b[^>]*>/i,
  /(?:^|\n|#{2,}\s*)(?:system|assistant|developer)\s*(?:prompt|message)?\s*:/i,
  /["'](?:expression|label|scores|judg(?:e)?ment|confidence|keyObservations|conclusion|abstained|tool|function|name)["']\s*:/i,
  /<{3,}|>{3,}|\bdata-[0-9a-f]{12,}\b|\b(?:end|begin) of (?:the )?(?:data|transcript|quoted|untrusted|user)\b/i,
  new RegExp(
    String.raw`(?<!\p{L})(?:classify|label|rate|score|report|output|answer|respond|reply|return|conclude|write|say|mark|set|print|antworte|klassifiziere|schreib|melde|responde|clasifica|r[ée]ponds|classe|rispondi|classifica|responda|classifique|antwoord|classificeer|ответь|классифицируй|напиши|yanıtla|sınıflandır|odpowiedz|sklasyfikuj|اكتب|صنّف|صنف|أجب|लिखो|उत्तर)(?!\p{L})(?=.{0,60}?(?<!\p{L})(?:label|expression|emotion|reading|judg(?:e)?ment|class|face|clip|subject|person|gesicht|emoci[oó]n|cara|[ée]motion|visage|emozione|volto|emo[cç][aã]o|rosto|emotie|gezicht|эмоци\p{L}*|лицо|duygu\p{L}*|emocj\p{L}*|المشاعر|भावना))(?=.{0,120}?${LABELS})`,
    'iu',
  ),
  /(?:输出|回答|标记为|判定为|分类为|出力|答えて|分類して).{0,20}(?:快乐|开心|高兴|喜び|幸せ|嬉しい|happiness|joy)/u,
  /\bAU ?\d{1,2}\s*(?:=|:|is|at|to)\s*(?:5|level e|e\b|maximum|present|absent|zero|0)/i,
  /\b(?:as an ai|you are (?:now )?(?:an?|the) (?:ai|assistant|model|classifier|system|helpful|unrestricted)|language model|dear (?:ai|model|assistant)|note to (?:the )?(?:ai|model|annotator|classifier)|(?:ai|model|assistant|annotator|analyst)[:,] )/i,
  /\b(?:system|developer|jailbreak|prompt|hidden) (?:prompt|override|instruction|mode)\b|\bnew (?:instructions?|task|system prompt)\b/i,
  /\b(?:reveal|repeat|print|output|show|leak)\b.{0,40}\b(?:prompt|instructions|boundary|api key|secret|system message)\b/i,
  /\bconfidence\b.{0,12}\b(?:1(?:\.0+)?|100 ?%|maximum)|\babstain(?:ed)?\b.{0,10}\b(?:true|from)\b|!\[[^\]]*\]\(https?:/i,
];

/** The words as they are, without what hides them, and what coded runs in them say. */
const disguises = (text: string): string[] => {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '');
  const tags = [...text]
    .map((character) => character.codePointAt(0) ?? 0)
    .filter((code) => code >= 0xe0020 && code <= 0xe007e)
    .map((code) => String.fromCharCode(code - 0xe0000))
    .join('');
  const latin = [...plain.toLowerCase()].map((character) => LOOK_ALIKES[character] ?? character).join('');
  const joined = plain.replace(/\b(?:\p{L}[ .\-_·*]){4,}\p{L}\b/gu, (run) => run.replace(/[ .\-_·*]/gu, ''));
  const digits = latin.replace(/[013457@$]/g, (character) => LEET[character] ?? character);
  const coded = [...plain.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map(([run]) => fromBase64(run));
  const hex = [...plain.matchAll(/(?:[0-9a-f]{2}[ :]?){12,}/gi)].map(([run]) => fromHex(run));
  return [
    plain,
    latin,
    joined,
    spaced(joined),
    digits,
    tags,
    rotated(plain),
    [...plain].reverse().join(''),
    ...coded,
    ...hex,
  ];
};

const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' };

/** "ignoreallinstructions": words run together once their letters were spaced. */
const spaced = (text: string): string =>
  text.replace(
    /(ignore|disregard|forget)(all|the|your|my|previous|prior|above)+(instructions?|rules|prompts?)/gi,
    '$1 $2 $3',
  );

const rotated = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const fromBase64 = (run: string): string => {
  let bits = '';
  for (const character of run.replace(/=+$/, '')) {
    bits += BASE64.indexOf(character).toString(2).padStart(6, '0');
  }
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
};

const fromHex = (run: string): string =>
  (run.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join('');

/** Longest text that is looked at; a subtitle has a tenth of it. */
const LONGEST = 4_000;

/** Whether a text gives instructions to a machine, openly or in a disguise. */
export const givesInstructions = (text: string): boolean =>
  disguises(text.slice(0, LONGEST)).some((form) => PATTERNS.some((pattern) => pattern.test(form)));
