import { ACTION_LEXICON } from '../../../verify/lexicon/action.ts';
import { BODY_LEXICON } from '../../../verify/lexicon/body.ts';
import { HEAD_GAZE_LEXICON } from '../../../verify/lexicon/head-gaze.ts';
import { expand } from '../../../verify/lexicon/inflect.ts';
import { LABEL_LEXICON } from '../../../verify/lexicon/labels.ts';
import { LEVEL_LEXICON } from '../../../verify/lexicon/level.ts';
import { UNIT_LEXICON } from '../../../verify/lexicon/units.ts';
import { VOICE_LEXICON } from '../../../verify/lexicon/voice.ts';
import { COMMON_WORDS } from './common-words.ts';
import { cueWords } from './cues.ts';

/** How people write in a hurry; each is replaced word by word. */
const SHORTHAND: ReadonlyMap<string, string> = new Map([
  ['u', 'you'], ['ur', 'your'], ['r', 'are'], ['y', 'why'], ['wen', 'when'], ['abt', 'about'], ['pls', 'please'], ['plz', 'please'], ['dont', 'do not'], ['doesnt', 'does not'], ['didnt', 'did not'], ['isnt', 'is not'],
  ['cant', 'can not'], ['couldnt', 'could not'], ['wasnt', 'was not'], ['werent', 'were not'], ['hadnt', 'had not'], ['havent', 'have not'], ['wont', 'will not'], ['wouldnt', 'would not'], ['arent', 'are not'], ['whats', 'what is'], ['whos', 'who is'],
  ['hows', 'how is'], ['wheres', 'where is'], ['whens', 'when is'], ['whys', 'why is'], ['shes', 'she is'], ['hes', 'he is'], ['theyre', 'they are'], ['thats', 'that is'], ['im', 'i am'], ['ppl', 'people'], ['wat', 'what'], ['wht', 'what'],
  ['vid', 'video'], ['sec', 'second'], ['secs', 'seconds'], ['emo', 'emotion'], ['expr', 'expression'], ['bc', 'because'], ['cuz', 'because'], ['gonna', 'going to'], ['wanna', 'want to'], ['wha', 'what'], ['hw', 'how'], ['hwo', 'how'], ['goin', 'going'], ['wy', 'why'], ['hwy', 'why'], ['dat', 'that'], ['teh', 'the'], ['hte', 'the'], ['soudn', 'sound'],
]); // biome-ignore format: one table

const WORDS_OF_LEXICA = [ACTION_LEXICON, BODY_LEXICON, HEAD_GAZE_LEXICON, LABEL_LEXICON, LEVEL_LEXICON, UNIT_LEXICON, VOICE_LEXICON]
  .flat()
  .flatMap(({ phrases }) => phrases.flatMap(expand))
  .flatMap((phrase) => phrase.split(/[ '’-]/)); // biome-ignore format: one list

/** Words by how readily a question holds them: of questions, of everyday English, of faces and voices. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ...WORDS_OF_LEXICA.map((word): [string, number] => [word, 1]),
  ...COMMON_WORDS.map((word): [string, number] => [word, 2]),
  ...cueWords().map((word): [string, number] => [word, 0]),
]);

/** Shorter words have too many neighbours to be guessed. */
const LEAST_LENGTH = 4;
/** From this length on two slips are forgiven. */
const LONG = 7;

/** Damerau–Levenshtein distance (neighbours swapped count one), given up above `most`. */
const distance = (one: string, other: string, most: number): number => {
  if (Math.abs(one.length - other.length) > most) {
    return most + 1;
  }
  let older: number[] = [];
  let old = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now.push(
        Math.min(
          (old[column] ?? 0) + 1,
          (now[column - 1] ?? 0) + 1,
          (old[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (older[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    older = old;
    old = now;
    if (Math.min(...now) > most) {
      return most + 1;
    }
  }
  return old[other.length] ?? most + 1;
};

/** Swapped letters are the commonest slip. */
const isAnagram = (one: string, other: string): boolean => [...one].sort().join('') === [...other].sort().join('');

const nearest = (word: string): string | null => {
  const most = word.length >= LONG ? 2 : 1;
  let best: { word: string; cost: number } | null = null;
  for (const [known, rank] of RANKS) {
    if (known.length < LEAST_LENGTH - 1) {
      continue;
    }
    const apart = distance(word, known, most);
    if (apart <= most) {
      // A slip in the first letter is rare, and neighbours are more often swapped than added.
      const cost =
        apart * 10 -
        (isAnagram(known, word) ? 4 : 0) +
        (known[0] === word[0] ? 0 : 4) +
        (known.length === word.length ? 0 : 1) +
        rank;
      if (best === null || cost < best.cost) {
        best = { word: known, cost };
      }
    }
  }
  return best?.word ?? null;
};

export type Spelled = { text: string; corrections: ReadonlyArray<{ from: string; to: string }> };

/**
 * The question with slips of the pen put right. Left as they are: quotations, what has a digit, capitals inside the
 * sentence (names), short words, and every word that is known.
 */
export const correctSpelling = (question: string): Spelled => {
  const corrections: { from: string; to: string }[] = [];
  let first = true;
  const text = question
    .replace(/\btl;?dr\b/gi, 'summary')
    .replace(/"[^"]*"|“[^”]*”|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)*/gu, (piece) => {
      const start = first;
      first = false;
      const lower = piece.toLowerCase();
      const short = SHORTHAND.get(lower);
      if (short !== undefined) {
        return short;
      }
      const isName = !start && piece !== lower && piece !== piece.toUpperCase();
      if (
        /[\d"“'’]/.test(piece) ||
        isName ||
        lower.length < LEAST_LENGTH ||
        RANKS.has(lower) ||
        /[^\p{ASCII}]/u.test(piece)
      ) {
        return piece;
      }
      const better = nearest(lower);
      if (better === null) {
        return piece;
      }
      corrections.push({ from: piece, to: better });
      return better;
    });
  return { text, corrections };
};
