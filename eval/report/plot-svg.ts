import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { Plot } from './evaluation-report.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\p{Cc}\p{Cf}]/gu, '?');

const rounded = (value: number): string => value.toFixed(1);

/** A plot as an SVG element with a title for screen readers; colours come from the page. */
export const plotSvg = (plot: Plot): string => {
  switch (plot.kind) {
    case 'bars':
      return bars(plot);
    case 'lines':
      return lines(plot);
    case 'points':
      return points(plot);
  }
};

const svg = (width: number, height: number, title: string, body: string): string =>
  `<svg role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg"><title>${escaped(title)}</title>${body}</svg>`;

type Of<Kind extends Plot['kind']> = Extract<Plot, { kind: Kind }>;

const bars = ({ title, unit, bars: entries }: Of<'bars'>): string => {
  const [left, right, row, top] = [230, 70, 24, 8];
  const width = 820;
  const height = top + entries.length * row + 28;
  const highest = Math.max(
    1e-9,
    ...entries.flatMap(({ value, high, reference }) => [value, high ?? 0, reference ?? 0]),
  );
  const x = scaleLinear([0, highest], [left, width - right]).nice();
  const ticks = x
    .ticks(5)
    .map(
      (tick) =>
        `<g transform="translate(${rounded(x(tick))},0)"><line y1="${top}" y2="${height - 22}" stroke="var(--line)"/><text class="soft" y="${height - 8}" text-anchor="middle">${tick}</text></g>`,
    );
  const marks = entries.map(({ label, value, low, high, reference }, index) => {
    const y = top + index * row;
    const middle = y + row / 2;
    const whisker =
      low === undefined || high === undefined
        ? ''
        : `<line x1="${rounded(x(low))}" x2="${rounded(x(high))}" y1="${middle}" y2="${middle}" stroke="var(--ink)" stroke-width="1.5"/>`;
    const other =
      reference === undefined
        ? ''
        : `<line x1="${rounded(x(reference))}" x2="${rounded(x(reference))}" y1="${y + 2}" y2="${y + row - 2}" stroke="var(--second)" stroke-width="3"/>`;
    return `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text><rect x="${left}" y="${y + 4}" width="${rounded(Math.max(0, x(value) - left))}" height="${row - 8}" fill="var(--accent)"/>${whisker}${other}<text x="${rounded(x(Math.max(value, high ?? value, reference ?? value)) + 6)}" y="${middle + 4}">${value.toFixed(2)} ${escaped(unit)}</text>`;
  });
  return svg(width, height, title, ticks.join('') + marks.join(''));
};

const COLOURS = ['var(--accent)', 'var(--second)', 'var(--soft)', 'var(--ink)'] as const;
const FRAME = { width: 560, height: 380, left: 56, right: 150, top: 12, bottom: 44 } as const;

const frame = (
  xs: readonly number[],
  ys: readonly number[],
  names: { x: string; y: string },
): { x: (value: number) => number; y: (value: number) => number; axes: string } => {
  const { width, height, left, right, top, bottom } = FRAME;
  const extent = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(0, ...values), Math.max(...values, 1e-9)];
    return [low, high];
  };
  const x = scaleLinear(extent(xs), [left, width - right]).nice();
  const y = scaleLinear(extent(ys), [height - bottom, top]).nice();
  const across = x
    .ticks(5)
    .map(
      (tick) =>
        `<text class="soft" x="${rounded(x(tick))}" y="${height - bottom + 16}" text-anchor="middle">${tick}</text>`,
    );
  const up = y
    .ticks(5)
    .map(
      (tick) =>
        `<line x1="${left}" x2="${width - right}" y1="${rounded(y(tick))}" y2="${rounded(y(tick))}" stroke="var(--line)"/><text class="soft" x="${left - 6}" y="${rounded(y(tick) + 4)}" text-anchor="end">${tick}</text>`,
    );
  const titles = `<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle">${escaped(names.x)}</text><text transform="translate(14,${(height - bottom + top) / 2}) rotate(-90)" text-anchor="middle">${escaped(names.y)}</text>`;
  return { x, y, axes: across.join('') + up.join('') + titles };
};

const lines = ({ title, x: xName, y: yName, lines: entries, diagonal }: Of<'lines'>): string => {
  const all = entries.flatMap((entry) => entry.points);
  const { x, y, axes } = frame([...all.map(([at]) => at), 1], [...all.map(([, value]) => value), 1], {
    x: xName,
    y: yName,
  });
  const legend = scalePoint(
    entries.map((_, index) => String(index)),
    [30, 30 + 20 * Math.max(0, entries.length - 1)],
  );
  const path = line<[number, number]>(
    ([at]) => x(at),
    ([, value]) => y(value),
  );
  const drawn = entries.map(({ label, points: at }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? 'var(--ink)';
    return `<path d="${path(at) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"/><text x="${FRAME.width - FRAME.right + 10}" y="${legend(String(index)) ?? 30}" style="fill:${colour}">${escaped(label)}</text>`;
  });
  const ideal =
    diagonal === true
      ? `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="var(--soft)" stroke-dasharray="4 4"/>`
      : '';
  return svg(FRAME.width, FRAME.height, title, axes + ideal + drawn.join(''));
};

const points = ({ title, x: xName, y: yName, points: entries }: Of<'points'>): string => {
  const { x, y, axes } = frame(
    entries.map((entry) => entry.x),
    entries.map((entry) => entry.y),
    { x: xName, y: yName },
  );
  const drawn = entries.map(
    (entry) =>
      `<circle cx="${rounded(x(entry.x))}" cy="${rounded(y(entry.y))}" r="4" fill="var(--accent)"/><text x="${rounded(x(entry.x) + 7)}" y="${rounded(y(entry.y) + 4)}">${escaped(entry.label)}</text>`,
  );
  return svg(FRAME.width, FRAME.height, title, axes + drawn.join(''));
};
