/** What is said, beside what is shown: agreement, contradiction, and words that carry the reading. */
import { type CitedSentence, EXPRESSION_LABELS } from '../../../contracts/index.ts';
import type { SpokenClues } from '../words/words-reading.ts';
import { list, sentence, worded } from './grammar.ts';
import { cited, seedOf, type Teller, unitsOf } from './teller.ts';
import { theNoun } from './unit-words.ts';

/** Words quoted at a time: enough to recognise the place. */
const MOST_WORDS = 9;
/** Filled pauses from which they are told. */
const FILLERS_FROM = 2;

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

/** The strongest movements of the key moment, for a sentence that sets words against them. */
const leading = (teller: Teller): { nouns: string; cites: readonly string[] } => {
  const units = [...teller.reading.key.moment.units.values()]
    .filter(({ status }) => status === 'present')
    .flatMap(({ cites }) => unitsOf(teller, cites).slice(0, 1))
    .filter(({ resting }) => !resting)
    .sort((a, b) => b.intensity - a.intensity)
    .slice(0, 2);
  return { nouns: list(units.map((unit) => theNoun(unit))), cites: units.map(({ id }) => id) };
};

/** How the words stand to the face. Contradictions are told among the conflicts. */
export const wordMoves = (teller: Teller): CitedSentence[] => {
  const { channels } = teller.reading;
  const { words } = channels;
  const [first] = words?.carriers ?? [];
  return [...(first === undefined ? [] : carrierMove(teller, first)), ...fillerMove(teller)];
};

const carrierMove = (teller: Teller, first: SpokenClues): CitedSentence[] => {
  const { channels } = teller.reading;
  const quote = quotePart(first);
  const { nouns, cites } = leading(teller);
  if (channels.relation === 'conflict') {
    return [];
  }
  if (channels.relation === 'agree') {
    const text = worded(seedOf(teller, 'words'), [
      `the words ${quote} speak of something ${tone(first)}, as the face does`,
      `what is said, ${quote}, is worded as something ${tone(first)} and goes with what is shown`,
    ]);
    return [cited(sentence(text), [first.id, ...cites])];
  }
  if (first.clues.polarity === 0) {
    const about = EXPRESSION_LABELS.filter((label) => (first.clues.labels[label] ?? 0) > 0).slice(0, 1);
    return about.length === 0
      ? []
      : [cited(sentence(`${quote} is a turn of phrase that often goes with ${list(about)}`), [first.id])];
  }
  const beside = channels.face === null || nouns === '' ? '' : ', while the face moves too little to say so by itself';
  return [cited(sentence(`the words ${quote} speak of something ${tone(first)}${beside}`), [first.id])];
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

/** Words against the face. */
export const wordConflicts = (teller: Teller): CitedSentence[] => {
  const { channels, label } = teller.reading;
  const { face, words, relation } = channels;
  const [first] = words?.carriers.filter(({ clues }) => Math.sign(clues.polarity) === Math.sign(words.polarity)) ?? [];
  const { nouns, cites } = leading(teller);
  const told: CitedSentence[] = [];
  if (relation === 'conflict' && first !== undefined && face !== null && nouns !== '') {
    const text =
      face.valence > 0
        ? `the words ${quotePart(first)} speak of something bad, and yet ${nouns} ${verb(nouns)} with ${label}: a smile may cover what is said, or soften it`
        : `the words ${quotePart(first)} speak of something good, and yet ${nouns} ${verb(nouns)} with ${label}: words and face apart like this are often meant ironically`;
    told.push(cited(sentence(text), [first.id, ...cites]));
  }
  return told;
};

const verb = (nouns: string): string => (nouns.includes(' and ') ? 'go' : 'goes');
