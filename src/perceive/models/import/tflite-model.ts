/** Reads a TensorFlow Lite file into plain data: tensors, constants (as numbers) and operators in running order. */
import { type FlatTable, readFlatRoot } from './flat-reader.ts';
import { readHalf } from './half.ts';
import { modelInvalid } from './model-invalid.ts';
import { densify } from './sparse.ts';
import {
  BUFFER,
  BUILTIN_OPERATORS,
  MODEL,
  OPERATOR,
  OPERATOR_CODE,
  SUBGRAPH,
  TENSOR,
  TENSOR_TYPES,
  type TensorTypeName,
  TFLITE_IDENTIFIER,
} from './tflite-schema.ts';

/** Constant numbers: half floats are widened to single precision, 64-bit integers are narrowed (indices only). */
export type Numbers = Float32Array | Int32Array;

export type TfliteTensor = {
  index: number;
  name: string;
  shape: number[];
  type: TensorTypeName;
  /** The tensor's values, dense, when the file holds them. */
  constant: Numbers | null;
};

export type TfliteOperator = {
  /** Builtin name (`CONV_2D`) or the custom operator's own name. */
  name: string;
  custom: boolean;
  version: number;
  /** Tensor indices; −1 stands for an optional input that is not given. */
  inputs: number[];
  outputs: number[];
  options: FlatTable | null;
  customOptions: Uint8Array;
};

export type TfliteModel = {
  tensors: TfliteTensor[];
  inputs: number[];
  outputs: number[];
  operators: TfliteOperator[];
};

/** Largest tensor taken as believable: 64 Mi elements, far above any face model. */
const LARGEST_TENSOR = 1 << 26;

const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const readNumbers = (data: Uint8Array, type: TensorTypeName): Numbers => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (type) {
    case 'float32':
      return Float32Array.from({ length: data.byteLength >> 2 }, (_, index) => view.getFloat32(index * 4, true));
    case 'float16':
      return Float32Array.from({ length: data.byteLength >> 1 }, (_, index) =>
        readHalf(view.getUint16(index * 2, true)),
      );
    case 'int32':
      return Int32Array.from({ length: data.byteLength >> 2 }, (_, index) => view.getInt32(index * 4, true));
    case 'int64':
      return Int32Array.from({ length: data.byteLength >> 3 }, (_, index) => Number(view.getBigInt64(index * 8, true)));
  }
};

const readTensor = (table: FlatTable, index: number, buffers: readonly FlatTable[]): TfliteTensor => {
  const name = table.text(TENSOR.name);
  const shape = table.int32s(TENSOR.shape);
  const type = TENSOR_TYPES[table.int8(TENSOR.type)];
  if (type === undefined) {
    throw modelInvalid(`The model's tensor "${name}" has a number type that whyface does not read.`, {
      tensor: name,
      type: table.int8(TENSOR.type),
    });
  }
  if (shape.some((size) => size < 0) || elementCount(shape) > LARGEST_TENSOR) {
    throw modelInvalid(`The model's tensor "${name}" has an impossible shape.`, { tensor: name, shape });
  }
  const bufferIndex = table.uint32(TENSOR.buffer);
  const buffer = buffers[bufferIndex];
  if (buffer === undefined) {
    throw modelInvalid(`The model's tensor "${name}" refers to data that is not in the file.`, { bufferIndex });
  }
  const data = buffer.bytes(BUFFER.data);
  if (data.byteLength === 0) {
    return { index, name, shape, type: type.name, constant: null };
  }
  const sparsity = table.table(TENSOR.sparsity);
  const stored = readNumbers(data, type.name);
  const constant = sparsity === null ? stored : densify(stored, shape, sparsity);
  if (constant.length !== elementCount(shape)) {
    throw modelInvalid(
      `The model's tensor "${name}" holds ${constant.length} numbers instead of ${elementCount(shape)}.`,
      {
        tensor: name,
        shape,
      },
    );
  }
  return { index, name, shape, type: type.name, constant };
};

const readOperator = (table: FlatTable, codes: readonly FlatTable[]): TfliteOperator => {
  const code = codes[table.uint32(OPERATOR.opcodeIndex)];
  if (code === undefined) {
    throw modelInvalid('The model file is damaged: an operator has no code.');
  }
  // Files older than schema 3a have the code in the narrow field only; newer ones put 127 there for larger codes.
  const number = Math.max(code.int8(OPERATOR_CODE.deprecatedBuiltinCode), code.int32(OPERATOR_CODE.builtinCode));
  const builtin = BUILTIN_OPERATORS[number] ?? `operator ${number}`;
  const custom = builtin === 'CUSTOM';
  return {
    name: custom ? code.text(OPERATOR_CODE.customCode) : builtin,
    custom,
    version: code.int32(OPERATOR_CODE.version, 1),
    inputs: table.int32s(OPERATOR.inputs),
    outputs: table.int32s(OPERATOR.outputs),
    options: table.table(OPERATOR.options),
    customOptions: table.bytes(OPERATOR.customOptions),
  };
};

/**
 * @throws WhyfaceError `model-invalid` when the bytes are not a TensorFlow Lite model with one graph, or damaged.
 */
export const readTfliteModel = (bytes: Uint8Array): TfliteModel => {
  const root = readFlatRoot(bytes, TFLITE_IDENTIFIER);
  const [graph, ...others] = root.tables(MODEL.subgraphs);
  if (graph === undefined || others.length > 0) {
    throw modelInvalid('The model file must hold exactly one graph.', { graphs: others.length + (graph ? 1 : 0) });
  }
  const buffers = root.tables(MODEL.buffers);
  const codes = root.tables(MODEL.operatorCodes);
  const tensors = graph.tables(SUBGRAPH.tensors).map((table, index) => readTensor(table, index, buffers));
  const operators = graph.tables(SUBGRAPH.operators).map((table) => readOperator(table, codes));
  const model = {
    tensors,
    inputs: graph.int32s(SUBGRAPH.inputs),
    outputs: graph.int32s(SUBGRAPH.outputs),
    operators,
  };
  const used = [
    ...model.inputs,
    ...model.outputs,
    ...operators.flatMap((operator) => [...operator.inputs, ...operator.outputs]),
  ];
  const stray = used.find((index) => index < -1 || index >= tensors.length);
  if (stray !== undefined) {
    throw modelInvalid('The model file is damaged: an operator refers to a tensor that does not exist.', { stray });
  }
  return model;
};
