/** Reads the description of the first stage: one sentence a line, each with its ids, none with an emotion word. */
import type { CitedSentence, PromptProblem, Warning } from '../../../contracts/index.ts';
import { usableSentences } from './sentences.ts';

const MOST_LINES = 24;
const LINE_CHARACTERS = 600;
const THOUGHT = /^\s*<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/i;
const IDS = /\bo\d{1,6}\b/g;

export type ReadDescription = { sentences: CitedSentence[]; problems: PromptProblem[]; warnings: Warning[] };

/** One line of a description, or `null` for a heading, a fence or an empty line. */
export const lineOf = (line: string): CitedSentence | null => {
  const text = line
    .replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, '')
    .replace(/^\s*(?:#+|```).*$/, '')
    .trim();
  if (text === '' || !/\p{L}/u.test(text)) {
    return null;
  }
  return { text: text.slice(0, LINE_CHARACTERS), cites: [...new Set(text.match(IDS) ?? [])] };
};

/** The usable sentences, and what is wrong with the others. A sentence without an id is no description of evidence. */
export const readDescription = (
  text: string,
  { visible, boundary }: { visible: ReadonlySet<string>; boundary: string },
): ReadDescription => {
  const lines = text
    .replace(THOUGHT, '')
    .split(/\r?\n/)
    .map(lineOf)
    .filter((line) => line !== null)
    .slice(0, MOST_LINES);
  const bare = lines.filter(({ cites }) => cites.length === 0);
  const read = usableSentences(
    'description',
    lines.filter(({ cites }) => cites.length > 0),
    { visible, boundary, plainOnly: true },
  );
  const problems = [
    ...read.problems,
    ...bare.map(({ text: words }) => ({ where: 'description', what: `a sentence without an id: ${words}` })),
    ...(lines.length === 0 ? [{ where: 'description', what: 'it is empty' }] : []),
  ];
  return { ...read, problems };
};

/** The description as it goes into the second stage. */
export const descriptionText = (sentences: readonly CitedSentence[]): string =>
  sentences.map(({ text, cites }) => `${text} [${cites.join('] [')}]`).join('\n');
