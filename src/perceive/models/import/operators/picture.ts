/** Convolutions, pooling and resizing: the operators that see a picture. */
import {
  activated,
  type Conversion,
  type Converter,
  inFileOrder,
  inPlanes,
  isPicture,
  type Margins,
  permute,
  sizeAt,
  unsupported,
  type Value,
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

const bias = (conversion: Conversion): string[] =>
  conversion.has(2) ? [conversion.graph.floats(conversion.numbers(2), [conversion.numbers(2).length])] : [];

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
    if (depthwise ? outputs % channels !== 0 : channels % (shape[3] ?? 1) !== 0) {
      throw modelInvalid(`The model's operator ${operator.name} does not fit its input.`, { shape, channels });
    }
    if (!depthwise && isPointwiseRow(input, window) && !input.planar) {
      // One row of vectors, each multiplied by the same matrix: no picture, and no reason to transpose one.
      const matrix = graph.floats(permute(values, [outputs, channels], [1, 0]), [channels, outputs]);
      const product = graph.add('MatMul', [inFileOrder(graph, input), matrix]);
      const [shift] = bias(conversion);
      const sum = shift === undefined ? product : graph.add('Add', [product, shift]);
      conversion.give(activated(conversion, sum, fields.activation));
      return;
    }
    const margins = padding(conversion, input, window, fields.padding);
    const kernel = depthwise
      ? graph.floats(permute(values, shape, [3, 0, 1, 2]), [outputs, 1, window.height, window.width])
      : graph.floats(permute(values, shape, [0, 3, 1, 2]), [outputs, shape[3] ?? 1, window.height, window.width]);
    const source = inPlanes(graph, input.margins === null ? input : { ...input, margins: null });
    const result = graph.add('Conv', [source, kernel, ...bias(conversion)], {
      ...windowAttributes(window, margins),
      dilations: [window.dilationH, window.dilationW],
      group: depthwise ? channels : channels / (shape[3] ?? 1),
    });
    conversion.give(activated(conversion, result, fields.activation), { planar: true });
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
    const source = inPlanes(graph, input);
    const margins = padding(conversion, { ...input, margins: null }, window, POOL_OPTIONS.padding);
    const result = graph.add(onnxOperator, [source], windowAttributes(window, margins));
    conversion.give(activated(conversion, result, POOL_OPTIONS.activation), { planar: true });
  };

const resizeBilinear: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const input = conversion.input(0);
  const [height = 1, width = 1] = conversion.numbers(1);
  const alignCorners = operator.options?.bool(RESIZE_OPTIONS.alignCorners) ?? false;
  const halfPixel = operator.options?.bool(RESIZE_OPTIONS.halfPixelCenters) ?? false;
  const mode = alignCorners ? 'align_corners' : halfPixel ? 'half_pixel' : 'asymmetric';
  const scales = graph.floats([1, 1, height / sizeAt(input, 1), width / sizeAt(input, 2)], [4]);
  const result = graph.add('Resize', [inPlanes(graph, input), '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: mode,
  });
  conversion.give(result, { planar: true });
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
