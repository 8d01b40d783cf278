import { curveCatmullRomClosed, curveLinearClosed, line } from 'd3-shape';
import {
  type ActionUnitCode,
  type Analysis,
  isTimeless,
  type Percepts,
  type Side,
  type Still,
} from '../../contracts/index.ts';
import { actionUnit } from '../../facs/index.ts';
import { timeText } from '../view/words.ts';
import { ACTION_UNIT_REGIONS, FACE_LINES, type Pull, type Region, type RegionEntry } from './action-unit-regions.ts';
import { type Markup, markup, trusted } from './markup.ts';

/** One action unit that acts at the moment of the still. */
type ActiveUnit = { code: ActionUnitCode; id: string; side: Side; left: number; right: number; letter: string };

export type FaceFigure = { analysis: Analysis; percepts: Percepts; still: Still; prefix: string; recordPrefix: string };

/** The face at the apex, its landmarks, and the active action units drawn where they act. */
export const faceFigure = ({ analysis, percepts, still, prefix, recordPrefix }: FaceFigure): Markup => {
  const units = activeUnits(analysis, percepts, still);
  const at = isTimeless(analysis.clip) ? '' : ` at ${timeText(still.ms)}`;
  const names = units
    .map(({ code, side }) => `${actionUnit(code).name}${side === 'both' ? '' : ` (${side})`}`)
    .join(', ');
  const title = `The face of ${still.subject}${at}${names === '' ? '' : `, with ${names} marked`}`;
  const source = `data:image/jpeg;base64,${Buffer.from(still.jpeg).toString('base64')}`;
  const size = Math.max(still.width, still.height);
  return markup`<figure class="face">
<input type="checkbox" id="${prefix}-marks" checked><input type="checkbox" id="${prefix}-mesh">
<div class="stage"><svg viewBox="0 0 ${still.width} ${still.height}" role="img" aria-labelledby="${prefix}-face-title" style="--unit:${rounded(size / 400)}px">
<title id="${prefix}-face-title">${title}</title>
<defs><marker id="${prefix}-tip" viewBox="0 0 8 8" refX="6.4" refY="4" markerWidth="4.5" markerHeight="4.5" orient="auto-start-reverse"><path d="M1 1 7 4 1 7" class="tip"/></marker><filter id="${prefix}-soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="${rounded(size / 130)}"/></filter></defs>
<image href="${source}" width="${still.width}" height="${still.height}"/>
<g class="mesh" aria-hidden="true">${meshLines(still)}${meshPoints(still)}</g>
<g class="marks">${units.map((unit) => unitMarks(unit, still, prefix, recordPrefix))}</g>
</svg><span class="edge right" title="The person's own right">R</span><span class="edge left" title="The person's own left">L</span></div>
<div class="switches"><label for="${prefix}-marks">Movements</label><label for="${prefix}-mesh">Landmarks</label></div>
<figcaption>${at === '' ? 'As photographed' : `Apex${at}`}. ${
    units.length === 0
      ? 'No action unit is above its threshold here.'
      : 'Shaded where the skin moves, the stronger the darker; L and R are the person’s own.'
  }</figcaption>
</figure>`;
};

const activeUnits = (analysis: Analysis, percepts: Percepts, still: Still): ActiveUnit[] => {
  const subject = percepts.subjects.find(({ id }) => id === still.subject);
  if (subject === undefined) {
    return [];
  }
  const index = nearest(subject.t, still.ms);
  const isImage = isTimeless(analysis.clip);
  return analysis.observations.flatMap((observation): ActiveUnit[] => {
    if (observation.kind !== 'action-unit' || observation.subject !== still.subject) {
      return [];
    }
    const { au, range, id } = observation;
    const covers = isImage || (range.startMs <= still.ms && still.ms < range.endMs);
    // Closed eyes are one state; their region is drawn once.
    if (au.status !== 'present' || !covers) {
      return [];
    }
    const columns = subject.actionUnits[au.code];
    const whole = columns?.both[index] ?? au.intensity ?? 0;
    const left = columns?.left?.[index] ?? whole;
    const right = columns?.right?.[index] ?? whole;
    return [{ code: au.code, id, side: au.side, left, right, letter: au.letter ?? '' }];
  });
};

const unitMarks = (unit: ActiveUnit, still: Still, prefix: string, recordPrefix: string): Markup => {
  const regions = ACTION_UNIT_REGIONS[unit.code];
  const parts: Array<{ entry: RegionEntry; intensity: number }> = [];
  if (regions.middle !== undefined) {
    parts.push({ entry: regions.middle, intensity: Math.max(unit.left, unit.right) });
  } else {
    if (unit.side !== 'right') {
      parts.push({ entry: regions.left, intensity: unit.left });
    }
    if (unit.side !== 'left') {
      parts.push({ entry: regions.right, intensity: unit.right });
    }
  }
  const entry = actionUnit(unit.code);
  const side = unit.side === 'both' ? '' : `, ${unit.side}`;
  const letter = unit.letter === '' ? '' : `, ${unit.letter}`;
  return markup`<a href="#${recordPrefix}-${unit.id}" data-o="${unit.id}"><title>${unit.code} ${entry.name}${side}${letter}</title>${parts.map(
    (part) => partMarks(unit.code, part, still, prefix),
  )}</a>`;
};

/** An open mouth is drawn by its outline: paint over teeth says nothing. */
const OPENING_SHARE = 0.35;

const partMarks = (
  code: ActionUnitCode,
  { entry: { region, pulls }, intensity }: { entry: RegionEntry; intensity: number },
  still: Still,
  prefix: string,
): Markup => {
  const full = 0.16 + 0.11 * Math.min(5, Math.max(0, intensity));
  const level = rounded(region.opening === true ? full * OPENING_SHARE : full);
  const path = regionPath(region, still);
  const [x, y] = middleOf(region, still);
  return markup`<path class="region" d="${path}" style="--level:${level}" filter="url(#${prefix}-soft)"/><path class="rim" d="${path}"/>${pulls.map(
    (pull) => pullLine(pull, still, prefix),
  )}<text x="${rounded(x)}" y="${rounded(y)}">${code.slice(2)}</text>`;
};

const middleOf = (region: Region, still: Still): [number, number] => {
  const points = pointsOf(region.outline, still);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};

const smooth = line().curve(curveCatmullRomClosed.alpha(0.5)).digits(1);
const straight = line().curve(curveLinearClosed).digits(1);

const regionPath = (region: Region, still: Still): string => {
  const outline = smooth(pointsOf(region.outline, still)) ?? '';
  const hole = region.hole === undefined ? '' : (straight(pointsOf(region.hole, still)) ?? '');
  return outline + hole;
};

const pullLine = ([from, to]: Pull, still: Still, prefix: string): Markup | null => {
  const [start, end] = pointsOf([from, to], still);
  return start === undefined || end === undefined
    ? null
    : markup`<line class="pull" x1="${rounded(start[0])}" y1="${rounded(start[1])}" x2="${rounded(end[0])}" y2="${rounded(end[1])}" marker-end="url(#${prefix}-tip)"/>`;
};

const meshLines = (still: Still): Markup => {
  const open = line().digits(1);
  const paths = FACE_LINES.map(({ points, closed }) => (closed ? straight : open)(pointsOf(points, still)) ?? '');
  return markup`<path class="lines" d="${paths.join('')}"/>`;
};

const meshPoints = (still: Still): Markup => {
  const dots = still.landmarks.map(([x, y]) => `M${rounded(x)} ${rounded(y)}h0`).join('');
  return markup`<path class="dots" d="${trusted(dots)}"/>`;
};

const pointsOf = (indices: readonly number[], still: Still): Array<[number, number]> =>
  indices.flatMap((index) => {
    const point = still.landmarks[index];
    return point === undefined ? [] : [[point[0], point[1]] satisfies [number, number]];
  });

const nearest = (times: readonly number[], ms: number): number => {
  let best = 0;
  for (const [index, time] of times.entries()) {
    if (Math.abs(time - ms) < Math.abs((times[best] ?? Number.POSITIVE_INFINITY) - ms)) {
      best = index;
    }
  }
  return best;
};

const rounded = (value: number): number => Math.round(value * 100) / 100;
