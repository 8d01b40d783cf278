import { type Analysis, type Counterfactual, type Explanation, isTimeless } from '../../contracts/index.ts';
import type { ExplainOutcome, Renderer } from '../outcome.ts';
import { CANDIDATES_HEADING, candidateViews } from '../view/candidates.ts';
import {
  type CheckedSentence,
  checkedSentences,
  citedObservations,
  groundingText,
  reasonerWarnings,
  reasonText,
  VERDICT_WORDS,
  wouldChangeTexts,
} from '../view/checked.ts';
import { counterfactualAt, counterfactualView } from '../view/counterfactual.ts';
import { evidenceHeading } from '../view/headings.ts';
import { plain } from '../view/plain.ts';
import { clipText, confidenceText, headline, rangeText } from '../view/words.ts';
import { PLAIN_STYLE, type Style } from './style.ts';
import { wrapped } from './wrap.ts';

export type TextOptions = {
  width?: number;
  style?: Style;
  /** Whether an input that failed gets its place in the report; not on a terminal, where stderr says it already. */
  failures?: boolean;
};

/** Explanations to be read in a terminal. */
export const createTextRenderer = ({
  width = 96,
  style = PLAIN_STYLE,
  failures = true,
}: TextOptions = {}): Renderer<ExplainOutcome> => {
  let started = false;
  return {
    begin: () => '',
    *add({ record }) {
      const { analysis } = record;
      if (record.error !== null && record.explanations.length === 0) {
        if (!failures) {
          return;
        }
        yield `${separator(started)}${style.strong(plain(record.input))}\n${paragraph(record.error.message, width).join('\n')}\n`;
        started = true;
        return;
      }
      for (const [index, explanation] of (analysis === null ? [] : record.explanations).entries()) {
        const counterfactual = counterfactualAt(record, index);
        yield separator(started) +
          explanationText(record.input, analysis, explanation, { width, style, counterfactual });
        started = true;
      }
    },
    end: () => '',
  };
};

type Layout = { width: number; style: Style };
type ExplanationLayout = Layout & { counterfactual: Counterfactual | null };

const separator = (started: boolean): string => (started ? '\n' : '');

const paragraph = (text: string, width: number): string[] => wrapped(plain(text), { width, first: '  ', rest: '  ' });

const explanationText = (
  input: string,
  analysis: Analysis | null,
  explanation: Explanation,
  { width, style, counterfactual }: ExplanationLayout,
): string => {
  if (analysis === null) {
    return '';
  }
  const { judgement } = explanation;
  const checked = checkedSentences(explanation);
  const lines: string[] = [];
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) {
      lines.push('', style.accent(title), ...body);
    }
  };
  const sentences = (list: readonly CheckedSentence[], bullet = '•'): string[] =>
    list.flatMap((sentence) => sentenceLines(sentence, bullet, { width, style }));

  const who = analysis.subjects.length > 1 && explanation.subject !== null ? ` · ${explanation.subject}` : '';
  lines.push(
    ...wrapped(`${plain(input)}${who}`, { width, first: '', rest: '  ' }).map(style.strong),
    ...wrapped(clipText(analysis), { width, first: '', rest: '' }).map(style.faint),
    '',
    `${style.strong(headline(judgement))}  ${style.faint(`(${confidenceText(judgement)})`)}`,
  );
  section(evidenceHeading(analysis), sentences(checked['key-observations']));
  section('What it may mean', sentences(checked.interpretation));
  section('Conclusion', sentences(checked.conclusion, ' '));
  section(
    judgement.abstained ? 'Why there is no reading' : 'What the confidence rests on',
    paragraph(reasonText(explanation), width),
  );
  section('What does not fit together', sentences(checked.conflicts));
  section('Other readings', sentences(checked.alternatives));
  section(
    'What would change this reading',
    wouldChangeTexts(explanation).flatMap((text) => wrapped(plain(text), { width, first: '  – ', rest: '    ' })),
  );
  section(
    CANDIDATES_HEADING,
    candidateViews(explanation, analysis).flatMap(({ when, text, remark }) =>
      wrapped(plain(`${when === null ? '' : `${when}: `}${text} (${remark})`), { width, first: '  – ', rest: '    ' }),
    ),
  );
  section('What the reading hangs on', counterfactual === null ? [] : counterfactualLines(counterfactual, width));
  section('Checked', [
    ...paragraph(groundingText(explanation.grounding), width),
    ...[...reasonerWarnings(explanation), ...analysis.warnings].flatMap(({ message }) =>
      paragraph(`Note: ${message}`, width),
    ),
    ...(analysis.notMeasured.length > 0
      ? paragraph(`Not measured: ${analysis.notMeasured.map(({ what }) => what).join('; ')}.`, width)
      : []),
  ]);
  section('Evidence', evidenceLines(explanation, analysis, { width, style }));
  lines.push('', ...wrapped(plain(explanation.notice), { width, first: '', rest: '' }).map(style.faint));
  return `${lines.join('\n')}\n`;
};

const counterfactualLines = (counterfactual: Counterfactual, width: number): string[] => {
  const { summary, telling, notes } = counterfactualView(counterfactual);
  return [
    ...paragraph(summary, width),
    ...telling.flatMap(({ text }) => wrapped(plain(text), { width, first: '  – ', rest: '    ' })),
    ...notes.flatMap((note) => paragraph(note, width)),
  ];
};

const CITATION = /\[o\d+\]/g;

const sentenceLines = (sentence: CheckedSentence, bullet: string, { width, style }: Layout): string[] => {
  const mark = bullet === ' ' ? '' : `${bullet} `;
  const rest = ' '.repeat(2 + mark.length);
  const cites = sentence.cites.map((id) => `[${plain(id)}]`).join('');
  const label = sentence.label === null ? '' : `${plain(sentence.label)}: `;
  const words = `${label}${plain(sentence.text)} ${cites}`.trim();
  const wrong = sentence.verdict === 'contradicted' || sentence.verdict === 'unsupported';
  const lines = wrapped(words, { width, first: wrong ? '  ✗ ' : `  ${mark}`, rest }).map((line) =>
    (wrong ? style.struck(line) : line).replace(CITATION, style.faint),
  );
  const findings = sentence.findings.flatMap((claim) => {
    const words = claim.verdict === 'supported' ? '' : VERDICT_WORDS[claim.verdict];
    return wrapped(`${words}: ${plain(claim.detail)}`, { width, first: '    ↳ ', rest: '      ' }).map(
      claim.verdict === 'untestable' ? style.faint : style.bad,
    );
  });
  return [...lines, ...findings];
};

const evidenceLines = (explanation: Explanation, analysis: Analysis, { width, style }: Layout): string[] => {
  const cited = citedObservations(explanation, analysis.observations);
  const indent = Math.max(0, ...cited.map(({ id }) => id.length)) + 4;
  return cited.flatMap((observation) => {
    const time = isTimeless(analysis.clip) ? '' : ` (${rangeText(observation.range)})`;
    const first = `  ${observation.id}`.padEnd(indent);
    return wrapped(`${plain(observation.text)}${time}`, { width, first, rest: ' '.repeat(indent) }).map(
      (line, index) => (index === 0 ? `${style.accent(line.slice(0, indent))}${line.slice(indent)}` : line),
    );
  });
};
