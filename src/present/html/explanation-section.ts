import {
  type Analysis,
  type Counterfactual,
  EXPRESSION_LABELS,
  type Explanation,
  isTimeless,
  type ModelAttention,
  type Percepts,
  type Still,
} from '../../contracts/index.ts';
import { CANDIDATES_HEADING, candidateViews } from '../view/candidates.ts';
import { checkedSentences, groundingText, reasonText, wouldChangeTexts } from '../view/checked.ts';
import { evidenceHeading, overTimeHeading } from '../view/headings.ts';
import { clipText, confidenceText, headline, labelText, percentText, rangeText } from '../view/words.ts';
import { attentionFigure } from './attention-figure.ts';
import { counterfactualSection } from './counterfactual-section.ts';
import { faceFigure } from './face-figure.ts';
import { intensityBars } from './intensity-bars.ts';
import { type Markup, markup } from './markup.ts';
import { chips, sentence, sentenceList, withLinks } from './sentences.ts';
import { timeline } from './timeline.ts';

export type ExplanationView = {
  input: string;
  analysis: Analysis;
  percepts: Percepts | null;
  still: Still | null;
  /** Only where it was asked for. */
  attention: ModelAttention | null;
  /** Only where it was asked for. */
  counterfactual: Counterfactual | null;
  explanation: Explanation;
  /** Unique in the page. */
  prefix: string;
  recordPrefix: string;
};

/** One person of one input: the face, the reading, the movements over time, the three parts, and what speaks against. */
export const explanationSection = (view: ExplanationView): Markup => {
  const { analysis, percepts, still, explanation, prefix, recordPrefix } = view;
  const checked = checkedSentences(explanation);
  const figure =
    still === null || percepts === null ? null : faceFigure({ analysis, percepts, still, prefix, recordPrefix });
  return markup`<section class="reading" id="${prefix}" aria-labelledby="${prefix}-title">
<div class="hero${figure === null ? ' bare' : ''}">${figure}<div class="verdict">${verdict(view)}</div></div>
${movements(view)}
${view.attention === null || still === null ? null : attentionFigure({ attention: view.attention, still, prefix })}
<div class="argument">
<section><h3><span class="step">1</span> ${evidenceHeading(analysis)}</h3>${sentenceList(checked['key-observations'], recordPrefix)}</section>
<section><h3><span class="step">2</span> What it may mean</h3>${sentenceList(checked.interpretation, recordPrefix)}</section>
<section class="conclusion"><h3><span class="step">3</span> Conclusion</h3>${checked.conclusion.map(
    (part) => markup`<p>${sentence(part, recordPrefix)}</p>`,
  )}<p class="fine checked">${groundingText(explanation.grounding)}</p></section>
</div>
${doubts(view)}
${hangsOn(view)}
</section>`;
};

const verdict = ({ input, analysis, explanation, prefix, recordPrefix }: ExplanationView): Markup => {
  const { judgement } = explanation;
  const several = analysis.subjects.length > 1 && explanation.subject !== null;
  const whole = explanation.range.startMs === 0 && explanation.range.endMs >= analysis.clip.durationMs;
  const scores = EXPRESSION_LABELS.map((label) => ({ label, score: judgement.expression.scores[label] })).sort(
    (a, b) => b.score - a.score,
  );
  const ranked = judgement.compound.ranked.slice(0, 3);
  return markup`<p class="eyebrow"><bdi>${input}</bdi>${several ? ` · ${explanation.subject ?? ''}` : ''}</p>
<h2 id="${prefix}-title"${judgement.abstained ? markup` class="abstained"` : null}>${headline(judgement)}</h2>
<p class="confidence">${capitalised(confidenceText(judgement))}</p>
<p class="reason">${reasonText(explanation)}</p>
<dl class="scores">${scores.map(
    ({ label, score }, index) =>
      markup`<div${index === 0 && !judgement.abstained ? markup` class="first"` : null}><dt>${label}</dt><dd><span class="meter"><span style="width:${Math.round(score * 1000) / 10}%"></span></span>${percentText(score)}</dd></div>`,
  )}</dl>
<p class="fine">Valence ${signed(judgement.valence)}, arousal ${signed(judgement.arousal)}, each from −1 to 1.${
    judgement.labels.length === 0 ? '' : ` In other words: ${judgement.labels.join(', ')}.`
  }</p>
${
  ranked.length === 0
    ? null
    : markup`<details><summary>Compound readings</summary><table><thead><tr><th scope="col">Reading</th><th scope="col" class="number">Score</th><th scope="col">For</th><th scope="col">Against</th></tr></thead><tbody>${ranked.map(
        (entry) =>
          markup`<tr><th scope="row">${labelText(entry.label)}</th><td class="number">${percentText(entry.score)}</td><td>${chips(entry.for, recordPrefix)}</td><td>${chips(entry.against, recordPrefix)}</td></tr>`,
      )}</tbody></table></details>`
}
<p class="fine">${capitalised(clipText(analysis))}${whole || isTimeless(analysis.clip) ? '' : `; range ${rangeText(explanation.range)}`}.</p>`;
};

const movements = ({ analysis, percepts, still, explanation, recordPrefix }: ExplanationView): Markup | null => {
  const body =
    isTimeless(analysis.clip) || percepts === null
      ? intensityBars(analysis, explanation, recordPrefix)
      : timeline({ analysis, percepts, explanation, apexMs: still?.ms ?? null, recordPrefix });
  return body === null
    ? null
    : markup`<section class="movements"><h3>${overTimeHeading(analysis, explanation)}</h3>${body}</section>`;
};

const doubts = ({ analysis, explanation, recordPrefix }: ExplanationView): Markup | null => {
  const known = new Set(analysis.observations.map(({ id }) => id));
  const checked = checkedSentences(explanation);
  const seen = candidateViews(explanation, analysis);
  const parts = [
    checked.conflicts.length === 0
      ? null
      : markup`<section><h3>What does not fit together</h3>${sentenceList(checked.conflicts, recordPrefix)}</section>`,
    checked.alternatives.length === 0
      ? null
      : markup`<section><h3>Other readings</h3>${sentenceList(checked.alternatives, recordPrefix)}</section>`,
    explanation.wouldChange.length === 0
      ? null
      : markup`<section><h3>What would change this reading</h3><ul class="sentences">${wouldChangeTexts(
          explanation,
        ).map((text) => markup`<li>${withLinks(text, known, recordPrefix)}</li>`)}</ul></section>`,
    seen.length === 0
      ? null
      : markup`<section><h3>${CANDIDATES_HEADING}</h3><ul class="sentences">${seen.map(
          ({ when, text, remark }) =>
            markup`<li>${when === null ? '' : `${when}: `}<bdi>${text}</bdi> (${withLinks(remark.replace(/[[\]]/g, ' '), known, recordPrefix)})</li>`,
        )}</ul></section>`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : markup`<div class="doubts">${parts}</div>`;
};

const hangsOn = ({ analysis, counterfactual, recordPrefix }: ExplanationView): Markup | null =>
  counterfactual === null
    ? null
    : counterfactualSection(counterfactual, new Set(analysis.observations.map(({ id }) => id)), recordPrefix);

const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? `−${text}` : `+${text}`;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
