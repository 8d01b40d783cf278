import { type CheckedSentence, VERDICT_WORDS } from '../view/checked.ts';
import { type Markup, markup } from './markup.ts';

/** The ids of observations as links to the evidence. */
export const chips = (ids: readonly string[], recordPrefix: string): Markup[] =>
  ids.map((id) => markup`<a class="chip" href="#${recordPrefix}-${id}" data-o="${id}">${id}</a>`);

/** A sentence with its evidence and what the verifier found wrong in it. */
export const sentence = (checked: CheckedSentence, recordPrefix: string): Markup => {
  const wrong = checked.verdict === 'contradicted' || checked.verdict === 'unsupported';
  const words = wrong ? markup`<s>${checked.text}</s>` : markup`${checked.text}`;
  return markup`${checked.label === null ? null : markup`<b class="label">${checked.label}</b> `}${words} <span class="cites">${chips(checked.cites, recordPrefix)}</span>${checked.findings.map(
    (claim) =>
      claim.verdict === 'supported'
        ? null
        : markup`<span class="finding ${claim.verdict}"><b>${VERDICT_WORDS[claim.verdict]}</b> ${claim.detail}</span>`,
  )}`;
};

/** A list of sentences, or nothing. */
export const sentenceList = (list: readonly CheckedSentence[], recordPrefix: string): Markup =>
  markup`<ul class="sentences">${list.map((checked) => markup`<li>${sentence(checked, recordPrefix)}</li>`)}</ul>`;

/** Words in which ids of observations are named, as words with links. */
export const withLinks = (text: string, known: ReadonlySet<string>, recordPrefix: string): Markup[] =>
  text.split(/\b(o\d+)\b/).map((part) => (known.has(part) ? markup`${chips([part], recordPrefix)}` : markup`${part}`));
