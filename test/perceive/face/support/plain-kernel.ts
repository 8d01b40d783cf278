/** The kernel's loops in plain TypeScript: what the compiled ones must equal to the bit. */
import type { PixelKernel } from '../../../../src/perceive/face/pixel-kernel.ts';

const FIXED = 65536;

const clampFixed = (value: number, largest: number): number => (value < 0 ? 0 : value > largest ? largest : value) | 0;

/** How much is left of a sample that lies `beyond` the border, in fixed point: black fades in over one pixel. */
const remaining = (beyond: number): number => Math.max(0, 1 - Math.abs(beyond) / FIXED);

export const plainCrop: PixelKernel['crop'] = ({ data, width, height }, walk, output, target) => {
  const { side, samples, planar, black, scale, low } = output;
  const stride = width * 3;
  const channelStep = planar ? side * side : 1;
  const largestX = Math.max(0, (width - 1) * FIXED - 1);
  const largestY = Math.max(0, (height - 1) * FIXED - 1);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const sums = [0, 0, 0];
      for (let sub = 0; sub < samples; sub += 1) {
        for (let step = 0; step < samples; step += 1) {
          const right = column * samples + step;
          const x = ((walk.starts[row * 2] ?? 0) + sub * walk.downX + right * walk.acrossX) | 0;
          const y = ((walk.starts[row * 2 + 1] ?? 0) + sub * walk.downY + right * walk.acrossY) | 0;
          const [insideX, insideY] = [clampFixed(x, largestX), clampFixed(y, largestY)];
          const index = (insideY >> 16) * stride + (insideX >> 16) * 3;
          const [fx, fy] = [(insideX >> 8) & 255, (insideY >> 8) & 255];
          const rest = black ? remaining(x - insideX) * remaining(y - insideY) : 1;
          const weights = [(256 - fx) * (256 - fy), fx * (256 - fy), (256 - fx) * fy, fx * fy];
          for (let channel = 0; channel < 3; channel += 1) {
            for (const [corner, offset] of [0, 3, stride, stride + 3].entries()) {
              const weight = ((weights[corner] ?? 0) * rest) | 0;
              sums[channel] = (sums[channel] ?? 0) + (data[index + offset + channel] ?? 0) * weight;
            }
          }
        }
      }
      const cell = (row * side + column) * (planar ? 1 : 3);
      for (let channel = 0; channel < 3; channel += 1) {
        target[cell + channel * channelStep] = (sums[channel] ?? 0) * scale + low;
      }
    }
  }
};

/** Luma (BT.601, times 256) between four pixels. */
const lumaAt = (data: Uint8Array, index: number, stride: number, fx: number, fy: number): number => {
  const grey = (at: number): number => 77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0);
  const [a, b, c, d] = [grey(index), grey(index + 3), grey(index + stride), grey(index + stride + 3)];
  const upper = (a << 8) + (b - a) * fx;
  const lower = (c << 8) + (d - c) * fx;
  return upper + ((lower - upper) >> 8) * fy;
};

export const plainAlign: PixelKernel['align'] = ({ data, width, height }, { nodes, places }, output, target) => {
  const { side, samples } = output;
  const toCells = (nodes - 1) / (side * samples);
  const largestX = Math.max(0, (width - 1) * FIXED - 1);
  const largestY = Math.max(0, (height - 1) * FIXED - 1);
  const place = (node: number, axis: number): number => places[node * 2 + axis] ?? 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      let sum = 0;
      for (let subRow = 0; subRow < samples; subRow += 1) {
        const v = (row * samples + subRow + 0.5) * toCells;
        const top = Math.floor(v);
        const down = (node: number, axis: number): number => {
          const above = place(top * nodes + node, axis);
          return (above + (place((top + 1) * nodes + node, axis) - above) * (v - top) - 0.5) * FIXED;
        };
        for (let subColumn = 0; subColumn < samples; subColumn += 1) {
          const u = (column * samples + subColumn + 0.5) * toCells;
          const left = Math.floor(u);
          const across = (axis: number): number =>
            down(left, axis) + (down(left + 1, axis) - down(left, axis)) * (u - left);
          const [x, y] = [clampFixed(across(0), largestX), clampFixed(across(1), largestY)];
          const index = (y >> 16) * width * 3 + (x >> 16) * 3;
          sum += lumaAt(data, index, width * 3, (x >> 8) & 255, (y >> 8) & 255);
        }
      }
      target[row * side + column] = Math.round(sum / (FIXED * samples * samples));
    }
  }
};
