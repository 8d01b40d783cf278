import { type Analysis, type ExplainRecord, isTimeless, type Observation } from '../../contracts/index.ts';
import { citedIds } from '../view/checked.ts';
import { counted, percentText, rangeText } from '../view/words.ts';
import { type Markup, markup } from './markup.ts';

// A two-hour clip has thousands of observations; the JSON record has them all.
const MOST_UNCITED = 400;

/** Every observation that a sentence cites, then the others behind a fold. */
export const evidenceTable = (record: ExplainRecord, analysis: Analysis, prefix: string): Markup => {
  const cited = new Set(record.explanations.flatMap((explanation) => [...citedIds(explanation)]));
  const first = analysis.observations.filter(({ id }) => cited.has(id));
  const others = analysis.observations.filter(({ id }) => !cited.has(id));
  const left = others.length - MOST_UNCITED;
  return markup`<section class="evidence" aria-labelledby="${prefix}-evidence"><h3 id="${prefix}-evidence">Evidence</h3>
${table(first, analysis, prefix)}
${
  others.length === 0
    ? null
    : markup`<details><summary>${counted(others.length, 'other observation')} that no sentence cites</summary>${table(others.slice(0, MOST_UNCITED), analysis, prefix)}${
        left > 0 ? markup`<p class="fine">And ${left} more: the JSON record holds all of them.</p>` : null
      }</details>`
}</section>`;
};

const table = (observations: readonly Observation[], analysis: Analysis, prefix: string): Markup => {
  const timed = !isTimeless(analysis.clip);
  const several = analysis.subjects.length > 1;
  return markup`<table><thead><tr><th scope="col">Id</th><th scope="col">Observation</th>${timed ? markup`<th scope="col">When</th>` : null}${several ? markup`<th scope="col">Who</th>` : null}<th scope="col" class="number">Confidence</th></tr></thead><tbody>${observations.map(
    ({ id, text, range, subject, confidence, source }) =>
      markup`<tr id="${prefix}-${id}" data-o="${id}"><th scope="row">${id}</th><td><bdi>${text}</bdi></td>${timed ? markup`<td class="when">${rangeText(range)}</td>` : null}${several ? markup`<td>${subject ?? 'all'}</td>` : null}<td class="number" title="Measured by ${source}">${percentText(confidence)}</td></tr>`,
  )}</tbody></table>`;
};
