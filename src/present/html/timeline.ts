import { scaleLinear } from 'd3-scale';
import type {
  ActionUnitCode,
  Analysis,
  Explanation,
  ObservationOf,
  Percepts,
  SubjectPercepts,
} from '../../contracts/index.ts';
import { ACTION_UNIT_CODES } from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import { rangeText, timeText } from '../view/words.ts';
import { areaPath, HEIGHT, linePath, round, type Sample, type Scale, thinned, WIDTH } from './curves.ts';
import { type Markup, markup } from './markup.ts';
import { VOICE_NOTE, voiceLanes } from './voice-lanes.ts';

export type Timeline = {
  analysis: Analysis;
  percepts: Percepts;
  explanation: Explanation;
  /** The moment of the picture above it. */
  apexMs: number | null;
  recordPrefix: string;
};

/** Action units over time: a row each, with the continuous measurement and its episodes; then the voice and the words. */
export const timeline = (needs: Timeline): Markup | null => {
  const { analysis, percepts, explanation } = needs;
  const subject = percepts.subjects.find(({ id }) => id === explanation.subject) ?? null;
  const { startMs, endMs } = explanation.range;
  if (endMs <= startMs) {
    return null;
  }
  const episodes = analysis.observations.filter(
    (observation): observation is ObservationOf<'action-unit'> =>
      observation.kind === 'action-unit' &&
      observation.subject === subject?.id &&
      observation.au.status === 'present' &&
      observation.range.endMs > startMs &&
      observation.range.startMs < endMs,
  );
  const codes = ACTION_UNIT_CODES.filter((code) => episodes.some(({ au }) => au.code === code));
  const x = scaleLinear([startMs, endMs], [0, WIDTH]);
  const lanes = voiceLanes({
    analysis,
    voice: percepts.voice ?? null,
    subject: subject?.id ?? null,
    range: explanation.range,
    x,
    apexMs: needs.apexMs,
    recordPrefix: needs.recordPrefix,
  });
  if (codes.length === 0 && lanes.length === 0) {
    return null;
  }
  const notes = [...(codes.length === 0 ? [] : [UNIT_NOTE]), ...(lanes.length === 0 ? [] : [VOICE_NOTE])];
  return markup`<div class="timeline">
<div class="row axis" aria-hidden="true"><span></span><div class="track">${ticks(startMs, endMs)}</div></div>
${
  subject === null
    ? null
    : codes.map((code) =>
        unitRow(
          code,
          episodes.filter(({ au }) => au.code === code),
          { ...needs, subject, x },
        ),
      )
}
${lanes}
</div>
<p class="fine">${notes.join(' ')}</p>`;
};

const UNIT_NOTE =
  'Height is intensity, 0 to 5; bands run from onset to offset, the mark in a band is its apex. Where the sides differ, the solid line is the person’s left and the dashed line the right. Each row is labelled with the strongest letter, A (trace) to E (maximum).';

type Place = Timeline & { subject: SubjectPercepts; x: Scale };

const TICKS = 6;

const ticks = (startMs: number, endMs: number): Markup[] => {
  const seconds = scaleLinear([startMs / 1000, endMs / 1000], [0, 100]);
  return seconds
    .ticks(TICKS)
    .filter((second) => seconds(second) <= 97)
    .map(
      (second) =>
        markup`<span style="left:${Math.round(seconds(second) * 10) / 10}%">${timeText(second * 1000)}</span>`,
    );
};

const unitRow = (code: ActionUnitCode, episodes: ReadonlyArray<ObservationOf<'action-unit'>>, place: Place): Markup => {
  const { subject, x, explanation, apexMs, recordPrefix } = place;
  const entry = actionUnit(code);
  const strongest = [...episodes].sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))[0];
  const columns = subject.actionUnits[code];
  const sided = columns?.left != null && columns.right != null && episodes.some(({ au }) => au.side !== 'both');
  const curve = (column: ReadonlyArray<number | null> | null | undefined): Sample[] =>
    thinned(subject.t, column ?? [], explanation.range);
  return markup`<div class="row"><span class="name"><b>${code}</b> ${entry.name} <i>${strongest?.au.letter ?? ''}</i></span>
<svg class="track" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${code} over time">
${episodes.map((episode) => band(episode, x, recordPrefix))}
<path class="area" d="${areaPath(curve(columns?.both), x, y)}"/>
${
  sided
    ? markup`<path class="line" d="${linePath(curve(columns?.left), x, y)}"/><path class="line dashed" d="${linePath(curve(columns?.right), x, y)}"/>`
    : markup`<path class="line" d="${linePath(curve(columns?.both), x, y)}"/>`
}
${episodes.map(({ au }) => (au.apexMs === null ? null : markup`<line class="apex" x1="${round(x(au.apexMs))}" x2="${round(x(au.apexMs))}" y1="0" y2="9"/>`))}
${apexMs === null ? null : markup`<line class="cursor" x1="${round(x(apexMs))}" x2="${round(x(apexMs))}" y1="0" y2="${HEIGHT}"/>`}
</svg></div>`;
};

const band = ({ id, au, range, text }: ObservationOf<'action-unit'>, x: Place['x'], recordPrefix: string): Markup => {
  const from = Math.max(0, x(au.onsetMs ?? range.startMs));
  const to = Math.min(WIDTH, x(au.offsetMs ?? range.endMs));
  const side = au.side === 'both' ? '' : `, ${au.side} side`;
  const apex = au.apexMs === null ? '' : `, apex ${timeText(au.apexMs)}`;
  const intensity =
    au.intensity === null ? '' : `, ${au.intensity.toFixed(1)} of 5${au.letter === null ? '' : ` (${au.letter})`}`;
  const title = `${au.code}${side}: ${rangeText(range)}${apex}${intensity}. ${text}`;
  return markup`<a href="#${recordPrefix}-${id}" data-o="${id}"><rect class="band" x="${round(from)}" y="0" width="${round(Math.max(2, to - from))}" height="${HEIGHT}"><title>${title}</title></rect></a>`;
};

const y = scaleLinear([0, 5], [HEIGHT, 1]).clamp(true);
