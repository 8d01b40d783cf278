import type { ModelAttention, Still } from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import { labelText, percentText } from '../view/words.ts';
import { type Markup, markup } from './markup.ts';

export type AttentionFigure = { attention: ModelAttention; still: Still; prefix: string };

/** Two maps of one face side by side, where the action units act and what the model hangs on, and their agreement. */
export const attentionFigure = ({ attention, still, prefix }: AttentionFigure): Markup => {
  const { target, overlap } = attention;
  const answer =
    target.kind === 'expression'
      ? `“${labelText(target.label)}” (${percentText(target.score)}), by the expression model`
      : `${target.code} ${actionUnit(target.code).name} (${target.intensity.toFixed(1)} of 5), by the action-unit model`;
  return markup`<section class="attention"><h3>Where the model looks</h3>
<div class="maps">
${map({ attention, still, id: `${prefix}-units`, kind: 'units', title: 'Where action units act, the stronger the darker' })}
${map({ attention, still, id: `${prefix}-looks`, kind: 'looks', title: `What the answer hangs on: ${answer}` })}
</div>
<p class="agreement">${agreement(overlap)}</p>
<p class="fine">On the right each spot is shaded by how much the answer loses when the part around it is painted over; parts that speak against the answer are left bare. It tells what moves this model, not what is right.</p>
</section>`;
};

type Map = { attention: ModelAttention; still: Still; id: string; kind: 'units' | 'looks'; title: string };

const map = ({ attention, still, id, kind, title }: Map): Markup => {
  const { grid } = attention;
  const values = kind === 'units' ? attention.actionUnits : attention.cells;
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const [width, height] = [grid.width / grid.columns, grid.height / grid.rows];
  const source = `data:image/jpeg;base64,${Buffer.from(still.jpeg).toString('base64')}`;
  const spots = values.map((value, index) => {
    const level = most === 0 ? 0 : Math.max(0, value ?? 0) / most;
    if (level < LEAST) {
      return null;
    }
    const x = grid.x + (index % grid.columns) * width;
    const y = grid.y + Math.floor(index / grid.columns) * height;
    return markup`<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width + OVERLAP)}" height="${rounded(height + OVERLAP)}" fill-opacity="${rounded(level * DARKEST)}"/>`;
  });
  return markup`<figure><svg viewBox="0 0 ${still.width} ${still.height}" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
<defs><filter id="${id}-soft"><feGaussianBlur stdDeviation="${rounded(width * 0.45)}"/></filter></defs>
<image href="${source}" width="${still.width}" height="${still.height}"/><g class="${kind}" filter="url(#${id}-soft)">${spots}</g></svg><figcaption>${title}.</figcaption></figure>`;
};

/** Share of the strongest spot below which nothing is drawn, and the opacity of the strongest. */
const LEAST = 0.08;
const DARKEST = 0.8;
/** Pixels by which spots overlap, so that no seams show. */
const OVERLAP = 0.5;

const agreement = ({ iou, chance, correlation }: ModelAttention['overlap']): string => {
  if (iou === null) {
    return 'No action unit is present at this moment, or no part of the face speaks for the answer: there is nothing to compare.';
  }
  const rate = chance === null ? '' : ` (${chance.toFixed(2)} by chance)`;
  const together = correlation === null ? '' : `, correlation ${correlation.toFixed(2)}`;
  return `Overlap of the two: intersection over union ${iou.toFixed(2)}${rate}${together}.`;
};

const rounded = (value: number): number => Math.round(value * 100) / 100;
