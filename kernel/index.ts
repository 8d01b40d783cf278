/**
 * The two loops over pixels that every face costs, in AssemblyScript: WebAssembly with SIMD does them in a third of the
 * time of JavaScript, with the same integers, so that the results are the same to the bit. Built by
 * `npm run build:kernel` into `src/perceive/face/pixel-kernel-wasm.ts`.
 *
 * Addresses are given by the caller, who lays out the memory. Behind the picture lie at least eight bytes that may be
 * read (and count nothing).
 */

/** One pixel, or one grey level, in fixed point. */
const FIXED: i32 = 65536;

function clamp(value: i32, largest: i32): i32 {
  return value < 0 ? 0 : value > largest ? largest : value;
}

/** How much is left of a sample that lies `beyond` the border: black fades in over one pixel. */
function remaining(beyond: i32): f64 {
  return max<f64>(0, 1 - abs<f64>(<f64>beyond) / <f64>FIXED);
}

/**
 * Fills `target` (3·side² floats) with a rotated square of the picture, bilinear. `starts`: the fixed-point place of
 * the first sample of each row, `x, y` each.
 */
export function crop(
  data: usize,
  width: i32,
  height: i32,
  starts: usize,
  target: usize,
  side: i32,
  samples: i32,
  planar: bool,
  black: bool,
  acrossX: i32,
  acrossY: i32,
  downX: i32,
  downY: i32,
  scale: f64,
  low: f64,
): void {
  const stride = width * 3;
  const channelStep = (<usize>(planar ? side * side : 1)) << 2;
  const pixelStep = (<usize>(planar ? 1 : 3)) << 2;
  const largestX = max<i32>(0, (width - 1) * FIXED - 1);
  const largestY = max<i32>(0, (height - 1) * FIXED - 1);
  // R0 G0 B0 R1 G1 B1 becomes R0 R1 G0 G1 B0 B1 0 0.
  const pairs = i8x16(0, 3, 1, 4, 2, 5, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16);
  for (let row = 0; row < side; row += 1) {
    let cellX = load<i32>(starts + ((<usize>row) << 3));
    let cellY = load<i32>(starts + ((<usize>row) << 3), 4);
    for (let column = 0; column < side; column += 1) {
      let sum = i32x4.splat(0);
      for (let sub = 0; sub < samples; sub += 1) {
        let x = cellX + sub * downX;
        let y = cellY + sub * downY;
        for (let step = 0; step < samples; step += 1) {
          const insideX = clamp(x, largestX);
          const insideY = clamp(y, largestY);
          const at = data + <usize>((insideY >> 16) * stride + (insideX >> 16) * 3);
          const fx = (insideX >> 8) & 255;
          const fy = (insideY >> 8) & 255;
          if (black && (insideX !== x || insideY !== y)) {
            const rest = remaining(x - insideX) * remaining(y - insideY);
            const lowerRight = fx * fy;
            const upperRight = (fx << 8) - lowerRight;
            const lowerLeft = (fy << 8) - lowerRight;
            const upperLeft = FIXED - upperRight - lowerLeft - lowerRight;
            const a = <i32>(<f64>upperLeft * rest);
            const b = <i32>(<f64>upperRight * rest);
            const c = <i32>(<f64>lowerLeft * rest);
            const d = <i32>(<f64>lowerRight * rest);
            const below = at + stride;
            const red = load<u8>(at) * a + load<u8>(at, 3) * b + load<u8>(below) * c + load<u8>(below, 3) * d;
            const green = load<u8>(at, 1) * a + load<u8>(at, 4) * b + load<u8>(below, 1) * c + load<u8>(below, 4) * d;
            const blue = load<u8>(at, 2) * a + load<u8>(at, 5) * b + load<u8>(below, 2) * c + load<u8>(below, 5) * d;
            sum = i32x4.add(
              sum,
              i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(0), 0, red), 1, green), 2, blue),
            );
          } else {
            const across = i32x4.splat((fx << 16) | (256 - fx));
            const upper = i32x4.dot_i16x8_s(
              i16x8.extend_low_i8x16_u(i8x16.swizzle(v128.load64_zero(at), pairs)),
              across,
            );
            const lower = i32x4.dot_i16x8_s(
              i16x8.extend_low_i8x16_u(i8x16.swizzle(v128.load64_zero(at + stride), pairs)),
              across,
            );
            sum = i32x4.add(sum, i32x4.add(i32x4.mul(upper, i32x4.splat(256 - fy)), i32x4.mul(lower, i32x4.splat(fy))));
          }
          x += acrossX;
          y += acrossY;
        }
      }
      store<f32>(target, <f32>(<f64>i32x4.extract_lane(sum, 0) * scale + low));
      store<f32>(target + channelStep, <f32>(<f64>i32x4.extract_lane(sum, 1) * scale + low));
      store<f32>(target + 2 * channelStep, <f32>(<f64>i32x4.extract_lane(sum, 2) * scale + low));
      target += pixelStep;
      cellX += acrossX * samples;
      cellY += acrossY * samples;
    }
  }
}

/** Luma (BT.601, times 256) between four pixels, in whole multiples. */
function lumaAt(at: usize, stride: i32, fx: i32, fy: i32): i32 {
  // R0 G0 B0 0 R1 G1 B1 0, times 77 150 29 0, summed in pairs.
  const order = i8x16(0, 1, 2, 16, 3, 4, 5, 16, 16, 16, 16, 16, 16, 16, 16, 16);
  const weights = i16x8(77, 150, 29, 0, 77, 150, 29, 0);
  const above = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(i8x16.swizzle(v128.load64_zero(at), order)), weights);
  const below = i32x4.dot_i16x8_s(
    i16x8.extend_low_i8x16_u(i8x16.swizzle(v128.load64_zero(at + stride), order)),
    weights,
  );
  const a = i32x4.extract_lane(above, 0) + i32x4.extract_lane(above, 1);
  const b = i32x4.extract_lane(above, 2) + i32x4.extract_lane(above, 3);
  const c = i32x4.extract_lane(below, 0) + i32x4.extract_lane(below, 1);
  const d = i32x4.extract_lane(below, 2) + i32x4.extract_lane(below, 3);
  const upper = (a << 8) + (b - a) * fx;
  const lower = (c << 8) + (d - c) * fx;
  return upper + ((lower - upper) >> 8) * fy;
}

function clampPlace(value: f64, largest: i32): i32 {
  return value < 0 ? 0 : value > <f64>largest ? largest : <i32>value;
}

/**
 * Lays a face out on a lattice. `places`: nodes² × `x, y` as f32, pixels; `lines`: room for 2·nodes f64; `columns`:
 * room for side·samples × (i32, f64 at 8) of 16 bytes; `target`: side² floats, whole grey levels 0–255.
 */
export function align(
  data: usize,
  width: i32,
  height: i32,
  places: usize,
  nodes: i32,
  lines: usize,
  columns: usize,
  target: usize,
  side: i32,
  samples: i32,
): void {
  const fine = side * samples;
  const toCells = <f64>(nodes - 1) / <f64>fine;
  const stride = width * 3;
  const largestX = max<i32>(0, (width - 1) * FIXED - 1);
  const largestY = max<i32>(0, (height - 1) * FIXED - 1);
  const linesY = lines + ((<usize>nodes) << 3);
  for (let column = 0; column < fine; column += 1) {
    const u = (<f64>column + 0.5) * toCells;
    const left = <i32>u;
    store<i32>(columns + ((<usize>column) << 4), left);
    store<f64>(columns + ((<usize>column) << 4), u - <f64>left, 8);
  }
  for (let row = 0; row < side; row += 1) {
    memory.fill(target, 0, (<usize>side) << 2);
    for (let subRow = 0; subRow < samples; subRow += 1) {
      const v = (<f64>(row * samples + subRow) + 0.5) * toCells;
      const top = <i32>v;
      const fy = v - <f64>top;
      for (let node = 0; node < nodes; node += 1) {
        const a = places + ((<usize>(top * nodes + node)) << 3);
        const c = a + ((<usize>nodes) << 3);
        const ax = <f64>load<f32>(a);
        const ay = <f64>load<f32>(a, 4);
        store<f64>(lines + ((<usize>node) << 3), (ax + (<f64>load<f32>(c) - ax) * fy - 0.5) * <f64>FIXED);
        store<f64>(linesY + ((<usize>node) << 3), (ay + (<f64>load<f32>(c, 4) - ay) * fy - 0.5) * <f64>FIXED);
      }
      let place = columns;
      for (let column = 0; column < side; column += 1) {
        let sum = 0;
        for (let sample = 0; sample < samples; sample += 1) {
          const left = (<usize>load<i32>(place)) << 3;
          const fx = load<f64>(place, 8);
          const fromX = load<f64>(lines + left);
          const fromY = load<f64>(linesY + left);
          const x = clampPlace(fromX + (load<f64>(lines + left, 8) - fromX) * fx, largestX);
          const y = clampPlace(fromY + (load<f64>(linesY + left, 8) - fromY) * fx, largestY);
          const at = data + <usize>((y >> 16) * stride + (x >> 16) * 3);
          sum += lumaAt(at, stride, (x >> 8) & 255, (y >> 8) & 255);
          place += 16;
        }
        const cell = target + ((<usize>column) << 2);
        // Sums stay whole until the row is done: the float's place holds an integer meanwhile.
        store<i32>(cell, load<i32>(cell) + sum);
      }
    }
    const divisor = <f64>(FIXED * samples * samples);
    for (let column = 0; column < side; column += 1) {
      const cell = target + ((<usize>column) << 2);
      store<f32>(cell, <f32>Math.floor(<f64>load<i32>(cell) / divisor + 0.5));
    }
    target += (<usize>side) << 2;
  }
}
