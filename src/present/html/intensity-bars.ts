import { ACTION_UNIT_CODES, type Analysis, type Explanation, type ObservationOf } from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import { type Markup, markup } from './markup.ts';

/** The action units of a photo: a bar each, with its letter and side. */
export const intensityBars = (analysis: Analysis, explanation: Explanation, recordPrefix: string): Markup | null => {
  const shown = analysis.observations
    .filter(
      (observation): observation is ObservationOf<'action-unit'> =>
        observation.kind === 'action-unit' &&
        observation.subject === explanation.subject &&
        observation.au.status === 'present',
    )
    .sort((a, b) => ACTION_UNIT_CODES.indexOf(a.au.code) - ACTION_UNIT_CODES.indexOf(b.au.code));
  return shown.length === 0
    ? null
    : markup`<div class="timeline bars">${shown.map(({ id, au, text }) => {
        const side = au.side === 'both' ? '' : `${au.side} only `;
        const width = Math.round(((au.intensity ?? 0) / 5) * 1000) / 10;
        return markup`<div class="row"><span class="name"><b>${au.code}</b> ${actionUnit(au.code).name} <i>${side}${au.letter ?? ''}</i></span><a class="track" href="#${recordPrefix}-${id}" data-o="${id}" title="${text}"><span class="bar" style="width:${width}%"></span></a></div>`;
      })}</div><p class="fine">The full width is intensity 5. Letters run from A (trace) to E (maximum).</p>`;
};
