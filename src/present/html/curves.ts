import type { ScaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';

/** The drawing is stretched to the width of the page; only its proportions matter. */
export const WIDTH = 1000;
export const HEIGHT = 40;

/** Milliseconds, or a measured value, to the place in the drawing. */
export type Scale = ScaleLinear<number, number>;

export type Sample = { ms: number; value: number | null };

export const round = (value: number): number => Math.round(value * 10) / 10;

/** Per cent of the width. */
export const share = (x: Scale, ms: number): number => Math.round(Math.min(WIDTH, Math.max(0, x(ms)))) / (WIDTH / 100);

// More points than a screen has columns only make the file large.
const MOST_POINTS = 400;

/** The samples of the range; of a long one, the strongest of each stretch, so that no short movement is lost. */
export const thinned = (
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
      .reduce((best, sample) =>
        (sample.value ?? Number.NEGATIVE_INFINITY) > (best.value ?? Number.NEGATIVE_INFINITY) ? sample : best,
      ),
  );
};

/** The line, closed along the foot of the row; runs between gaps by themselves. */
export const areaPath = (samples: readonly Sample[], x: Scale, y: Scale): string => {
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
      return first === undefined ? [] : [`${linePath(run, x, y)}V${HEIGHT}H${round(x(first.ms))}Z`];
    })
    .join('');
};

export const linePath = (samples: readonly Sample[], x: Scale, y: Scale): string =>
  line<Sample>()
    .defined(({ value }) => value !== null)
    .x(({ ms }) => x(ms))
    .y(({ value }) => y(value ?? 0))
    .curve(curveMonotoneX)
    .digits(1)([...samples]) ?? '';
