/** What is said, beside what is shown: agreement, contradiction, and words that carry the reading. */
import { type CitedSentence, EXPRESSION_LABELS } from '../../../contracts/index.ts';
import type { SpokenMoment } from '../channels.ts';
import { ARTICULATORS } from '../weights.ts';
import type { SpokenClues } from '../words/words-reading.ts';
import { list, sentence, worded } from './grammar.ts';
import { cited, seedOf, type Teller } from './teller.ts';
import { theNoun } from './unit-words.ts';

/** Words quoted at a time: enough to recognise the place. */
const MOST_WORDS = 9;
/** Filled pauses from which they are told. */
const FILLERS_FROM = 2;
/** Strength of the face below which it is called nearly at rest. */
const QUIET = 0.15;

/** The telling part of what was said, verbatim, between quotation marks. */
export const quotePart = ({ quote, clues }: SpokenClues): string => {
  const clause = tellingClause(quote, clues);
  const words = [...clause.matchAll(/\S+/g)];
  const last = words[MOST_WORDS - 1];
  const part = last === undefined ? clause : clause.slice(0, last.index + last[0].length);
  // The quotation's own double marks become single ones: the verifier compares words, not marks.
  return `"${part.replace(/["“”„«»]/g, "'").replace(/[.,;:]+$/, '')}"`;
};

/** All of it where it is short; else the clause with the telling word. */
const tellingClause = (quote: string, { hits }: SpokenClues['clues']): string => {
  if ((quote.match(/\S+/g)?.length ?? 0) <= MOST_WORDS) {
    return quote;
  }
  const [strongest] = [...hits].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const clauses = quote.match(/[^,;:.!?…—]+[,;:.!?…—]*/gu) ?? [quote];
  const telling = clauses.find((clause) => strongest !== undefined && clause.toLowerCase().includes(strongest.word));
  return (telling ?? quote).trim();
};

const tone = ({ clues }: SpokenClues): string =>
  clues.polarity > 0 ? 'good' : clues.polarity < 0 ? 'bad' : 'neither good nor bad';

/** Units that speech itself moves, and blinks: no party to what is said. */
const SPOKEN_UNITS: ReadonlySet<string> = new Set([...ARTICULATORS, 'AU45']);

/** The strongest movements while something is said, for a sentence that sets words beside them. */
const movementsDuring = (
  teller: Teller,
  { startMs, endMs }: SpokenClues,
): { nouns: string; cites: readonly string[] } => {
  const { evidence } = teller.reading;
  const units = evidence.units
    .filter(({ status, resting, code }) => status === 'present' && !resting && !SPOKEN_UNITS.has(code))
    .filter((unit) => evidence.still || (unit.startMs < endMs && unit.endMs > startMs))
    .sort((a, b) => b.intensity - a.intensity)
    .filter((unit, index, all) => all.findIndex(({ code }) => code === unit.code) === index)
    .slice(0, 2);
  return { nouns: list(units.map((unit) => theNoun(unit))), cites: units.map(({ id }) => id) };
};

/** How the words stand to the face. Contradictions are told among the conflicts. */
export const wordMoves = (teller: Teller): CitedSentence[] => {
  const { moments } = teller.reading.channels;
  const first =
    moments.find(({ relation }) => relation === 'agree') ?? moments.find(({ relation }) => relation === 'apart');
  return [...(first === undefined ? [] : carrierMove(teller, first)), ...fillerMove(teller)];
};

const carrierMove = (teller: Teller, { spoken, face, relation }: SpokenMoment): CitedSentence[] => {
  const quote = quotePart(spoken);
  if (relation === 'agree') {
    const { cites } = movementsDuring(teller, spoken);
    const text = worded(seedOf(teller, 'words'), [
      `the words ${quote} speak of something ${tone(spoken)}, as the face does`,
      `what is said, ${quote}, is worded as something ${tone(spoken)} and goes with what is shown`,
    ]);
    return [cited(sentence(text), [spoken.id, ...cites])];
  }
  if (spoken.clues.polarity === 0) {
    const about = EXPRESSION_LABELS.filter((label) => (spoken.clues.labels[label] ?? 0) > 0).slice(0, 1);
    return about.length === 0
      ? []
      : [cited(sentence(`${quote} is a turn of phrase that often goes with ${list(about)}`), [spoken.id])];
  }
  const beside = face === null || face.strength >= QUIET ? '' : ', while the face keeps nearly at rest';
  return [cited(sentence(`the words ${quote} speak of something ${tone(spoken)}${beside}`), [spoken.id])];
};

/** Filled pauses, quoted: what they mean is left open. */
const fillerMove = (teller: Teller): CitedSentence[] => {
  const spoken = teller.reading.channels.words?.spoken ?? [];
  const interrupted = spoken.filter(({ clues }) => clues.fillers.length > 0);
  const fillers = interrupted.flatMap(({ clues }) => clues.fillers);
  if (fillers.length < FILLERS_FROM) {
    return [];
  }
  const quotes = list([...new Set(fillers)].slice(0, 3).map((filler) => `"${filler}"`));
  return [
    cited(
      sentence(`${quotes} interrupt what is said, as when somebody looks for the words`),
      interrupted.map(({ id }) => id),
    ),
  ];
};

/** Words against the face, where they are strongest. */
export const wordConflicts = (teller: Teller): CitedSentence[] => {
  const found = teller.reading.channels.moments.find(({ relation }) => relation === 'conflict');
  if (found === undefined || found.face === null) {
    return [];
  }
  const { spoken, face } = found;
  const { nouns, cites } = movementsDuring(teller, spoken);
  if (nouns === '') {
    return [];
  }
  const verb = nouns.includes(' and ') ? 'go' : 'goes';
  const against = `the words ${quotePart(spoken)} speak of something ${tone(spoken)}, and yet ${nouns} ${verb} with ${face.label}`;
  const meaning =
    face.valence > 0
      ? 'a smile may cover what is said, or soften it'
      : 'words and face apart like this are often meant ironically';
  return [cited(sentence(`${against}: ${meaning}`), [spoken.id, ...cites])];
};
