/**
 * The three custom operators of MediaPipe's attention mesh, in standard ONNX operators.
 * Source: google-ai-edge/mediapipe, mediapipe/util/tflite/operations/{landmarks_to_transform_matrix,
 * transform_tensor_bilinear,transform_landmarks}.cc, version 2 of each (Apache-2.0).
 */
import { toReference } from 'flatbuffers/js/flexbuffers.js';
import { z } from 'zod';
import { type Conversion, type Converter, inFileOrder, inRawPlanes, sizeAt, unsupported } from '../conversion.ts';
import { modelInvalid } from '../model-invalid.ts';

const index = z.number().int().nonnegative();
/** MediaPipe crops to 16 × 16; a damaged file must not make a grid of millions. */
const size = z.number().int().min(1).max(256);

const CropOptions = z.object({
  left_rotation_idx: index,
  right_rotation_idx: index,
  subset_idxs: z.array(index).min(1).max(4096),
  output_width: size,
  output_height: size,
  scale_x: z.number().positive(),
  scale_y: z.number().positive(),
  target_rotation_radians: z.number().nullish(),
});

const SampleOptions = z.object({ output_width: size, output_height: size });

/** The longest options of a custom operator that are read: MediaPipe's are below 1 kB. */
const LONGEST_OPTIONS = 8192;

const readOptions = <Schema extends z.ZodType>({ operator }: Conversion, schema: Schema): z.infer<Schema> => {
  try {
    if (operator.customOptions.byteLength <= LONGEST_OPTIONS) {
      return schema.parse(toReference(Uint8Array.from(operator.customOptions).buffer).toObject());
    }
  } catch (cause) {
    throw modelInvalid(`The options of the model's operator ${operator.name} are damaged.`, {}, cause);
  }
  throw modelInvalid(`The options of the model's operator ${operator.name} are impossibly long.`);
};

const requireVersion2 = ({ operator }: Conversion): void => {
  if (operator.version !== 2) {
    throw unsupported(operator, `version ${operator.version}`);
  }
};

/**
 * Landmarks (batch × points × 3) → a 4×4 matrix that takes pixels of a crop (output width × height) to the landmarks'
 * own coordinates: the box around `subset_idxs`, turned so that the line between the two rotation points is level,
 * and enlarged by `scale_x`, `scale_y`.
 */
const landmarksToTransformMatrix: Converter = (conversion) => {
  requireVersion2(conversion);
  const { graph } = conversion;
  const options = readOptions(conversion, CropOptions);
  const target = options.target_rotation_radians ?? 0;
  const [width, height] = [options.output_width, options.output_height];
  const scale = [options.scale_x / width, options.scale_y / height];
  const points = sizeAt(conversion.input(0), 1);
  const [left, right] = [options.left_rotation_idx, options.right_rotation_idx];
  if ([left, right, ...options.subset_idxs].some((landmark) => landmark >= points)) {
    throw modelInvalid('The model crops around landmarks that it does not have.', { points });
  }
  const landmarks = inFileOrder(graph, conversion.input(0));
  const flat = graph.add('Slice', [landmarks, graph.integers([0]), graph.integers([2]), graph.integers([2])]);
  const line = graph.add('Sub', [
    graph.add('Gather', [flat, graph.integers([right])], { axis: 1 }),
    graph.add('Gather', [flat, graph.integers([left])], { axis: 1 }),
  ]);
  // The rotation r = target − atan2(dy, dx) is only used through its sine and cosine, and those of atan2 are dy and dx
  // over the line's length. [dx dy] times this matrix is [cos r, sin r, −sin r, cos r] before that division.
  const [cosine, sine] = [Math.cos(target), Math.sin(target)];
  const turn = graph.floats([cosine, sine, -sine, cosine, sine, -cosine, cosine, sine], [2, 4]);
  const unscaled = graph.add('Reshape', [graph.add('MatMul', [line, turn]), graph.integers([0, 2, 2])]);
  const rotation = graph.add('Div', [unscaled, graph.add('ReduceL2', [line], { axes: [2], keepdims: 1 })]);

  const region = graph.add('MatMul', [
    graph.add('Gather', [flat, graph.integers(options.subset_idxs)], { axis: 1 }),
    rotation,
  ]);
  const most = graph.add('ReduceMax', [region], { axes: [1], keepdims: 1 });
  const least = graph.add('ReduceMin', [region], { axes: [1], keepdims: 1 });
  const middle = graph.add('Mul', [graph.add('Add', [most, least]), graph.floats([0.5], [1])]);
  const extent = graph.add('Mul', [graph.add('Sub', [most, least]), graph.floats(scale, [1, 1, 2])]);
  const linear = graph.add('Mul', [rotation, extent]);
  const corner = graph.add('Add', [
    middle,
    graph.add('Mul', [extent, graph.floats([-width / 2, -height / 2], [1, 1, 2])]),
  ]);
  const shift = graph.add('MatMul', [rotation, graph.add('Reshape', [corner, graph.integers([0, 2, 1])])]);
  const nothing = graph.add('Mul', [shift, graph.floats([0], [1])]);
  const upper = graph.add('Concat', [linear, nothing, shift], { axis: 2 });
  const padded = graph.add('Pad', [upper, graph.integers([0, 0, 0, 0, 2, 0])]);
  const lower = graph.floats([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [1, 4, 4]);
  conversion.give(graph.add('Add', [padded, lower]));
};

/** The matrix's upper two rows without the column for depth: batch × 2 × 3. */
const planeTransform = (conversion: Conversion): string => {
  const { graph } = conversion;
  const matrix = inFileOrder(graph, conversion.input(1));
  const rows = graph.add('Slice', [matrix, graph.integers([0]), graph.integers([2]), graph.integers([1])]);
  return graph.add('Gather', [rows, graph.integers([0, 1, 3])], { axis: 2 });
};

/**
 * Samples a picture through the matrix: output pixel centres are moved, then read bilinearly; what falls outside the
 * picture is zero at once, not blended towards zero.
 */
const transformTensorBilinear: Converter = (conversion) => {
  requireVersion2(conversion);
  const { graph } = conversion;
  const input = conversion.input(0);
  const { output_width: width, output_height: height } = readOptions(conversion, SampleOptions);
  const [inputHeight, inputWidth] = [sizeAt(input, 1), sizeAt(input, 2)];
  if (inputHeight < 2 || inputWidth < 2) {
    throw unsupported(conversion.operator, 'a picture of one pixel');
  }
  const centres = Array.from({ length: height * width }, (_, index) => [
    (index % width) + 0.5,
    Math.floor(index / width) + 0.5,
    1,
  ]);
  const transform = graph.add('Transpose', [planeTransform(conversion)], { perm: [0, 2, 1] });
  const places = graph.add('MatMul', [graph.floats(centres.flat(), [1, centres.length, 3]), transform]);
  // From pixel centres to GridSample's range, where −1 and 1 are the centres of the outermost pixels.
  const spread = graph.floats([2 / (inputWidth - 1), 2 / (inputHeight - 1)], [1, 1, 2]);
  const offset = graph.floats([-1 / (inputWidth - 1) - 1, -1 / (inputHeight - 1) - 1], [1, 1, 2]);
  const scaled = graph.add('Add', [graph.add('Mul', [places, spread]), offset]);
  const reach = graph.add('ReduceMax', [graph.add('Abs', [scaled])], { axes: [2], keepdims: 1 });
  const isOutside = graph.add('Greater', [reach, graph.floats([1], [1])]);
  const safe = graph.add('Where', [isOutside, graph.floats([3], [1]), scaled]);
  const grid = graph.add('Reshape', [safe, graph.integers([0, height, width, 2])]);
  const { name, depth, negated } = inRawPlanes(graph, input);
  const sampled = graph.add('GridSample', [name, grid], {
    mode: 'bilinear',
    padding_mode: 'zeros',
    align_corners: 1,
  });
  conversion.give(sampled, { planar: true, depth, negated });
};

/** Moves landmarks (batch × points × 2 or 3) through the matrix; depth stays as it is. */
const transformLandmarks: Converter = (conversion) => {
  requireVersion2(conversion);
  const { graph } = conversion;
  const input = conversion.input(0);
  const dimensions = sizeAt(input, 2);
  if (dimensions !== 2 && dimensions !== 3) {
    throw unsupported(conversion.operator, `points of ${dimensions} dimensions`);
  }
  const name = inFileOrder(graph, input);
  const slice = (value: string, axis: number, from: number, until: number): string =>
    graph.add('Slice', [value, graph.integers([from]), graph.integers([until]), graph.integers([axis])]);
  const plane = dimensions === 2 ? name : slice(name, 2, 0, 2);
  const transform = graph.add('Transpose', [planeTransform(conversion)], { perm: [0, 2, 1] });
  const turned = graph.add('MatMul', [plane, slice(transform, 1, 0, 2)]);
  const moved = graph.add('Add', [turned, slice(transform, 1, 2, 3)]);
  conversion.give(dimensions === 2 ? moved : graph.add('Concat', [moved, slice(name, 2, 2, 3)], { axis: 2 }));
};

export const FACE_MESH_CONVERTERS: Readonly<Record<string, Converter>> = {
  Landmarks2TransformMatrix: landmarksToTransformMatrix,
  TransformTensorBilinear: transformTensorBilinear,
  TransformLandmarks: transformLandmarks,
};
