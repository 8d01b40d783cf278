/** The picture operators as TensorFlow defines them, written as plainly as possible: what imports are compared with. */
export type Picture = { height: number; width: number; channels: number; data: Float32Array };

export const at = (picture: Picture, y: number, x: number, channel: number): number =>
  y < 0 || x < 0 || y >= picture.height || x >= picture.width
    ? 0
    : (picture.data[(y * picture.width + x) * picture.channels + channel] ?? 0);

const make = (
  height: number,
  width: number,
  channels: number,
  value: (y: number, x: number, channel: number) => number,
): Picture => {
  const data = new Float32Array(height * width * channels);
  for (let index = 0; index < data.length; index += 1) {
    const place = Math.floor(index / channels);
    data[index] = value(Math.floor(place / width), place % width, index % channels);
  }
  return { height, width, channels, data };
};

const startOf = (size: number, kernel: number, stride: number): number =>
  Math.floor(Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0) / 2);

/** "Same" padding; kernels are output × side × side × input, or side × side × channels when depthwise. */
export const convolve = (
  input: Picture,
  kernels: Float32Array,
  bias: Float32Array,
  side: number,
  stride: number,
  depthwise = false,
): Picture => {
  const top = startOf(input.height, side, stride);
  const left = startOf(input.width, side, stride);
  const inputs = input.channels;
  return make(Math.ceil(input.height / stride), Math.ceil(input.width / stride), bias.length, (y, x, output) => {
    let sum = bias[output] ?? 0;
    for (let v = 0; v < side; v += 1) {
      for (let u = 0; u < side; u += 1) {
        const [row, column] = [y * stride + v - top, x * stride + u - left];
        if (depthwise) {
          sum += at(input, row, column, output) * (kernels[(v * side + u) * inputs + output] ?? 0);
        }
        for (let channel = 0; !depthwise && channel < inputs; channel += 1) {
          const kernel = kernels[((output * side + v) * side + u) * inputs + channel] ?? 0;
          sum += at(input, row, column, channel) * kernel;
        }
      }
    }
    return sum;
  });
};

export const prelu = (input: Picture, slopes: Float32Array): Picture => ({
  ...input,
  data: input.data.map((value, index) => (value > 0 ? value : value * (slopes[index % input.channels] ?? 0))),
});

export const maximum = (input: Picture): Picture =>
  make(input.height / 2, input.width / 2, input.channels, (y, x, channel) =>
    Math.max(
      at(input, 2 * y, 2 * x, channel),
      at(input, 2 * y, 2 * x + 1, channel),
      at(input, 2 * y + 1, 2 * x, channel),
      at(input, 2 * y + 1, 2 * x + 1, channel),
    ),
  );

export const sum = (a: Picture, b: Picture): Picture =>
  make(a.height, a.width, a.channels, (y, x, channel) => at(a, y, x, channel) + at(b, y, x, channel));

export const growChannels = (input: Picture, channels: number): Picture =>
  make(input.height, input.width, channels, (y, x, channel) =>
    channel < input.channels ? at(input, y, x, channel) : 0,
  );
