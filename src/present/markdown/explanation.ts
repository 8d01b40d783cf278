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
import { clipText, confidenceText, headline, rangeText, sharedName } from '../view/words.ts';
import { markdownText } from './escape.ts';

/** Explanations to be pasted into an issue or a page (GitHub-flavoured Markdown). */
export const createMarkdownRenderer = (): Renderer<ExplainOutcome> => {
  let started = false;
  const separator = (): string => {
    const text = started ? '\n---\n\n' : '';
    started = true;
    return text;
  };
  return {
    begin: () => '',
    *add({ record }) {
      const { analysis } = record;
      if (analysis === null || record.explanations.length === 0) {
        yield `${separator()}## ${markdownText(sharedName(record.input))}\n\n${markdownText(record.error?.message ?? 'There is nothing to explain.')}\n`;
        return;
      }
      for (const [index, explanation] of record.explanations.entries()) {
        const counterfactual = counterfactualAt(record, index);
        yield `${separator()}${explanationMarkdown(sharedName(record.input), analysis, explanation, counterfactual)}`;
      }
    },
    end: () => '',
  };
};

const explanationMarkdown = (
  input: string,
  analysis: Analysis,
  explanation: Explanation,
  counterfactual: Counterfactual | null,
): string => {
  const { judgement } = explanation;
  const checked = checkedSentences(explanation);
  const who = analysis.subjects.length > 1 && explanation.subject !== null ? ` · ${explanation.subject}` : '';
  const blocks = [
    `## ${markdownText(input)}${who}`,
    `**${markdownText(headline(judgement))}** (${confidenceText(judgement)})  \n<sub>${clipText(analysis)}</sub>`,
    section(evidenceHeading(analysis), list(checked['key-observations'])),
    section('What it may mean', list(checked.interpretation)),
    section('Conclusion', checked.conclusion.map((sentence) => sentenceText(sentence)).join('\n\n')),
    `_${judgement.abstained ? 'Why there is no reading' : 'What the confidence rests on'}:_ ${markdownText(reasonText(explanation))}`,
    section('What does not fit together', list(checked.conflicts)),
    section('Other readings', list(checked.alternatives)),
    section(
      'What would change this reading',
      wouldChangeTexts(explanation)
        .map((text) => `- ${markdownText(text)}`)
        .join('\n'),
    ),
    section(
      CANDIDATES_HEADING,
      candidateViews(explanation, analysis)
        .map(
          ({ when, text, remark }) =>
            `- ${when === null ? '' : `${when}: `}${markdownText(text)} (${markdownText(remark)})`,
        )
        .join('\n'),
    ),
    counterfactual === null ? '' : section('What the reading hangs on', counterfactualText(counterfactual)),
    evidenceTable(analysis, explanation),
    limits(analysis, explanation),
    `> ${markdownText(explanation.notice)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

const section = (title: string, body: string): string => (body === '' ? '' : `### ${title}\n\n${body}`);

const list = (sentences: readonly CheckedSentence[]): string =>
  sentences.map((sentence) => `- ${sentenceText(sentence)}`).join('\n');

const sentenceText = (sentence: CheckedSentence): string => {
  const label = sentence.label === null ? '' : `**${markdownText(sentence.label)}**: `;
  const wrong = sentence.verdict === 'contradicted' || sentence.verdict === 'unsupported';
  const words = wrong ? `~~${markdownText(sentence.text)}~~` : markdownText(sentence.text);
  const cites = sentence.cites.map((id) => ` \\[${markdownText(id)}\\]`).join('');
  const findings = sentence.findings.flatMap((claim) =>
    claim.verdict === 'supported' ? [] : [`  \n  ⚠️ ${VERDICT_WORDS[claim.verdict]}: ${markdownText(claim.detail)}`],
  );
  return `${label}${words}${cites}${findings.join('')}`;
};

const counterfactualText = (counterfactual: Counterfactual): string => {
  const { summary, telling, notes } = counterfactualView(counterfactual);
  const items = telling.map(({ text }) => `- ${markdownText(text)}`).join('\n');
  return [summary, ...notes]
    .map(markdownText)
    .toSpliced(1, 0, items)
    .filter((block) => block !== '')
    .join('\n\n');
};

const evidenceTable = (analysis: Analysis, explanation: Explanation): string => {
  const cited = citedObservations(explanation, analysis.observations);
  if (cited.length === 0) {
    return '';
  }
  const timed = !isTimeless(analysis.clip);
  const head = timed ? '| id | when | observation |\n| --- | --- | --- |' : '| id | observation |\n| --- | --- |';
  const rows = cited.map(({ id, range, text }) =>
    timed ? `| ${id} | ${rangeText(range)} | ${markdownText(text)} |` : `| ${id} | ${markdownText(text)} |`,
  );
  return `<details><summary>Evidence (${cited.length})</summary>\n\n${head}\n${rows.join('\n')}\n\n</details>`;
};

const limits = (analysis: Analysis, explanation: Explanation): string => {
  const lines = [
    groundingText(explanation.grounding),
    ...[...reasonerWarnings(explanation), ...analysis.warnings].map(({ message }) => message),
    ...analysis.notMeasured.map(({ what, why }) => `Not measured: ${what}. ${why}`),
    `Analysis ${analysis.id}; reasoner ${explanation.reasoner.id}; models ${analysis.models.map(({ id, version }) => `${id} ${version}`).join(', ')}.`,
  ];
  return section('Checks and limits', lines.map((line) => `- ${markdownText(line)}`).join('\n'));
};
