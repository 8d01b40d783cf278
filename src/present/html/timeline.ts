import { scaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
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
import { type Markup, markup } from './markup.ts';

export type Timeline = {
  analysis: Analysis;
  percepts: Percepts;
  explanation: Explanation;
  /** The moment of the picture above it. */
  apexMs: number | null;
  recordPrefix: string;
};

// The drawing is stretched to the width of the page; only its proportions matter.
const WIDTH = 1000;
const HEIGHT = 40;

/** Action units over time: a row each, with the continuous measurement and its episodes; then words, when there are any. */
export const timeline = (needs: Timeline): Markup | null => {
  const { analysis, percepts, explanation } = needs;
  const subject = percepts.subjects.find(({ id }) => id === explanation.subject);
  const { startMs, endMs } = explanation.range;
  if (subject === undefined || endMs <= startMs) {
    return null;
  }
  const episodes = analysis.observations.filter(
    (observation): observation is ObservationOf<'action-unit'> =>
      observation.kind === 'action-unit' &&
      observation.subject === subject.id &&
      observation.au.status === 'present' &&
      observation.range.endMs > startMs &&
      observation.range.startMs < endMs,
  );
  const codes = ACTION_UNIT_CODES.filter((code) => episodes.some(({ au }) => au.code === code));
  if (codes.length === 0) {
    return null;
  }
  const x = scaleLinear([startMs, endMs], [0, WIDTH]);
  const place: Place = { ...needs, subject, x };
  return markup`<div class="timeline">
<div class="row axis" aria-hidden="true"><span></span><div class="track">${ticks(startMs, endMs)}</div></div>
${codes.map((code) =>
  unitRow(
    code,
    episodes.filter(({ au }) => au.code === code),
    place,
  ),
)}
${wordsRow(place)}
</div>
<p class="fine">Height is intensity, 0 to 5; bands run from onset to offset, the mark in a band is its apex. Where the sides differ, the solid line is the person’s left and the dashed line the right. Each row is labelled with the strongest letter, A (trace) to E (maximum).</p>`;
};

type Place = Timeline & { subject: SubjectPercepts; x: ReturnType<typeof scaleLinear<number>> };

const share = (x: Place['x'], ms: number): number => Math.round(Math.min(WIDTH, Math.max(0, x(ms)))) / (WIDTH / 100);

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
<path class="area" d="${areaPath(curve(columns?.both), x)}"/>
${
  sided
    ? markup`<path class="line" d="${linePath(curve(columns?.left), x)}"/><path class="line dashed" d="${linePath(curve(columns?.right), x)}"/>`
    : markup`<path class="line" d="${linePath(curve(columns?.both), x)}"/>`
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

const wordsRow = ({ analysis, subject, explanation, x, recordPrefix }: Place): Markup | null => {
  const { startMs, endMs } = explanation.range;
  const spoken = analysis.observations.filter(
    (observation): observation is ObservationOf<'speech'> =>
      observation.kind === 'speech' &&
      (observation.subject === null || observation.subject === subject.id) &&
      observation.range.endMs > startMs &&
      observation.range.startMs < endMs,
  );
  return spoken.length === 0
    ? null
    : markup`<div class="row words"><span class="name"><b>Words</b></span><div class="track">${spoken.map(
        ({ id, range, speech }) =>
          markup`<a href="#${recordPrefix}-${id}" data-o="${id}" style="left:${share(x, range.startMs)}%;width:${Math.max(1, share(x, range.endMs) - share(x, range.startMs))}%" title="${speech.quote}"><bdi>“${speech.quote}”</bdi></a>`,
      )}</div></div>`;
};

type Sample = { ms: number; value: number | null };

// More points than a screen has columns only make the file large.
const MOST_POINTS = 400;

/** The samples of the range; of a long one, the strongest of each stretch, so that no short movement is lost. */
const thinned = (
  times: readonly number[],
  column: ReadonlyArray<number | null>,
  { startMs, endMs }: { startMs: number; endMs: number },
): Sample[] => {
  const inside = times.flatMap((ms, index): Sample[] =>
    ms >= startMs && ms < endMs ? [{ ms, value: column[index] ?? null }] : [],
  );
  const stretch = Math.ceil(inside.length / MOST_POINTS);
  if (stretch <= 1) {
    return inside;
  }
  return Array.from({ length: Math.ceil(inside.length / stretch) }, (_, index) =>
    inside
      .slice(index * stretch, (index + 1) * stretch)
      .reduce((best, sample) => ((sample.value ?? -1) > (best.value ?? -1) ? sample : best)),
  );
};

const y = scaleLinear([0, 5], [HEIGHT, 1]).clamp(true);

/** The line, closed along the foot of the row; runs between gaps by themselves. */
const areaPath = (samples: readonly Sample[], x: Place['x']): string => {
  const runs: Sample[][] = [[]];
  for (const sample of samples) {
    if (sample.value === null) {
      runs.push([]);
    } else {
      runs.at(-1)?.push(sample);
    }
  }
  return runs
    .flatMap((run) => {
      const [first] = run;
      return first === undefined ? [] : [`${linePath(run, x)}V${HEIGHT}H${round(x(first.ms))}Z`];
    })
    .join('');
};

const linePath = (samples: readonly Sample[], x: Place['x']): string =>
  line<Sample>()
    .defined(({ value }) => value !== null)
    .x(({ ms }) => x(ms))
    .y(({ value }) => y(value ?? 0))
    .curve(curveMonotoneX)
    .digits(1)([...samples]) ?? '';

const round = (value: number): number => Math.round(value * 10) / 10;
