import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** One curve of a small plot; `share` of both axes, 0–1. */
export type Curve = { name: string; points: ReadonlyArray<{ x: number; y: number }>; dots?: boolean };
/** `note`: a line under the title, or one word for each curve in its colour, `null` where a curve has none. */
export type Panel = {
  title: string;
  note: string | ReadonlyArray<string | null>;
  x: string;
  y: string;
  curves: readonly Curve[];
  diagonal?: boolean;
};

// Readable on light and on dark pages: the picture brings its own paper.
const [PAPER, INK, SOFT, GRID] = ['#ffffff', '#1f2328', '#656d76', '#d0d7de'];
const COLOURS = ['#0b62c4', '#c2410c', '#15803d'] as const;
const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? INK;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const rounded = (value: number): string => value.toFixed(1);

const noteOf = (note: Panel['note']): string =>
  typeof note === 'string'
    ? escaped(note)
    : note
        .flatMap((word, index) =>
          word === null ? [] : [`<tspan dx="${index === 0 ? 0 : 6}" fill="${colour(index)}">${escaped(word)}</tspan>`],
        )
        .join('');

const drawn = (panel: Panel, size: number): string => {
  const [left, top, right, bottom] = [40, 34, 8, 34];
  const x = scaleLinear([0, 1], [left, size - right]);
  const y = scaleLinear([0, 1], [size - bottom, top]);
  const ticks = [0, 0.5, 1].map(
    (tick) =>
      `<line x1="${rounded(x(tick))}" x2="${rounded(x(tick))}" y1="${top}" y2="${size - bottom}" stroke="${GRID}"/>` +
      `<line x1="${left}" x2="${size - right}" y1="${rounded(y(tick))}" y2="${rounded(y(tick))}" stroke="${GRID}"/>` +
      `<text x="${rounded(x(tick))}" y="${size - bottom + 13}" text-anchor="middle" fill="${SOFT}">${tick}</text>` +
      `<text x="${left - 5}" y="${rounded(y(tick) + 4)}" text-anchor="end" fill="${SOFT}">${tick}</text>`,
  );
  const curves = panel.curves.map(({ points, dots }, index) => {
    const path = line<{ x: number; y: number }>(
      (point) => x(point.x),
      (point) => y(point.y),
    );
    const shape = path([...points]) ?? '';
    const marks =
      dots === true
        ? points.map((point) => `<circle cx="${rounded(x(point.x))}" cy="${rounded(y(point.y))}" r="3"/>`)
        : [];
    return `<path d="${shape}" fill="none" stroke="${colour(index)}" stroke-width="1.8"/><g fill="${colour(index)}">${marks.join('')}</g>`;
  });
  return [
    `<text x="${left}" y="14" font-weight="600" fill="${INK}">${escaped(panel.title)}</text>`,
    `<text x="${left}" y="28" fill="${SOFT}">${noteOf(panel.note)}</text>`,
    ...ticks,
    `<text x="${(left + size - right) / 2}" y="${size - 6}" text-anchor="middle" fill="${SOFT}">${escaped(panel.x)}</text>`,
    `<text transform="translate(11,${(top + size - bottom) / 2}) rotate(-90)" text-anchor="middle" fill="${SOFT}">${escaped(panel.y)}</text>`,
    panel.diagonal === true
      ? `<line x1="${left}" y1="${size - bottom}" x2="${size - right}" y2="${top}" stroke="${SOFT}" stroke-dasharray="4 4"/>`
      : '',
    ...curves,
  ].join('');
};

/** Panels side by side in rows, with one legend for all of them, as an SVG file. */
export const panelsSvg = (title: string, panels: readonly Panel[], columns: number, size: number): string => {
  const names = [...new Map(panels.flatMap(({ curves }) => curves.map(({ name }, index) => [name, index] as const)))];
  const [head, width] = [28, columns * size + 16];
  const height = head + Math.ceil(panels.length / columns) * size + 8;
  const legend = names.map(
    ([name, index], place) =>
      `<g transform="translate(${48 + place * 210},16)"><line x2="22" stroke="${colour(index)}" stroke-width="3"/><text x="28" y="4" fill="${INK}">${escaped(name)}</text></g>`,
  );
  const placed = panels.map(
    (panel, index) =>
      `<g transform="translate(${8 + (index % columns) * size},${head + Math.floor(index / columns) * size})">${drawn(panel, size)}</g>`,
  );
  return `<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11"><title>${escaped(title)}</title><rect width="${width}" height="${height}" fill="${PAPER}"/>${legend.join('')}${placed.join('')}</svg>\n`;
};
