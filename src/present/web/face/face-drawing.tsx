import { line } from 'd3-shape';
import type { JSX } from 'preact';
import { ACTION_UNIT_REGIONS, FACE_LINES } from '../../html/action-unit-regions.ts';
import { outlineOf, regionPath } from './outline.ts';
import { facePoints } from './project.ts';
import './face-drawing.css';

const FACE = facePoints({ x: 90, y: 20, width: 300, height: 400 }, { yaw: 16, pitch: -2, roll: 3 });
const path = line().digits(1);

/** What the drawing names, from the top: the middle of a region, and where its words stand. */
const NOTES = [
  { code: 'AU2', side: 'left', words: 'outer brow, up', y: 92 },
  { code: 'AU6', side: 'left', words: 'cheek, up', y: 206 },
  { code: 'AU12', side: 'left', words: 'lip corner, up and back', y: 300 },
] as const;

/** A face in lines, with three of its movements named: what whyface looks at. */
export const FaceDrawing = (): JSX.Element => (
  <svg
    class="face-drawing"
    viewBox="84 12 520 416"
    role="img"
    aria-label="A face in lines, with three movements marked: the outer brow raised, the cheek raised, the lip corner pulled up and back."
  >
    <path
      class="points"
      d={[...Array(FACE.length / 2).keys()]
        .map((point) => `M${(FACE[point * 2] ?? 0).toFixed(1)} ${(FACE[point * 2 + 1] ?? 0).toFixed(1)}h0`)
        .join('')}
    />
    <path
      class="lines"
      d={FACE_LINES.map(({ points, closed }) => `${path(outlineOf(points, FACE)) ?? ''}${closed ? 'Z' : ''}`).join('')}
    />
    {NOTES.map(({ code, words, y }, index) => {
      const regions = ACTION_UNIT_REGIONS[code];
      if (regions.left === undefined) {
        return null;
      }
      const points = outlineOf(regions.left.region.outline, FACE);
      const [x, middle] = points.reduce<[number, number]>((best, point) => (point[0] > best[0] ? point : best), [0, 0]);
      return (
        <g key={code} class={`note note-${index}`}>
          <path class="region" d={regionPath(regions.right.region, FACE)} />
          <path class="region" d={regionPath(regions.left.region, FACE)} />
          <path class="leader" d={`M${x.toFixed(1)} ${middle.toFixed(1)}L412 ${y}H428`} />
          <text x="436" y={y - 1} class="code">
            {code}
          </text>
          <text x="436" y={y + 16} class="words">
            {words}
          </text>
        </g>
      );
    })}
  </svg>
);
