/**
 * What the converters of single operators share: the values of the graph under construction, their layout, and the
 * moves between layouts.
 *
 * TensorFlow Lite keeps pictures as batch × height × width × channels; ONNX Runtime is fastest on batch × channels ×
 * height × width. A value that a picture operator made stays `planar` until an operator needs the file's own order, so
 * that a whole network runs with a transpose or two at its very end.
 */
import { modelInvalid } from './model-invalid.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { Numbers, TfliteOperator, TfliteTensor } from './tflite-model.ts';
import { ACTIVATION_NAMES, type Activation } from './tflite-schema.ts';

/** Zeros that a PAD operator put around a picture and that the next convolution takes on itself. */
export type Margins = { top: number; left: number; bottom: number; right: number };

export type Value = {
  /** Name in the ONNX graph; empty for a constant, which is written where (and in the layout in which) it is used. */
  name: string;
  /** Shape in the file's own order, margins included. */
  shape: readonly number[];
  planar: boolean;
  /** Planes that the ONNX value really has: the file's channels, then planes of zeros up to a round number. */
  depth: number;
  /** Whether the ONNX value is the file's value with its sign turned. */
  negated: boolean;
  constant: Numbers | null;
  margins: Margins | null;
};

export type Conversion = {
  graph: OnnxGraph;
  operator: TfliteOperator;
  /** The operator's input; a missing optional one is an error. */
  input: (position: number) => Value;
  has: (position: number) => boolean;
  /** The numbers of an input that must be constant. */
  numbers: (position: number) => Numbers;
  output: () => TfliteTensor;
  /** Says what the output is called and, where it is not in the file's own form, which form it has. */
  give: (name: string, form?: Partial<Form>) => void;
  /** Says that the output is another value, unchanged or with margins. */
  pass: (value: Value) => void;
  /** The operators that use the output, by name; `OUTPUT` when the graph returns it. */
  users: () => readonly string[];
  /** Whether the output is wanted with its sign turned: see `prelu` in operators/activation.ts. */
  wantsNegated: () => boolean;
};

export type Form = Pick<Value, 'planar' | 'depth' | 'negated'>;

export type Converter = (conversion: Conversion) => void;

export const sizeAt = (value: { shape: readonly number[] }, axis: number): number => value.shape[axis] ?? 1;

export const isPicture = (value: { shape: readonly number[] }): boolean => value.shape.length === 4;

export const unsupported = (operator: TfliteOperator, what: string): ReturnType<typeof modelInvalid> =>
  modelInvalid(`The model uses ${what} of the operator ${operator.name}, which whyface cannot import.`, {
    operator: operator.name,
    version: operator.version,
  });

/** Reorders a constant: axis `axes[i]` of the old becomes axis `i` of the new. */
export const permute = (values: Numbers, shape: readonly number[], axes: readonly number[]): Float32Array => {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = axes.map((axis) => shape[axis] ?? 1);
  const steps = axes.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  const counters = sizes.map(() => 0);
  let source = 0;
  for (let index = 0; index < result.length; index += 1) {
    result[index] = values[source] ?? 0;
    for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
      const step = steps[axis] ?? 0;
      const count = (counters[axis] ?? 0) + 1;
      source += step;
      if (count < (sizes[axis] ?? 1)) {
        counters[axis] = count;
        break;
      }
      source -= step * count;
      counters[axis] = 0;
    }
  }
  return result;
};

/**
 * The blocked layout of ONNX Runtime's fast convolutions has 16 channels to a block on machines with AVX-512 and 8 on
 * others; a depthwise convolution is only done in it when its channels fill whole blocks.
 */
const BLOCK = 16;

/** Operators that work the same with planes of zeros behind the real ones. */
const BLOCKWISE: ReadonlySet<string> = new Set([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'MAX_POOL_2D',
  'RESIZE_BILINEAR',
  'ADD',
  'PAD',
  'RELU',
  'PRELU',
]);

/** How many planes an operator should write for so many channels. */
export const roundDepth = (conversion: Conversion, channels: number): number =>
  conversion.users().every((name) => BLOCKWISE.has(name)) ? Math.ceil(channels / BLOCK) * BLOCK : channels;

/** A 1×1 convolution that multiplies each plane by its own number, which stays in the blocked layout. */
export const scalePlanes = (graph: OnnxGraph, name: string, factors: ArrayLike<number>): string =>
  graph.add('Conv', [name, graph.floats(factors, [factors.length, 1, 1, 1])], {
    kernel_shape: [1, 1],
    group: factors.length,
  });

export const isBlocked = (value: Value): boolean => value.planar && value.depth % BLOCK === 0;

/** The same planes with this sign. */
export const withSign = (graph: OnnxGraph, value: Value, negated: boolean): Value => {
  if (value.negated === negated) {
    return value;
  }
  const name = isBlocked(value)
    ? scalePlanes(graph, value.name, new Float32Array(value.depth).fill(-1))
    : graph.add('Neg', [value.name]);
  return { ...value, name, negated };
};

const withoutMargins = (graph: OnnxGraph, value: Value): Value => {
  if (value.margins === null) {
    return value;
  }
  const { top, left, bottom, right } = value.margins;
  const pads = value.planar ? [0, 0, top, left, 0, 0, bottom, right] : [0, top, left, 0, 0, bottom, right, 0];
  return { ...value, name: graph.add('Pad', [value.name, graph.integers(pads)]), margins: null };
};

/** The value in the file's own form but for its layout: no margins, no sign, no planes of zeros. */
const plain = (graph: OnnxGraph, given: Value): Value => {
  const value = withSign(graph, withoutMargins(graph, given), false);
  const channels = sizeAt(value, 3);
  if (!value.planar || value.depth === channels) {
    return value;
  }
  const cut = [graph.integers([0]), graph.integers([channels]), graph.integers([1])];
  return { ...value, name: graph.add('Slice', [value.name, ...cut]), depth: channels };
};

const constantName = (graph: OnnxGraph, value: Value, planar: boolean): string => {
  const numbers = value.constant ?? new Float32Array();
  if (!planar || numbers.length === 1) {
    return graph.floats(numbers, value.shape);
  }
  const shape = [1, 1, 1, 1, ...value.shape].slice(-4);
  return graph.floats(permute(numbers, shape, [0, 3, 1, 2]), [
    shape[0] ?? 1,
    shape[3] ?? 1,
    shape[1] ?? 1,
    shape[2] ?? 1,
  ]);
};

/** The value's name in the file's own order. */
export const inFileOrder = (graph: OnnxGraph, given: Value): string => {
  if (given.constant !== null) {
    return constantName(graph, given, false);
  }
  const value = plain(graph, given);
  if (!value.planar) {
    return value.name;
  }
  if (sizeAt(value, 1) * sizeAt(value, 2) === 1) {
    return graph.add('Reshape', [value.name, graph.integers([0, 1, 1, sizeAt(value, 3)])]);
  }
  return graph.add('Transpose', [value.name], { perm: [0, 2, 3, 1] });
};

/** The value's name as batch × channels × height × width. Only for values of four dimensions, and constants. */
export const inPlanes = (graph: OnnxGraph, given: Value): string => {
  if (given.constant !== null) {
    return constantName(graph, given, true);
  }
  const value = plain(graph, given);
  if (value.planar) {
    return value.name;
  }
  if (sizeAt(value, 1) * sizeAt(value, 2) === 1) {
    return graph.add('Reshape', [value.name, graph.integers([0, sizeAt(value, 3), 1, 1])]);
  }
  return graph.add('Transpose', [value.name], { perm: [0, 3, 1, 2] });
};

/** The value in planes, of whatever sign and depth it has. Only for values of four dimensions that are computed. */
export const inRawPlanes = (graph: OnnxGraph, given: Value): Value => {
  const value = withoutMargins(graph, given);
  return value.planar ? value : { ...value, name: inPlanes(graph, value), planar: true, depth: sizeAt(value, 3) };
};

/** The activation that the file fuses into an operator, as its own node (ONNX Runtime fuses it again). */
export const activated = (conversion: Conversion, name: string, field: number): string => {
  const { graph, operator } = conversion;
  const number = operator.options?.int8(field) ?? 0;
  const activation: Activation | undefined = ACTIVATION_NAMES[number];
  switch (activation) {
    case 'none':
      return name;
    case 'relu':
      return graph.add('Relu', [name]);
    case 'relu6':
      return graph.add('Clip', [name, graph.floats([0], []), graph.floats([6], [])]);
    case 'relu-n1-to-1':
      return graph.add('Clip', [name, graph.floats([-1], []), graph.floats([1], [])]);
    case 'tanh':
      return graph.add('Tanh', [name]);
    default:
      throw unsupported(operator, `the fused activation ${activation ?? number}`);
  }
};
