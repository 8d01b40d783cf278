/** Convolutions, pooling and resizing: the operators that see a picture. */
import {
  activated,
  type Conversion,
  type Converter,
  inFileOrder,
  inPlanes,
  inRawPlanes,
  isPicture,
  type Margins,
  permute,
  roundDepth,
  sizeAt,
  unsupported,
  type Value,
  withSign,
} from '../conversion.ts';
import { modelInvalid } from '../model-invalid.ts';
import {
  BLOCK_OPTIONS,
  CONV_OPTIONS,
  DEPTHWISE_OPTIONS,
  PADDING_NAMES,
  POOL_OPTIONS,
  RESIZE_OPTIONS,
} from '../tflite-schema.ts';

type Window = { height: number; width: number; strideH: number; strideW: number; dilationH: number; dilationW: number };

const NO_MARGINS: Margins = { top: 0, left: 0, bottom: 0, right: 0 };

/** "Same" padding as TensorFlow defines it: the odd pixel goes to the bottom and to the right. */
const sameMargins = (input: Value, window: Window): Margins => {
  const along = (size: number, kernel: number, stride: number, dilation: number): number =>
    Math.max((Math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0);
  const vertical = along(sizeAt(input, 1), window.height, window.strideH, window.dilationH);
  const horizontal = along(sizeAt(input, 2), window.width, window.strideW, window.dilationW);
  const top = Math.floor(vertical / 2);
  const left = Math.floor(horizontal / 2);
  return { top, left, bottom: vertical - top, right: horizontal - left };
};

const checkWindow = (conversion: Conversion, input: Value, window: Window): void => {
  const sizes = Object.values(window);
  if (!isPicture(input) || sizes.some((size) => !Number.isInteger(size) || size < 1 || size > 4096)) {
    throw modelInvalid(`The model's operator ${conversion.operator.name} has an impossible window.`, { window });
  }
};

const padding = (conversion: Conversion, input: Value, window: Window, field: number): Margins => {
  const name = PADDING_NAMES[conversion.operator.options?.int8(field) ?? 0];
  if (name === undefined) {
    throw unsupported(conversion.operator, 'an unknown padding');
  }
  const own = name === 'same' ? sameMargins(input, window) : NO_MARGINS;
  const taken = input.margins ?? NO_MARGINS;
  return {
    top: own.top + taken.top,
    left: own.left + taken.left,
    bottom: own.bottom + taken.bottom,
    right: own.right + taken.right,
  };
};

const windowAttributes = (window: Window, margins: Margins): Record<string, number[]> => ({
  kernel_shape: [window.height, window.width],
  strides: [window.strideH, window.strideW],
  pads: [margins.top, margins.left, margins.bottom, margins.right],
});

type Fields = {
  padding: number;
  strideW: number;
  strideH: number;
  dilationW: number;
  dilationH: number;
  activation: number;
};

const weights = (conversion: Conversion): { values: Float32Array; shape: readonly number[] } => {
  const values = conversion.numbers(1);
  if (!(values instanceof Float32Array) || !isPicture(conversion.input(1))) {
    throw unsupported(conversion.operator, 'integer weights');
  }
  return { values, shape: conversion.input(1).shape };
};

/** Kernels laid out as output × input × window, with zeros for added planes, all times `factor`. */
const spreadKernels = (
  values: Float32Array,
  from: { outputs: number; inputs: number; area: number },
  to: { outputs: number; inputs: number },
  factor: number,
): Float32Array => {
  const result = new Float32Array(to.outputs * to.inputs * from.area);
  for (let output = 0; output < from.outputs; output += 1) {
    for (let input = 0; input < from.inputs; input += 1) {
      for (let place = 0; place < from.area; place += 1) {
        const value = values[(output * from.inputs + input) * from.area + place] ?? 0;
        result[(output * to.inputs + input) * from.area + place] = value * factor;
      }
    }
  }
  return result;
};

const bias = (conversion: Conversion, depth: number, factor: number): string[] => {
  if (!conversion.has(2)) {
    return [];
  }
  const padded = new Float32Array(depth);
  padded.set([...conversion.numbers(2)].map((value) => value * factor));
  return [conversion.graph.floats(padded, [depth])];
};

/** One row of vectors, each multiplied by the same matrix: no picture, and no reason to transpose one. */
const multiplyRows = (conversion: Conversion, values: Float32Array, outputs: number, channels: number): string => {
  const { graph } = conversion;
  const matrix = graph.floats(permute(values, [outputs, channels], [1, 0]), [channels, outputs]);
  const product = graph.add('MatMul', [inFileOrder(graph, conversion.input(0)), matrix]);
  const [shift] = bias(conversion, outputs, 1);
  return shift === undefined ? product : graph.add('Add', [product, shift]);
};

const convolution =
  (fields: Fields, depthwise: boolean): Converter =>
  (conversion) => {
    const { graph, operator } = conversion;
    const input = conversion.input(0);
    const { values, shape } = weights(conversion);
    const option = (field: number): number => operator.options?.int32(field, 1) ?? 1;
    const window: Window = {
      height: shape[1] ?? 1,
      width: shape[2] ?? 1,
      strideH: option(fields.strideH),
      strideW: option(fields.strideW),
      dilationH: option(fields.dilationH),
      dilationW: option(fields.dilationW),
    };
    checkWindow(conversion, input, window);
    const channels = sizeAt(input, 3);
    const outputs = depthwise ? (shape[3] ?? 1) : (shape[0] ?? 1);
    const inputs = depthwise ? 1 : (shape[3] ?? 1);
    if (depthwise ? outputs % channels !== 0 : channels % inputs !== 0) {
      throw modelInvalid(`The model's operator ${operator.name} does not fit its input.`, { shape, channels });
    }
    if (!depthwise && isPointwiseRow(input, window) && inputs === channels && !input.planar) {
      const rows = multiplyRows(conversion, values, outputs, channels);
      conversion.give(activated(conversion, rows, fields.activation));
      return;
    }
    const margins = padding(conversion, input, window, fields.padding);
    const isGrouped = depthwise ? outputs !== channels : inputs !== channels;
    const bare = { ...input, margins: null };
    const source = isGrouped
      ? { ...bare, name: inPlanes(graph, bare), depth: channels, negated: false }
      : inRawPlanes(graph, bare);
    const hasActivation = (operator.options?.int8(fields.activation) ?? 0) !== 0;
    const negated = !hasActivation && conversion.wantsNegated();
    const depth = depthwise && !isGrouped ? source.depth : isGrouped ? outputs : roundDepth(conversion, outputs);
    const ordered = permute(values, shape, depthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]);
    const from = { outputs, inputs, area: window.height * window.width };
    const to = { outputs: depth, inputs: depthwise || isGrouped ? inputs : source.depth };
    const kernels = spreadKernels(ordered, from, to, source.negated === negated ? 1 : -1);
    const kernel = graph.floats(kernels, [to.outputs, to.inputs, window.height, window.width]);
    const result = graph.add('Conv', [source.name, kernel, ...bias(conversion, depth, negated ? -1 : 1)], {
      ...windowAttributes(window, margins),
      dilations: [window.dilationH, window.dilationW],
      group: depthwise ? source.depth : isGrouped ? channels / inputs : 1,
    });
    conversion.give(activated(conversion, result, fields.activation), { planar: true, depth, negated });
  };

const isPointwiseRow = (input: Value, window: Window): boolean =>
  sizeAt(input, 1) === 1 &&
  input.margins === null &&
  window.height * window.width * window.strideH * window.strideW === 1;

const pooling =
  (onnxOperator: 'MaxPool' | 'AveragePool'): Converter =>
  (conversion) => {
    const { graph, operator } = conversion;
    const input = conversion.input(0);
    const option = (field: number): number => operator.options?.int32(field, 1) ?? 1;
    const window: Window = {
      height: option(POOL_OPTIONS.filterH),
      width: option(POOL_OPTIONS.filterW),
      strideH: option(POOL_OPTIONS.strideH),
      strideW: option(POOL_OPTIONS.strideW),
      dilationH: 1,
      dilationW: 1,
    };
    checkWindow(conversion, input, window);
    // Zeros that a PAD put there take part in the maximum, the pooling's own margins do not.
    const source = withSign(graph, inRawPlanes(graph, input), false);
    const margins = padding(conversion, { ...input, margins: null }, window, POOL_OPTIONS.padding);
    const result = graph.add(onnxOperator, [source.name], windowAttributes(window, margins));
    const { depth } = source;
    conversion.give(activated(conversion, result, POOL_OPTIONS.activation), { planar: true, depth });
  };

const resizeBilinear: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const input = conversion.input(0);
  const [height = 1, width = 1] = conversion.numbers(1);
  const alignCorners = operator.options?.bool(RESIZE_OPTIONS.alignCorners) ?? false;
  const halfPixel = operator.options?.bool(RESIZE_OPTIONS.halfPixelCenters) ?? false;
  const mode = alignCorners ? 'align_corners' : halfPixel ? 'half_pixel' : 'asymmetric';
  const scales = graph.floats([1, 1, height / sizeAt(input, 1), width / sizeAt(input, 2)], [4]);
  const { name, depth, negated } = inRawPlanes(graph, input);
  const result = graph.add('Resize', [name, '', scales], { mode: 'linear', coordinate_transformation_mode: mode });
  conversion.give(result, { planar: true, depth, negated });
};

const block =
  (onnxOperator: 'DepthToSpace' | 'SpaceToDepth'): Converter =>
  (conversion) => {
    const { graph, operator } = conversion;
    const blocksize = operator.options?.int32(BLOCK_OPTIONS.blockSize) ?? 0;
    if (blocksize < 1) {
      throw unsupported(operator, 'an impossible block size');
    }
    conversion.give(graph.add(onnxOperator, [inPlanes(graph, conversion.input(0))], { blocksize }), { planar: true });
  };

export const PICTURE_CONVERTERS: Readonly<Record<string, Converter>> = {
  CONV_2D: convolution(CONV_OPTIONS, false),
  DEPTHWISE_CONV_2D: convolution(DEPTHWISE_OPTIONS, true),
  MAX_POOL_2D: pooling('MaxPool'),
  AVERAGE_POOL_2D: pooling('AveragePool'),
  RESIZE_BILINEAR: resizeBilinear,
  DEPTH_TO_SPACE: block('DepthToSpace'),
  SPACE_TO_DEPTH: block('SpaceToDepth'),
};
