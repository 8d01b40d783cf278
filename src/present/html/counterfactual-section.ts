import type { Counterfactual, Removal } from '../../contracts/index.ts';
import { counterfactualView } from '../view/counterfactual.ts';
import { percentText } from '../view/words.ts';
import { type Markup, markup } from './markup.ts';
import { withLinks } from './sentences.ts';

/** What the reading hangs on: what was taken away, and how the share of its expression moved. */
export const counterfactualSection = (
  counterfactual: Counterfactual,
  known: ReadonlySet<string>,
  recordPrefix: string,
): Markup => {
  const { summary, telling, notes } = counterfactualView(counterfactual);
  const linked = (text: string): Markup[] => withLinks(text, known, recordPrefix);
  return markup`<section class="counterfactual"><h3>What the reading hangs on</h3>
<p>${linked(summary)}</p>
<table><thead><tr><th scope="col">Taken away</th><th scope="col" class="number">Before</th><th scope="col" class="number">After</th></tr></thead><tbody>${telling.map(
    (removal) =>
      markup`<tr><td>${linked(removal.text)}</td><td class="number">${percentText(removal.before.share)}</td><td class="number">${after(removal)}</td></tr>`,
  )}</tbody></table>
${notes.map((note) => markup`<p class="fine">${note}</p>`)}
<p class="fine">Shares are those of ${counterfactual.whole.expression}.</p></section>`;
};

const after = ({ effect, without }: Removal): Markup =>
  effect === 'flips' || effect === 'abstains'
    ? markup`<b>${percentText(without.share)}</b>`
    : markup`${percentText(without.share)}`;
