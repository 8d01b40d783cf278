import type { Warning } from '../../contracts/index.ts';

/**
 * The commonest short words of some languages, those left out that two of them share in the same place of the list ("die",
 * "van" …are kept: the sum decides). Ours, from general knowledge of the languages; enough to tell a German file from an
 * English one, no more.
 */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: "the and of to a in is you that it he was for on are with as i his they be at this have from or had by but what not all were we when your can said there use an which she do how their if will up about out many then them these so some her would him has more no my did who now did it's i'm don't you're that's",
  de: 'der die das und ist nicht ich du er sie es wir ihr ein eine einen dem den des zu mit auf für von im in sich auch als an nach wie aus aber so noch nur oder wenn was kann hat habe haben war sind mir mich dich dir mein dein sein wird hier schon doch mal ja nein',
  fr: "le la les un une des et est pas je tu il elle nous vous ils de du à en que qui dans ce cette pour sur avec au ne se son sa plus par mais ou où si c'est j'ai qu'il n'est d'un l'on été avoir être fait comme tout bien oui non moi toi très",
  es: 'el la los las un una y es no que de en a por con para se lo me te le su yo tú él ella nosotros pero más como este esta qué muy ya hay sí mi está estoy son fue al del cuando todo nada aquí porque',
  it: 'il lo la gli le un una e è non che di in a per con si mi ti ci sono io tu lui lei noi ma più come questo questa anche della del al nel cosa perché molto ho hai ha sei era bene qui già mio tuo',
  pt: 'o a os as um uma e é não que de em por com para se me te eu você ele ela nós mas mais como este esta isso muito já há sim meu está estou são foi ao do da no na quando tudo nada aqui porque também',
  nl: 'de het een en is niet ik je hij zij ze we wij van in op te met voor dat die er aan om ook als maar naar dan nog wel wat was zijn heb heeft hebben mijn jouw hier daar geen ja nee zo uit bij over',
  sv: 'och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi dem',
  pl: 'i w nie na się z do to że jest jak o co ale po tak za od czy tym już ja ty on ona my wy być był była tylko dla przez może jego jej mnie mi ci tu są bo go więc kiedy',
  tr: 'bir ve bu da de ne için ben sen o biz siz çok var yok mi mı değil ama gibi daha en ki kadar sonra şey her olan olarak ile evet hayır beni seni bana sana',
};

/** Languages told by their script alone; the first that fits. */
const SCRIPTS: ReadonlyArray<readonly [language: string, letters: RegExp]> = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];

const SETS = Object.entries(FUNCTION_WORDS).map(([language, words]) => ({
  language,
  words: new Set(words.split(' ')),
}));

/** Characters looked at. */
const MOST_CHARACTERS = 20_000;
/** Function words that must be found, and how far the best language must lead. */
const LEAST_WORDS = 3;
const LEAD = 1.5;
/** Share of the letters of another script from which the script decides. */
const SCRIPT_SHARE = 0.4;

/** The language that a text shows itself to be in; `null` where it is too short or too mixed to tell. */
export const guessLanguage = (text: string): string | null => {
  const head = text.slice(0, MOST_CHARACTERS).toLowerCase();
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  const script = SCRIPTS.find(([, pattern]) => (head.match(pattern)?.length ?? 0) > SCRIPT_SHARE * letters);
  if (letters > 0 && script !== undefined) {
    return script[0];
  }
  const words = head.replaceAll('’', "'").match(/[\p{L}']+/gu) ?? [];
  const ranked = SETS.map((set) => ({
    language: set.language,
    hits: words.filter((word) => set.words.has(word)).length,
  })).sort((a, b) => b.hits - a.hits);
  const [first, second] = ranked;
  return first !== undefined && first.hits >= LEAST_WORDS && first.hits >= LEAD * (second?.hits ?? 0)
    ? first.language
    : null;
};

/** Scripts in which other languages than the one named are written as well. */
const SHARED_SCRIPT: ReadonlySet<string> = new Set(['ru', 'ar', 'hi', 'zh']);

/** The language of the words: what is stated, unless the words themselves say otherwise, which is told. */
export const languageOf = (
  text: string,
  stated: string | null,
  name: string,
): { language: string | null; warnings: Warning[] } => {
  const shown = guessLanguage(text);
  const base = stated?.split('-')[0]?.toLowerCase() ?? null;
  if (base === null || shown === null || base === shown || SHARED_SCRIPT.has(shown)) {
    return { language: stated ?? shown, warnings: [] };
  }
  // Of languages that are not in the table nothing can be said, and their words look like a neighbour's.
  if (!(base in FUNCTION_WORDS) && !SCRIPTS.some(([language]) => language === base)) {
    return { language: stated, warnings: [] };
  }
  return {
    language: shown,
    warnings: [
      {
        code: 'transcript-language',
        message: `${name} is marked as ${languageName(base)}, but its words look ${languageName(shown)}; it may be the file of another version.`,
      },
    ],
  };
};

const NAMES: Readonly<Record<string, string>> = {
  en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch', sv: 'Swedish', pl: 'Polish', tr: 'Turkish', ja: 'Japanese', zh: 'Chinese', ko: 'Korean', ru: 'Russian', ar: 'Arabic', he: 'Hebrew', el: 'Greek', hi: 'Hindi', th: 'Thai',
}; // biome-ignore format: one table

/** "German" of "de"; the code itself where it has no name here. */
export const languageName = (language: string): string => NAMES[language] ?? language;
