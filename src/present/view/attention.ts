/** What a model looks at beside where the action units act, on one grid, and how far the two agree. */
import {
  type Analysis,
  isTimeless,
  type ModelAttention,
  type ModelAttribution,
  type Percepts,
  type Still,
} from '../../contracts/index.ts';
import { insidePolygon } from '../../kit/inside-polygon.ts';
import { ACTION_UNIT_REGIONS, type Region } from '../html/action-unit-regions.ts';

export type AttentionNeeds = { analysis: Analysis; percepts: Percepts; still: Still; attribution: ModelAttribution };

/** Adds the map of the action units and the agreement of both to an attribution. */
export const attentionOf = ({ analysis, percepts, still, attribution }: AttentionNeeds): ModelAttention => {
  const actionUnits = unitMap(analysis, percepts, still, attribution);
  return { ...attribution, actionUnits, overlap: overlapOf(attribution.cells, actionUnits) };
};

type Cells = ReadonlyArray<number | null>;

/** Points along each side of a part at which the regions are looked up. */
const SAMPLES = 12;

/** What the present units do in the part around each cell of the face, 0–5: in just the part that was hidden there. */
const unitMap = (
  analysis: Analysis,
  percepts: Percepts,
  still: Still,
  { grid, cells }: ModelAttribution,
): Array<number | null> => {
  const shapes = shapesOf(analysis, percepts, still);
  return cells.map((cell, index) => {
    if (cell === null) {
      return null;
    }
    let sum = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const across = ((sample % SAMPLES) + 0.5) / SAMPLES - 0.5;
      const down = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - 0.5;
      const x = grid.x + (((index % grid.columns) + 0.5 + across * grid.patch) * grid.width) / grid.columns;
      const y = grid.y + ((Math.floor(index / grid.columns) + 0.5 + down * grid.patch) * grid.height) / grid.rows;
      const here = shapes.filter(({ outline }) => insidePolygon(outline, x, y)).map(({ intensity }) => intensity);
      sum += Math.max(0, ...here);
    }
    return Math.round((sum / SAMPLES ** 2) * 100) / 100;
  });
};

type Shape = { outline: ReadonlyArray<readonly [number, number]>; intensity: number };

const shapesOf = (analysis: Analysis, percepts: Percepts, still: Still): Shape[] => {
  const subject = percepts.subjects.find(({ id }) => id === still.subject);
  const index = subject?.t.indexOf(still.ms) ?? -1;
  return analysis.observations.flatMap((observation): Shape[] => {
    if (observation.kind !== 'action-unit' || observation.subject !== still.subject) {
      return [];
    }
    const { au, range } = observation;
    const covers = isTimeless(analysis.clip) || (range.startMs <= still.ms && still.ms < range.endMs);
    if (au.status !== 'present' || !covers) {
      return [];
    }
    const columns = subject?.actionUnits[au.code];
    const whole = columns?.both[index] ?? au.intensity ?? 0;
    const regions = ACTION_UNIT_REGIONS[au.code];
    const shape = ({ outline }: Region, intensity: number): Shape => ({ outline: pointsOf(outline, still), intensity });
    if (regions.middle !== undefined) {
      return [shape(regions.middle.region, whole)];
    }
    return [
      ...(au.side === 'right' ? [] : [shape(regions.left.region, columns?.left?.[index] ?? whole)]),
      ...(au.side === 'left' ? [] : [shape(regions.right.region, columns?.right?.[index] ?? whole)]),
    ];
  });
};

/** The holes of lips count as lips: at the size of a cell a mouth is one place. */
const pointsOf = (outline: readonly number[], { landmarks }: Still): Array<readonly [number, number]> =>
  outline.flatMap((point) => {
    const found = landmarks[point];
    return found === undefined ? [] : [found];
  });

/** How far two maps of the same cells agree; `null` where one of them says nothing. */
export const overlapOf = (attribution: Cells, actionUnits: Cells): ModelAttention['overlap'] => {
  const pairs = attribution.flatMap((cell, index) => {
    const unit = actionUnits[index];
    return cell === null || unit === null || unit === undefined ? [] : [{ looked: Math.max(0, cell), unit }];
  });
  const border = Math.max(0, ...pairs.map(({ unit }) => unit)) / 2;
  const marks = ({ unit }: { unit: number }): boolean => unit > 0 && unit >= border;
  const marked = pairs.filter(marks).length;
  // As many cells as the units have, so that neither map wins by being larger.
  const least = [...pairs].sort((a, b) => b.looked - a.looked)[marked - 1]?.looked ?? Number.POSITIVE_INFINITY;
  const chosen = pairs.filter(({ looked }) => looked > 0 && looked >= least);
  if (marked === 0 || chosen.length === 0) {
    return { iou: null, chance: null, correlation: null };
  }
  const shared = chosen.filter(marks).length;
  const expected = (marked * chosen.length) / pairs.length;
  return {
    iou: decimals(shared / (marked + chosen.length - shared)),
    chance: decimals(expected / (marked + chosen.length - expected)),
    correlation: correlationOf(pairs),
  };
};

const correlationOf = (pairs: ReadonlyArray<{ looked: number; unit: number }>): number | null => {
  const mean = (value: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
  const [looked, unit] = [mean((pair) => pair.looked), mean((pair) => pair.unit)];
  const covariance = mean((pair) => (pair.looked - looked) * (pair.unit - unit));
  const spread = Math.sqrt(mean((pair) => (pair.looked - looked) ** 2) * mean((pair) => (pair.unit - unit) ** 2));
  return spread < 1e-9 ? null : decimals(Math.min(1, Math.max(-1, covariance / spread)));
};

const decimals = (value: number): number => Math.round(value * 1000) / 1000 + 0;
