/** Operators that move numbers without changing them. */
import {
  activated,
  type Conversion,
  type Converter,
  inFileOrder,
  inPlanes,
  inRawPlanes,
  isPicture,
  roundDepth,
  sizeAt,
  unsupported,
  type Value,
} from '../conversion.ts';
import { modelInvalid } from '../model-invalid.ts';
import { CONCATENATION_OPTIONS, FULLY_CONNECTED_OPTIONS, STRIDED_SLICE_OPTIONS } from '../tflite-schema.ts';

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Half floats were widened and sparse tensors unpacked when the file was read. */
const passConstant: Converter = (conversion) => {
  const input = conversion.input(0);
  if (input.constant === null) {
    throw unsupported(conversion.operator, 'a use on computed values');
  }
  conversion.pass(input);
};

const reshape: Converter = (conversion) => {
  const { graph } = conversion;
  const input = conversion.input(0);
  const { shape } = conversion.output();
  if (count(shape) !== count(input.shape)) {
    throw modelInvalid('The model reshapes a tensor into another number of values.', { from: input.shape, to: shape });
  }
  const isVector = input.planar && sizeAt(input, 1) * sizeAt(input, 2) === 1 && input.margins === null;
  const name = isVector ? inPlanes(graph, input) : inFileOrder(graph, input);
  // A leading 0 copies the size at run time: the batch stays free where both sides have it.
  const target = shape.length > 0 && shape[0] === input.shape[0] ? [0, ...shape.slice(1)] : [...shape];
  conversion.give(graph.add('Reshape', [name, graph.integers(target)]));
};

const pad: Converter = (conversion) => {
  const { graph } = conversion;
  const input = conversion.input(0);
  const pads = conversion.numbers(1);
  const rank = input.shape.length;
  if (pads.length !== rank * 2 || pads.some((amount) => amount < 0)) {
    throw modelInvalid('The model pads a tensor by an impossible amount.', { pads: [...pads] });
  }
  const [, , top = 0, bottom = 0, left = 0, right = 0] = pads;
  const onlySpatial = rank === 4 && [0, 1, 6, 7].every((index) => pads[index] === 0);
  if (onlySpatial && input.margins === null && input.constant === null) {
    conversion.pass({ ...input, margins: { top, left, bottom, right } });
    return;
  }
  const planar = input.planar;
  const onlyChannels = rank === 4 && [0, 1, 2, 3, 4, 5, 6].every((index) => pads[index] === 0);
  if (planar && onlyChannels && input.constant === null) {
    growChannels(conversion, input);
    return;
  }
  const order = planar ? [0, 3, 1, 2] : input.shape.map((_, axis) => axis);
  const amounts = [0, 1].flatMap((side) => order.map((axis) => pads[axis * 2 + side] ?? 0));
  const name = planar ? inPlanes(graph, input) : inFileOrder(graph, input);
  conversion.give(graph.add('Pad', [name, graph.integers(amounts)]), { planar });
};

/** Far above any network that whyface runs; the matrix below has this many numbers squared. */
const MOST_CHANNELS = 4096;

/** Added channels of zeros: there already when the planes were rounded up, else made by a 1×1 convolution. */
const growChannels = (conversion: Conversion, input: Value): void => {
  const { graph } = conversion;
  const source = inRawPlanes(graph, input);
  const depth = roundDepth(conversion, sizeAt(conversion.output(), 3));
  const negated = conversion.wantsNegated();
  if (source.depth === depth) {
    conversion.give(source.name, { planar: true, depth, negated: source.negated });
    return;
  }
  const channels = sizeAt(input, 3);
  if (depth > MOST_CHANNELS) {
    throw modelInvalid('The model pads a tensor to an impossible number of channels.', { depth });
  }
  const kernels = new Float32Array(depth * source.depth);
  for (let channel = 0; channel < channels; channel += 1) {
    kernels[channel * source.depth + channel] = source.negated === negated ? 1 : -1;
  }
  const name = graph.add('Conv', [source.name, graph.floats(kernels, [depth, source.depth, 1, 1])], {
    kernel_shape: [1, 1],
  });
  conversion.give(name, { planar: true, depth, negated });
};

const concatenation: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const values = operator.inputs.map((_, position) => conversion.input(position));
  const rank = conversion.output().shape.length;
  const given = operator.options?.int32(CONCATENATION_OPTIONS.axis) ?? 0;
  const axis = given < 0 ? given + rank : given;
  const planar = values.every((value) => isPicture(value)) && values.some((value) => value.planar);
  const names = values.map((value) => (planar ? inPlanes(graph, value) : inFileOrder(graph, value)));
  const result = graph.add('Concat', names, { axis: planar ? ([0, 2, 3, 1][axis] ?? axis) : axis });
  conversion.give(activated(conversion, result, CONCATENATION_OPTIONS.activation), { planar });
};

const transpose: Converter = (conversion) => {
  const { graph } = conversion;
  const perm = [...conversion.numbers(1)];
  conversion.give(graph.add('Transpose', [inFileOrder(graph, conversion.input(0))], { perm }));
};

const stridedSlice: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const input = conversion.input(0);
  const option = (field: number): number => operator.options?.int32(field) ?? 0;
  if (option(STRIDED_SLICE_OPTIONS.ellipsisMask) !== 0 || option(STRIDED_SLICE_OPTIONS.newAxisMask) !== 0) {
    throw unsupported(operator, 'an ellipsis or new axis');
  }
  const [begin, end, strides] = [conversion.numbers(1), conversion.numbers(2), conversion.numbers(3)];
  const shrink = option(STRIDED_SLICE_OPTIONS.shrinkAxisMask);
  const isMasked = (field: number, axis: number): boolean => ((option(field) >> axis) & 1) === 1;
  const cuts = input.shape.flatMap((size, axis) => {
    if ((strides[axis] ?? 1) !== 1) {
      throw unsupported(operator, 'a stride other than 1');
    }
    const from = isMasked(STRIDED_SLICE_OPTIONS.beginMask, axis) ? 0 : (begin[axis] ?? 0);
    const drops = ((shrink >> axis) & 1) === 1;
    const until = drops ? from + 1 : isMasked(STRIDED_SLICE_OPTIONS.endMask, axis) ? size : (end[axis] ?? size);
    const isWhole = from === 0 && until === size;
    return isWhole ? [] : [{ axis, from, until }];
  });
  const whole = inFileOrder(graph, input);
  const cut =
    cuts.length === 0
      ? whole
      : graph.add('Slice', [
          whole,
          graph.integers(cuts.map(({ from }) => from)),
          graph.integers(cuts.map(({ until }) => until)),
          graph.integers(cuts.map(({ axis }) => axis)),
        ]);
  const dropped = input.shape.flatMap((_, axis) => (((shrink >> axis) & 1) === 1 ? [axis] : []));
  conversion.give(dropped.length === 0 ? cut : graph.add('Squeeze', [cut, graph.integers(dropped)]));
};

const fullyConnected: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const input = conversion.input(0);
  const matrix = conversion.input(1);
  const weights = conversion.numbers(1);
  const [outputs = 1, inputs = 1] = matrix.shape;
  const flat = graph.add('Reshape', [inFileOrder(graph, input), graph.integers([-1, inputs])]);
  const bias = conversion.has(2) ? [graph.floats(conversion.numbers(2), [outputs])] : [];
  const product = graph.add('Gemm', [flat, graph.floats(weights, [outputs, inputs]), ...bias], { transB: 1 });
  const { shape } = conversion.output();
  const shaped = shape.length === 2 ? product : graph.add('Reshape', [product, graph.integers([...shape])]);
  if ((operator.options?.int8(FULLY_CONNECTED_OPTIONS.weightsFormat) ?? 0) !== 0) {
    throw unsupported(operator, 'a shuffled weight format');
  }
  conversion.give(activated(conversion, shaped, FULLY_CONNECTED_OPTIONS.activation));
};

export const SHAPE_CONVERTERS: Readonly<Record<string, Converter>> = {
  DEQUANTIZE: passConstant,
  DENSIFY: passConstant,
  RESHAPE: reshape,
  SQUEEZE: reshape,
  EXPAND_DIMS: reshape,
  PAD: pad,
  CONCATENATION: concatenation,
  TRANSPOSE: transpose,
  STRIDED_SLICE: stridedSlice,
  FULLY_CONNECTED: fullyConnected,
};
