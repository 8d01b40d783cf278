import type { ChatAnswer, Claim } from '../../contracts/index.ts';
import { markdownText } from '../markdown/escape.ts';
import type { Style } from '../text/style.ts';
import { wrapped } from '../text/wrap.ts';
import { VERDICT_WORDS } from './checked.ts';
import { plain } from './plain.ts';

/** The claims of a sentence that its evidence does not bear out. */
export const faultsOf = (claims: readonly Claim[], index: number): Claim[] =>
  claims.filter(
    ({ sentence, verdict }) => sentence === index && (verdict === 'contradicted' || verdict === 'unsupported'),
  );

const citesText = (cites: readonly string[]): string => cites.map((id) => `[${id}]`).join('');

/** One sentence as Markdown: its ids after it; struck through, with the reason, where it does not hold. */
export const sentenceMarkdown = (
  sentence: { text: string; cites: readonly string[] },
  faults: readonly Claim[],
): string => {
  const [worst] = faults;
  const cites = sentence.cites.length === 0 ? '' : ` ${citesText(sentence.cites)}`;
  // What somebody says in the clip must not become a picture or a link in somebody's chat.
  const text = markdownText(sentence.text);
  if (worst === undefined || (worst.verdict !== 'contradicted' && worst.verdict !== 'unsupported')) {
    return `${text}${cites}`;
  }
  return `~~${text}~~${cites} (${VERDICT_WORDS[worst.verdict]})`;
};

/** What is said after an answer that another stood in for; empty else. */
export const standInNote = ({ answerer }: ChatAnswer): string =>
  answerer.fallbackReason === null
    ? ''
    : `\n\n(${markdownText(answerer.fallbackReason)} Answered from the measurements by rules instead.)`;

/** An answer in one paragraph of Markdown, for clients that take only text. */
export const answerMarkdown = (answer: ChatAnswer): string =>
  answer.sentences
    .map((sentence, index) => sentenceMarkdown(sentence, faultsOf(answer.grounding.claims, index)))
    .join(' ') + standInNote(answer);

/** An answer for a terminal. */
export const answerText = (
  { sentences, grounding, answerer, suggestions }: ChatAnswer,
  { width, style, suggest }: { width: number; style: Style; suggest: boolean },
): string => {
  const lines = sentences.flatMap((sentence, index) => {
    const faults = faultsOf(grounding.claims, index);
    const [worst] = faults;
    const cites = citesText(sentence.cites);
    const rows = wrapped(`${plain(sentence.text)}${cites === '' ? '' : ` ${cites}`}`, { width, first: '', rest: '  ' });
    const shown = worst === undefined ? rows : rows.map((row) => style.struck(row));
    const mark =
      worst !== undefined && (worst.verdict === 'contradicted' || worst.verdict === 'unsupported')
        ? wrapped(`${VERDICT_WORDS[worst.verdict]}: ${plain(worst.detail)}`, {
            width,
            first: '  ↳ ',
            rest: '    ',
          }).map((row) => style.bad(row))
        : [];
    return [...shown, ...mark];
  });
  const note =
    answerer.fallbackReason === null
      ? []
      : wrapped(`${plain(answerer.fallbackReason)} Answered from the measurements by rules instead.`, {
          width,
          first: '(',
          rest: ' ',
        }).map((row, index, all) => style.faint(index === all.length - 1 ? `${row})` : row));
  const further =
    suggest && suggestions.length > 0 ? ['', style.faint(`You may ask: ${suggestions.join('  ·  ')}`)] : [];
  return [...lines, ...note, ...further, ''].join('\n');
};
