import type { Analysis, ExplainRecord, Explanation } from '../../contracts/index.ts';
import type { ExplainOutcome } from '../outcome.ts';
import { reasonerWarnings } from '../view/checked.ts';
import { counterfactualAt } from '../view/counterfactual.ts';
import { sharedName } from '../view/words.ts';
import { evidenceTable } from './evidence-table.ts';
import { explanationSection } from './explanation-section.ts';
import { type Markup, markup } from './markup.ts';

/** One input: its people, the evidence, and how it was made. */
export const recordSection = ({ record, percepts, stills }: ExplainOutcome, prefix: string): Markup => {
  const { analysis } = record;
  if (analysis === null || record.explanations.length === 0) {
    return markup`<article id="${prefix}" class="failed"><h2><bdi>${sharedName(record.input)}</bdi></h2><p>${record.error?.message ?? 'There is nothing to explain.'}</p></article>`;
  }
  return markup`<article id="${prefix}">
${record.explanations.map((explanation, index) => {
  const { startMs, endMs } = explanation.range;
  const still = stills.find(
    ({ subject, ms }) => subject === explanation.subject && ms >= startMs && (endMs <= startMs || ms < endMs),
  );
  const view = { input: sharedName(record.input), analysis, percepts, explanation, recordPrefix: prefix };
  const attention = record.attention?.find(({ subject, ms }) => subject === still?.subject && ms === still.ms) ?? null;
  return explanationSection({
    ...view,
    attention,
    counterfactual: counterfactualAt(record, index),
    still: still ?? null,
    prefix: explanationPrefix(prefix, index),
  });
})}
${evidenceTable(record, analysis, prefix)}
${provenance(record, analysis)}
</article>`;
};

export const explanationPrefix = (recordPrefix: string, index: number): string => `${recordPrefix}-e${index + 1}`;

const provenance = (record: ExplainRecord, analysis: Analysis): Markup => {
  const quality = analysis.observations.filter(({ kind }) => kind === 'quality');
  const notices = [...new Set(record.explanations.map(({ notice }) => notice))];
  return markup`<section class="limits"><div><h3>Limits</h3><ul class="sentences">
${notices.map((notice) => markup`<li>${notice}</li>`)}
${quality.map(({ text }) => markup`<li>${text}</li>`)}
${distinctMessages(record.explanations).map((message) => markup`<li>${message}</li>`)}
${analysis.warnings.map(({ message }) => markup`<li>${message}</li>`)}
${analysis.notMeasured.map(({ what, why }) => markup`<li>Not measured: ${what}. ${why}</li>`)}
</ul></div>
<div><h3>How it was made</h3><dl class="made">
<dt>Analysis</dt><dd><code>${analysis.id}</code></dd>
<dt>Clip (sha256)</dt><dd><code>${analysis.clip.digest.slice(0, 16)}…</code></dd>
<dt>Measured</dt><dd>${analysis.sampling.frames} ${analysis.sampling.frames === 1 ? 'frame' : 'frames'}</dd>
<dt>Reasoner</dt><dd>${[...new Set(record.explanations.map(reasonerText))].join(', ')}</dd>
<dt>Models</dt><dd>${analysis.models.map(
    ({ id, version, digest }) => markup`<span title="sha256 ${digest}">${id} ${version}</span>`,
  )}</dd></dl></div></section>`;
};

const distinctMessages = (explanations: readonly Explanation[]): string[] => [
  ...new Set(explanations.flatMap((explanation) => reasonerWarnings(explanation).map(({ message }) => message))),
];

const reasonerText = ({ reasoner }: Explanation): string => {
  const model = reasoner.model === null ? '' : ` (${reasoner.model})`;
  return `${reasoner.id}${model}${reasoner.fallback ? ', standing in for the one asked for' : ''}`;
};
