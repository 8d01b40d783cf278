/** TensorFlow Lite → ONNX: walks the operators in the file's order and writes each with standard ONNX operators. */
import { WhyfaceError } from '../../../kit/error.ts';
import { type Conversion, type Converter, inFileOrder, type Value } from './conversion.ts';
import { modelInvalid } from './model-invalid.ts';
import { createOnnxGraph, type GraphDimension, type OnnxGraph } from './onnx-graph.ts';
import { ARITHMETIC_CONVERTERS } from './operators/arithmetic.ts';
import { FACE_MESH_CONVERTERS } from './operators/face-mesh.ts';
import { PICTURE_CONVERTERS } from './operators/picture.ts';
import { SHAPE_CONVERTERS } from './operators/shape.ts';
import { readTfliteModel, type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite-model.ts';

const BUILTIN_CONVERTERS: Readonly<Record<string, Converter>> = {
  ...PICTURE_CONVERTERS,
  ...ARITHMETIC_CONVERTERS,
  ...SHAPE_CONVERTERS,
};

export type ImportOptions = {
  /** Whether the first dimension of input and outputs is left open, to run several faces at once. Default true. */
  openBatch?: boolean;
  /** Facts written into the file's metadata. */
  metadata?: Readonly<Record<string, string>>;
};

const plainValue = (tensor: TfliteTensor): Value => ({
  name: '',
  shape: tensor.shape,
  planar: false,
  depth: tensor.shape[3] ?? 1,
  negated: false,
  constant: tensor.constant,
  margins: null,
});

const tensorAt = (model: TfliteModel, index: number | undefined): TfliteTensor => {
  const tensor = index === undefined ? undefined : model.tensors[index];
  if (tensor === undefined) {
    throw modelInvalid('The model file is damaged: an operator lacks an input or output.');
  }
  return tensor;
};

const openedShape = (shape: readonly number[], batch: GraphDimension): GraphDimension[] =>
  shape.length > 1 && shape[0] === 1 ? [batch, ...shape.slice(1)] : [...shape];

type Users = { names: (tensor: number) => readonly string[]; wantNegated: (tensor: number) => boolean };

const findUsers = (model: TfliteModel): Users => {
  const byTensor = new Map<number, TfliteOperator[]>();
  for (const operator of model.operators) {
    for (const tensor of operator.inputs) {
      byTensor.set(tensor, [...(byTensor.get(tensor) ?? []), operator]);
    }
  }
  const outputs = new Set(model.outputs);
  const uses = (tensor: number): readonly TfliteOperator[] => byTensor.get(tensor) ?? [];
  const meets = (operator: TfliteOperator, name: string): boolean => operator.name === name && !operator.custom;
  return {
    names: (tensor) => [...uses(tensor).map(({ name }) => name), ...(outputs.has(tensor) ? ['OUTPUT'] : [])],
    wantNegated: (tensor) =>
      uses(tensor).some(
        (operator) =>
          meets(operator, 'PRELU') ||
          (meets(operator, 'ADD') && uses(operator.outputs[0] ?? -1).some((next) => meets(next, 'PRELU'))),
      ),
  };
};

const convertOperator = (
  operator: TfliteOperator,
  model: TfliteModel,
  graph: OnnxGraph,
  values: Map<number, Value>,
  users: Users,
): void => {
  const converter = operator.custom ? FACE_MESH_CONVERTERS[operator.name] : BUILTIN_CONVERTERS[operator.name];
  if (converter === undefined) {
    throw modelInvalid(`The model uses the operator ${operator.name}, which whyface cannot import.`, {
      operator: operator.name,
      custom: operator.custom,
    });
  }
  const input = (position: number): Value => {
    const tensor = tensorAt(model, operator.inputs[position]);
    const value = values.get(tensor.index);
    if (value === undefined) {
      throw modelInvalid(`The model uses the tensor "${tensor.name}" before it is computed.`, { tensor: tensor.name });
    }
    return value;
  };
  const output = (): TfliteTensor => tensorAt(model, operator.outputs[0]);
  const conversion: Conversion = {
    graph,
    operator,
    input,
    has: (position) => (operator.inputs[position] ?? -1) >= 0,
    numbers: (position) => {
      const { constant } = input(position);
      if (constant === null) {
        throw modelInvalid(
          `The model's operator ${operator.name} has a computed value where whyface needs a constant.`,
          {
            operator: operator.name,
          },
        );
      }
      return constant;
    },
    output,
    give: (name, form = {}) => {
      const tensor = output();
      values.set(tensor.index, { ...plainValue(tensor), ...form, constant: null, name });
    },
    pass: (value) => {
      const tensor = output();
      values.set(tensor.index, { ...value, shape: tensor.shape });
    },
    users: () => users.names(output().index),
    wantsNegated: () => users.wantNegated(output().index),
  };
  converter(conversion);
};

/**
 * Imports a TensorFlow Lite graph.
 * Pictures go in as batch × channels × height × width (planes), other inputs in the file's own order; outputs are in
 * the file's own order. The same bytes and options give the same bytes.
 *
 * @param bytes the `.tflite` file
 * @returns the `.onnx` file, weights inside, single precision
 * @throws WhyfaceError `model-invalid` when the file is damaged or uses an operator that is not known (it is named)
 */
export const importTflite = (bytes: Uint8Array, options: ImportOptions = {}): Uint8Array => {
  try {
    return convertModel(bytes, options);
  } catch (cause) {
    // Sizes that cannot be held, options that do not parse: whatever a damaged file leads to is the file's fault.
    throw WhyfaceError.isInstance(cause) ? cause : modelInvalid('The model file is damaged.', {}, cause);
  }
};

const convertModel = (bytes: Uint8Array, options: ImportOptions): Uint8Array => {
  const model = readTfliteModel(bytes);
  const batch: GraphDimension = (options.openBatch ?? true) ? 'batch' : 1;
  const graph = createOnnxGraph('whyface');
  const values = new Map<number, Value>();
  const users = findUsers(model);
  for (const tensor of model.tensors) {
    if (tensor.constant !== null) {
      values.set(tensor.index, plainValue(tensor));
    }
  }
  for (const index of model.inputs) {
    const tensor = tensorAt(model, index);
    const planar = tensor.shape.length === 4;
    const [first = 1, height = 1, width = 1, channels = 1] = tensor.shape;
    graph.input(tensor.name, openedShape(planar ? [first, channels, height, width] : tensor.shape, batch));
    values.set(index, { ...plainValue(tensor), name: tensor.name, planar });
  }
  for (const operator of model.operators) {
    convertOperator(operator, model, graph, values, users);
  }
  const rawName = (tensor: TfliteTensor): string => {
    const value = values.get(tensor.index);
    if (value === undefined) {
      throw modelInvalid(`The model never computes its output "${tensor.name}".`, { output: tensor.name });
    }
    return inFileOrder(graph, value);
  };
  for (const index of model.outputs) {
    const tensor = tensorAt(model, index);
    graph.output(tensor.name, rawName(tensor), openedShape(tensor.shape, batch));
  }
  return graph.encode(options.metadata ?? {});
};
