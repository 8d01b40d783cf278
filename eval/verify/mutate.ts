import { ACTION_UNIT_CODES, type ActionUnitCode, type Analysis } from '../../src/contracts/index.ts';
import { ACTION_UNITS, type ActionUnitEntry } from '../../src/facs/index.ts';
import {
  DENIALS,
  DIRECTION_SWAPS,
  LEVEL_WORDS,
  ORDER_SWAPS,
  OTHER_WORDS,
  PRESENCE_SWAPS,
  type Swap,
  TONE_SWAPS,
} from './swaps.ts';

export const MUTATION_KINDS = [
  'au',
  'direction',
  'side',
  'level',
  'time',
  'order',
  'person',
  'quote',
  'tone',
  'polarity',
] as const;
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** A sentence with the observations that it cites. */
export type Statement = { text: string; cites: readonly string[] };
/** `change`: what was replaced by what, for the report. */
export type Mutant = { kind: MutationKind; text: string; change: string };

/** A number from 0 to 1, seeded by the caller. */
export type Random = () => number;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const wordPattern = (phrase: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}-])${escaped(phrase)}(?![\\p{L}\\p{N}-])`, 'iu');

const recase = (model: string, text: string): string =>
  /^\p{Lu}/u.test(model) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** Replaces the first occurrence outside quotation marks; `null` where there is none. */
const replaceWord = (text: string, from: string, to: string): { text: string; change: string } | null => {
  const unquoted = text.replace(/["“][^"”]*["”]/g, (quoted) => '\u0000'.repeat(quoted.length));
  const found = wordPattern(from).exec(unquoted);
  if (found === null) {
    return null;
  }
  const model = text.slice(found.index, found.index + found[0].length);
  const replaced = recase(model, to);
  const joined = `${text.slice(0, found.index)}${replaced}${text.slice(found.index + model.length)}`
    .replace(/ {2,}/g, ' ')
    .trimStart();
  return { text: joined, change: `${model} → ${replaced}` };
};

const pick = <T>(items: readonly T[], random: Random): T | undefined => items[Math.floor(random() * items.length)];

/** "an upper-lid raise": a noun, which has another opposite than the verb. */
const nounSafe = (swaps: readonly Swap[], text: string): Swap[] =>
  swaps.flatMap(([from, to]): Swap[] =>
    from === 'raise' && /[a-z]-[a-z]+ raise|(?:brow|cheek|chin|lid|lip) raise/.test(text)
      ? [['raise', 'drop']]
      : [[from, to]],
  );

const swapOne = (kind: MutationKind, text: string, swaps: readonly Swap[], random: Random): Mutant | null => {
  const options = nounSafe(swaps, text).flatMap(([from, to]) => {
    const replaced = replaceWord(text, from, to);
    return replaced === null ? [] : [{ ...replaced, length: from.length }];
  });
  const longest = Math.max(0, ...options.map(({ length }) => length));
  const chosen =
    pick(
      options.filter(({ length }) => length >= Math.min(longest, 4)),
      random,
    ) ?? options[0];
  return chosen === undefined ? null : { kind, text: chosen.text, change: chosen.change };
};

const citedCodes = (statement: Statement, analysis: Analysis): ActionUnitCode[] =>
  analysis.observations.flatMap((observation) =>
    observation.kind === 'action-unit' && statement.cites.includes(observation.id) ? [observation.au.code] : [],
  );

const phrasesOf = (entry: ActionUnitEntry): string[] =>
  [
    entry.noun,
    entry.name,
    `${entry.both.text} ${entry.both.plural ? 'are' : 'is'} ${entry.done}`,
    ...entry.alsoSaid,
    ...entry.everyday,
  ].sort((one, other) => other.length - one.length);

/** One unit's number or name for that of a unit of another region that the sentence does not cite. */
const mutateUnit = (statement: Statement, analysis: Analysis, random: Random): Mutant | null => {
  const cited = citedCodes(statement, analysis);
  const free = ACTION_UNIT_CODES.filter((code) => !cited.includes(code) && code !== 'AU45' && code !== 'AU43');
  const codes = [...statement.text.matchAll(/AU ?(\d+)/g)];
  const code = pick(codes, random);
  const number = code?.[1];
  if (code !== undefined && number !== undefined && random() < 0.5) {
    const other = pick(
      free.filter((candidate) => candidate !== `AU${number}` && !statement.text.includes(candidate)),
      random,
    );
    if (other !== undefined) {
      const text = `${statement.text.slice(0, code.index)}${other}${statement.text.slice(code.index + code[0].length)}`;
      return { kind: 'au', text, change: `${code[0]} → ${other}` };
    }
  }
  const entries: readonly ActionUnitEntry[] = Object.values(ACTION_UNITS);
  for (const entry of entries.filter(({ code: own }) => cited.includes(own))) {
    for (const phrase of phrasesOf(entry)) {
      const others = entries.filter((other) => free.includes(other.code) && other.region !== entry.region);
      const other = pick(others, random);
      const said =
        other === undefined
          ? undefined
          : phrase === entry.noun || phrase === entry.name
            ? other.noun
            : (other.alsoSaid[0] ?? other.noun);
      const full =
        phrase.includes(' is ') || phrase.includes(' are ')
          ? `${other?.both.text} ${other?.both.plural === true ? 'are' : 'is'} ${other?.done}`
          : said;
      const replaced = full === undefined ? null : replaceWord(statement.text, phrase, full);
      if (replaced !== null) {
        return { kind: 'au', ...replaced };
      }
    }
  }
  return null;
};

/** "right after the words" names no side. */
const NO_SIDE = /\bright (?:after|before|away|at|when|as|now|from|then)\b/i;

const mutateSide = (text: string, random: Random): Mutant | null =>
  NO_SIDE.test(text)
    ? null
    : swapOne('side', text, [['left', 'right'], ['right', 'left'], ['both sides', 'the left side'], ['both', 'only the right'], ['one side', 'both sides'], ['one-sided', 'two-sided'], ['unilateral', 'bilateral']], random); // biome-ignore format: pairs

const LETTERS = ['A', 'B', 'C', 'D', 'E'];

/** "a clear voice": a tone, not a level. */
const OF_VOICE = /^(?: and \w+)? (?:voice|tone|speech|pitch|sound)\b/i;

const mutateLevel = (text: string, random: Random): Mutant | null => {
  const options: Mutant[] = [];
  for (const found of text.matchAll(/(?<![\p{L}\p{N}])(level |\(|, |AU\d+ ?|at )([A-E])(?=[),. ]|$)/gu)) {
    const other = pick(
      LETTERS.filter((letter) => letter !== found[2]),
      random,
    );
    if (other !== undefined && !(found[1] === ', ' && found[2] === 'A')) {
      const at = found.index + found[0].length - 1;
      options.push({
        kind: 'level',
        text: `${text.slice(0, at)}${other}${text.slice(at + 1)}`,
        change: `${found[2]} → ${other}`,
      });
    }
  }
  for (const found of text.matchAll(/(\d\.\d)(?= (?:of|out of) 5)/g)) {
    const value = Number(found[1]);
    const other = (value >= 2.5 ? value - 1.3 : value + 1.3).toFixed(1);
    options.push({
      kind: 'level',
      text: `${text.slice(0, found.index)}${other}${text.slice(found.index + 3)}`,
      change: `${found[1]} → ${other}`,
    });
  }
  for (const [rank, words] of LEVEL_WORDS.entries()) {
    for (const word of words) {
      const far = LEVEL_WORDS.filter((_, other) => Math.abs(other - rank) >= 2).flat();
      const adverb = word.endsWith('ly');
      const to = pick(
        far.filter((candidate) => candidate.endsWith('ly') === adverb && !candidate.includes(' ')),
        random,
      );
      const place = text.search(wordPattern(word));
      // "most clearly at 9.2 s" ranks moments, and says nothing of a level.
      const ranks = /\bmost $/i.test(text.slice(0, Math.max(0, place)));
      const replaced =
        to === undefined ||
        place < 0 ||
        ranks ||
        OF_VOICE.test(text.slice(place + word.length)) ||
        !nearPart(text, place, 40, 45)
          ? null
          : replaceWord(text, word, to);
      if (replaced !== null) {
        options.push({ kind: 'level', ...replaced });
      }
    }
  }
  return pick(options, random) ?? null;
};

/** Moves one time by 1.3 s or more, later where the clip allows. */
const mutateTime = (text: string, analysis: Analysis, random: Random): Mutant | null => {
  const options: Mutant[] = [];
  const printed = [...text.matchAll(/(?:(\d+):)?(\d+(?:\.\d+)?)/g)].map(
    (found) => Number(found[1] ?? 0) * 60 + Number(found[2]),
  );
  // A time that the sentence gives elsewhere may well be right here, too.
  const shifted = (seconds: number): number => {
    const moves = [1.7, -1.7, 1.1, -1.1, 2.3].map((by) => seconds + by).filter((moved) => moved >= 0);
    const free = moves.filter((moved) => printed.every((other) => Math.abs(other - moved) > 0.3));
    return free.find((moved) => moved <= analysis.clip.durationMs / 1000) ?? free[0] ?? seconds + 5;
  };
  for (const found of text.matchAll(/(\d+):(\d\d(?:\.\d+)?)/g)) {
    const seconds = Number(found[1]) * 60 + Number(found[2]);
    const decimals = found[2]?.split('.')[1]?.length ?? 0;
    const other = shifted(seconds);
    const said = `${Math.floor(other / 60)}:${(other % 60).toFixed(decimals).padStart(decimals === 0 ? 2 : decimals + 3, '0')}`;
    options.push({
      kind: 'time',
      text: `${text.slice(0, found.index)}${said}${text.slice(found.index + found[0].length)}`,
      change: `${found[0]} → ${said}`,
    });
  }
  for (const found of text.matchAll(/(?<![\d:])(\d+(?:\.\d+)?)(?= ?(?:s|seconds?)\b)/g)) {
    const decimals = found[0].split('.')[1]?.length ?? 0;
    const said = shifted(Number(found[0])).toFixed(decimals);
    options.push({
      kind: 'time',
      text: `${text.slice(0, found.index)}${said}${text.slice(found.index + found[0].length)}`,
      change: `${found[0]} s → ${said} s`,
    });
  }
  return pick(options, random) ?? null;
};

const mutatePerson = (text: string, analysis: Analysis): Mutant | null => {
  const found = /\bP(\d+)\b/.exec(text);
  if (found === null) {
    return null;
  }
  const other = analysis.subjects.find(({ id }) => id !== found[0])?.id ?? `P${Number(found[1]) + 1}`;
  return { kind: 'person', text: text.replace(found[0], other), change: `${found[0]} → ${other}` };
};

const mutateQuote = (text: string, random: Random): Mutant | null => {
  const found = /(["“])([^"”]{3,})(["”])/.exec(text);
  const words = found?.[2]?.split(' ') ?? [];
  const at = Math.floor(random() * words.length);
  const other = pick(OTHER_WORDS, random);
  if (found === null || other === undefined || words.length < 2) {
    return null;
  }
  const changed = words.map((word, index) => (index === at ? other : word)).join(' ');
  return { kind: 'quote', text: text.replace(found[2] ?? '', changed), change: `${words[at] ?? ''} → ${other}` };
};

const aboutVoice = (text: string): boolean =>
  /\b(?:voice|pitch|speech|speaks?|speaking|tone|loudness|volume|tempo|pace|rate|talks?)\b/i.test(text);

const PART =
  /\b(?:brows?|eyebrows?|lids?|eyelids?|eyes?|cheeks?|nose|lips?|mouth|corners?|jaw|chin|AU ?\d+|smile|dimple|frown|head)\b/i;

/** Whether the words just before (or after) a place speak of the face: elsewhere a changed word makes no false claim. */
const nearPart = (text: string, at: number, before: number, after: number): boolean =>
  PART.test(text.slice(Math.max(0, at - before), at + after));

/** A sentence that supposes or weighs rather than says what is there: a changed word may leave it as true as it was. */
const SUPPOSES = /\b(?:would|could|might|if|usually|commonly|typical|classic|sign read as|pairing|called?)\b|\?/i;

const STATE =
  /^ (?:\w+ly )?(?:raised|lowered|pulled|drawn|parted|pressed|pushed|tightened|wrinkled|stretched|dropped|closed|open|wide|present|absent|tucked|visible|furrowed|lifted|turned|widened|narrowed|puckered|shown|seen)/i;

/** "is raised", "the lips part": the verb says what a part does, and "not" makes it false. */
const saysState = (text: string, at: number, verb: string): boolean =>
  verb === 'is' || verb === 'are'
    ? STATE.test(text.slice(at + verb.length))
    : /(?:brows|lids|lips|corners|cheeks|eyes|jaw|nose|mouth|AU ?\d+|she|he|P\d+) (?:\w+ly )?$/i.test(
        text.slice(0, at),
      );

/** Puts "not" in, or takes a denial away, where the words speak of a part of the face. */
const mutatePolarity = (text: string, random: Random): Mutant | null => {
  if (SUPPOSES.test(text)) {
    return null;
  }
  const swaps = [...PRESENCE_SWAPS, ...DENIALS].filter(([from]) => {
    const at = text.search(wordPattern(from));
    if (DENIALS.some(([verb]) => verb === from) && !saysState(text, at, from)) {
      return false;
    }
    const noun = /^(?:no|without|neither|there is no|no sign of|not)$/.test(from);
    return at >= 0 && nearPart(text, at, noun ? 0 : 30, noun ? from.length + 28 : 0);
  });
  const denied = swaps.filter(([from]) => PRESENCE_SWAPS.some(([known]) => known === from));
  const mutant = swapOne('polarity', text, denied.length > 0 ? denied : swaps, random);
  // "neither a nor b" turns into "both a and b".
  return mutant?.change.toLowerCase().startsWith('neither') === true
    ? { ...mutant, text: mutant.text.replace(/\bnor\b/, 'and') }
    : mutant;
};

/** One false version of a sentence, or `null` where it has nothing of the kind. */
export const mutate = (kind: MutationKind, statement: Statement, analysis: Analysis, random: Random): Mutant | null => {
  const { text } = statement;
  switch (kind) {
    case 'au':
      return SUPPOSES.test(text) ? null : mutateUnit(statement, analysis, random);
    case 'direction':
      return aboutVoice(text) || SUPPOSES.test(text) || /\b(?:no|not|without|n't|nor)\b/i.test(text)
        ? null
        : swapOne(
            'direction',
            text,
            DIRECTION_SWAPS.filter(([from]) => nearPart(text, text.search(wordPattern(from)), 35, 30)),
            random,
          );
    case 'side':
      return SUPPOSES.test(text) ? null : mutateSide(text, random);
    case 'level':
      return SUPPOSES.test(text) ? null : mutateLevel(text, random);
    case 'time':
      return mutateTime(text, analysis, random);
    case 'order':
      return swapOne('order', text, ORDER_SWAPS, random);
    case 'person':
      return mutatePerson(text, analysis);
    case 'quote':
      return mutateQuote(text, random);
    case 'tone':
      return aboutVoice(text) ? swapOne('tone', text, TONE_SWAPS, random) : null;
    case 'polarity':
      return mutatePolarity(text, random);
  }
};
