import { line } from 'd3-shape';
import type { ActionUnitCode, Observation, ObservationOf } from '../../../contracts/index.ts';
import { ACTION_UNIT_REGIONS, FACE_LINES, type RegionEntry } from '../../html/action-unit-regions.ts';
import { middleOf, outlineOf, regionPath } from '../face/outline.ts';
import { type Box, facePoints, type Pose, turned } from '../face/project.ts';
import { shapeAt } from '../face/shape-at.ts';
import type { OverlayPart } from '../state/preferences.ts';
import type { SubjectTracks } from '../worker/tracks.ts';
import { boxAt, poseAt, sampleAt, unitsAt, valueAt } from './sample.ts';

export type Overlay = {
  subjects: readonly SubjectTracks[];
  observations: readonly Observation[];
  ms: number;
  /** Whether nothing has a time: a photo. */
  timeless: boolean;
  parts: Readonly<Record<OverlayPart, boolean>>;
  lit: ReadonlySet<string>;
  muted: ReadonlySet<string>;
  /** Whom the explanation is about; others are drawn fainter. */
  chosen: string | null;
  /** Mean intensity of each unit over a stretch, for the heat map. */
  heat: ReadonlyMap<string, ReadonlyMap<ActionUnitCode, number>> | null;
  /** Name of a person as the reader calls them. */
  nameOf: (id: string) => string;
};

/** Over a picture, whatever its colours: light marks with a dark edge. */
const INK = '#ffffff';
const EDGE = 'rgba(6, 40, 40, 0.75)';
const GLOW = '31, 208, 190';
const LIT = '255, 176, 64';
const HEAT = '255, 122, 48';

/** Draws over one frame. The context is scaled so that one unit is a pixel of the upright frame. */
export const drawOverlay = (context: CanvasRenderingContext2D, overlay: Overlay, perPixel: number): void => {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const subject of overlay.subjects) {
    const index = overlay.timeless ? 0 : sampleAt(subject, overlay.ms);
    const box = index < 0 ? null : boxAt(subject, index);
    if (box !== null) {
      const pose = poseAt(subject, index);
      const face = shapeAt(subject.shapes, overlay.ms) ?? facePoints(box, pose);
      drawFace(context, { overlay, subject, index, box, pose, face, unit: perPixel });
    }
  }
};

type FaceNow = {
  overlay: Overlay;
  subject: SubjectTracks;
  index: number;
  box: Box;
  pose: Pose;
  face: Float32Array;
  /** Pixels of the frame in one pixel of the screen. */
  unit: number;
};

const drawFace = (context: CanvasRenderingContext2D, now: FaceNow): void => {
  const { overlay, subject } = now;
  context.globalAlpha = overlay.chosen === null || overlay.chosen === subject.id ? 1 : 0.55;
  if (overlay.parts.heat) {
    drawHeat(context, now);
  }
  if (overlay.parts.landmarks) {
    drawLandmarks(context, now);
  }
  drawUnits(context, now);
  if (overlay.parts.gaze) {
    drawGaze(context, now);
  }
  if (overlay.parts.pose) {
    drawPose(context, now);
  }
  if (overlay.parts.boxes) {
    drawBox(context, now);
  }
  context.globalAlpha = 1;
};

const covers = ({ range }: Observation, { overlay }: FaceNow): boolean =>
  overlay.timeless || (range.startMs <= overlay.ms && overlay.ms < range.endMs);

const entriesOf = (
  code: ActionUnitCode,
  side: 'both' | 'left' | 'right',
): Array<[RegionEntry, 'left' | 'right' | 'both']> => {
  const regions = ACTION_UNIT_REGIONS[code];
  if (regions.middle !== undefined) {
    return [[regions.middle, 'both']];
  }
  return [
    ...(side === 'right' ? [] : [[regions.left, 'left'] satisfies [RegionEntry, 'left']]),
    ...(side === 'left' ? [] : [[regions.right, 'right'] satisfies [RegionEntry, 'right']]),
  ];
};

const drawUnits = (context: CanvasRenderingContext2D, now: FaceNow): void => {
  const { overlay, subject, index, face, unit } = now;
  const values = new Map(unitsAt(subject, index).map((each) => [each.code, each]));
  const here = overlay.observations.filter(
    (observation): observation is ObservationOf<'action-unit'> =>
      observation.kind === 'action-unit' &&
      observation.subject === subject.id &&
      observation.au.status !== 'not-measured' &&
      !overlay.muted.has(observation.id) &&
      (overlay.lit.has(observation.id) ||
        (overlay.parts.units && observation.au.status === 'present' && covers(observation, now))),
  );
  for (const { id, au } of here) {
    const lit = overlay.lit.has(id);
    const measured = values.get(au.code);
    for (const [{ region }, side] of entriesOf(au.code, au.side)) {
      const intensity = (side === 'both' ? measured?.both : measured?.[side]) ?? au.intensity ?? 0;
      const path = new Path2D(regionPath(region, face));
      const level = (0.1 + 0.12 * Math.min(5, Math.max(0, intensity))) * (region.opening === true ? 0.4 : 1);
      context.fillStyle = `rgba(${lit ? LIT : GLOW}, ${lit ? Math.max(0.35, level) : level})`;
      context.fill(path, 'evenodd');
      context.lineWidth = (lit ? 2 : 0.8) * unit;
      context.strokeStyle = lit ? `rgba(${LIT}, 0.95)` : 'rgba(214, 255, 250, 0.5)';
      context.stroke(path);
      if (lit) {
        write(context, au.code, middleOf(region, face), unit, 12);
      }
    }
  }
};

const drawHeat = (context: CanvasRenderingContext2D, { overlay, subject, face }: FaceNow): void => {
  for (const [code, mean] of overlay.heat?.get(subject.id) ?? []) {
    for (const [{ region }] of entriesOf(code, 'both')) {
      context.fillStyle = `rgba(${HEAT}, ${Math.min(0.75, mean * 0.17)})`;
      context.fill(new Path2D(regionPath(region, face)), 'evenodd');
    }
  }
};

const open = line().digits(1);

const drawLandmarks = (context: CanvasRenderingContext2D, { face, unit }: FaceNow): void => {
  context.fillStyle = 'rgba(255, 255, 255, 0.75)';
  const side = 1.3 * unit;
  for (let point = 0; point < face.length; point += 2) {
    context.fillRect((face[point] ?? 0) - side / 2, (face[point + 1] ?? 0) - side / 2, side, side);
  }
  context.strokeStyle = 'rgba(255, 255, 255, 0.6)';
  context.lineWidth = 0.9 * unit;
  for (const { points, closed } of FACE_LINES) {
    context.stroke(new Path2D(`${open(outlineOf(points, face)) ?? ''}${closed ? 'Z' : ''}`));
  }
};

const EYES = { right: [33, 133, 159, 145], left: [263, 362, 386, 374] } as const;

const arrow = (
  context: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
  unit: number,
  colour: string,
): void => {
  for (const [width, style] of [
    [4, EDGE],
    [2, colour],
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = style;
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
    context.stroke();
  }
  context.fillStyle = colour;
  context.beginPath();
  context.arc(to[0], to[1], 3 * unit, 0, 2 * Math.PI);
  context.fill();
};

const drawGaze = (context: CanvasRenderingContext2D, { subject, index, pose, face, box, unit }: FaceNow): void => {
  const [yaw, pitch] = [valueAt(subject.gaze?.yaw, index), valueAt(subject.gaze?.pitch, index)];
  if (yaw === null || pitch === null) {
    return;
  }
  const [y, p] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  const ahead = Float32Array.of(Math.sin(y) * Math.cos(p), Math.sin(p), Math.cos(y) * Math.cos(p));
  const [dx = 0, dy = 0] = turned(ahead, pose);
  for (const corners of [EYES.right, EYES.left]) {
    const points = outlineOf(corners, face);
    const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
    const middle = points.reduce((sum, point) => sum + point[1], 0) / points.length;
    arrow(context, [x, middle], [x + dx * box.width * 0.9, middle + dy * box.width * 0.9], unit, INK);
  }
};

const drawPose = (context: CanvasRenderingContext2D, { pose, face, box, unit }: FaceNow): void => {
  const [nose] = outlineOf([4], face);
  const size = box.width * 0.5;
  const axes = turned(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), pose);
  const tint = ['rgba(255,255,255,.75)', 'rgba(255,255,255,.75)', `rgb(${LIT})`];
  if (nose !== undefined) {
    for (const [axis, colour] of tint.entries()) {
      const to = [nose[0] + (axes[axis * 3] ?? 0) * size, nose[1] + (axes[axis * 3 + 1] ?? 0) * size] as const;
      arrow(context, nose, to, unit, colour);
    }
  }
};

const drawBox = (context: CanvasRenderingContext2D, { box, subject, overlay, unit }: FaceNow): void => {
  const corner = Math.min(box.width, box.height) * 0.16;
  const { x, y, width, height } = box;
  const path = new Path2D(
    [
      [x, y, 1, 1],
      [x + width, y, -1, 1],
      [x, y + height, 1, -1],
      [x + width, y + height, -1, -1],
    ]
      .map(([cx = 0, cy = 0, dx = 1, dy = 1]) => `M${cx + dx * corner} ${cy}H${cx}V${cy + dy * corner}`)
      .join(''),
  );
  context.strokeStyle = EDGE;
  context.lineWidth = 3.5 * unit;
  context.stroke(path);
  context.strokeStyle = INK;
  context.lineWidth = 1.6 * unit;
  context.stroke(path);
  write(context, overlay.nameOf(subject.id), [x + width / 2, y - 11 * unit], unit, 13);
};

const write = (
  context: CanvasRenderingContext2D,
  text: string,
  [x, y]: readonly [number, number],
  unit: number,
  size: number,
): void => {
  context.font = `600 ${size * unit}px ui-sans-serif, system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 3 * unit;
  context.strokeStyle = EDGE;
  context.strokeText(text, x, y);
  context.fillStyle = INK;
  context.fillText(text, x, y);
};
