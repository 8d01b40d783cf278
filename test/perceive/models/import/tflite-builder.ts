/** Writes small TensorFlow Lite files for tests, field by field as in schema.fbs. */
import { Builder } from 'flatbuffers';
import { encode } from 'flatbuffers/js/flexbuffers.js';
import { BUILTIN_OPERATORS } from '../../../../src/perceive/models/import/tflite-schema.ts';

export type TestTensor = { name: string; shape: number[]; data?: Float32Array | Int32Array };
export type TestField = { field: number; int32?: number; int8?: number };
export type TestOperator = {
  name: string;
  custom?: boolean;
  version?: number;
  inputs: string[];
  outputs: string[];
  options?: TestField[];
  customOptions?: Record<string, unknown>;
};
export type TestModel = { tensors: TestTensor[]; operators: TestOperator[]; inputs: string[]; outputs: string[] };

const int32Vector = (builder: Builder, values: readonly number[]): number => {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) {
    builder.addInt32(value);
  }
  return builder.endVector();
};

const byteVector = (builder: Builder, bytes: Uint8Array): number => {
  builder.startVector(1, bytes.length, 16);
  for (const value of [...bytes].reverse()) {
    builder.addInt8(value);
  }
  return builder.endVector();
};

const offsetVector = (builder: Builder, offsets: readonly number[]): number => {
  builder.startVector(4, offsets.length, 4);
  for (const offset of [...offsets].reverse()) {
    builder.addOffset(offset);
  }
  return builder.endVector();
};

const optionTable = (builder: Builder, fields: readonly TestField[]): number => {
  builder.startObject(8);
  for (const { field, int32, int8 } of fields) {
    if (int32 !== undefined) {
      builder.addFieldInt32(field, int32, -1);
    }
    if (int8 !== undefined) {
      builder.addFieldInt8(field, int8, -1);
    }
  }
  return builder.endObject();
};

export const buildTflite = ({ tensors, operators, inputs, outputs }: TestModel): Uint8Array => {
  const builder = new Builder(1024);
  const indexOf = (name: string): number => tensors.findIndex((tensor) => tensor.name === name);

  const buffer = (data: Float32Array | Int32Array | undefined): number => {
    const bytes = data === undefined ? new Uint8Array() : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const vector = byteVector(builder, bytes);
    builder.startObject(3);
    builder.addFieldOffset(0, vector, 0);
    return builder.endObject();
  };
  const buffers = [buffer(undefined), ...tensors.map(({ data }) => buffer(data))];

  const tensorTables = tensors.map(({ name, shape, data }, index) => {
    const text = builder.createString(name);
    const dims = int32Vector(builder, shape);
    builder.startObject(8);
    builder.addFieldOffset(0, dims, 0);
    builder.addFieldInt8(1, data instanceof Int32Array ? 2 : 0, -1);
    builder.addFieldInt32(2, data === undefined ? 0 : index + 1, -1);
    builder.addFieldOffset(3, text, 0);
    return builder.endObject();
  });

  const codes = operators.map(({ name, custom = false, version = 1 }) => {
    const text = custom ? builder.createString(name) : 0;
    const code = custom ? BUILTIN_OPERATORS.indexOf('CUSTOM') : BUILTIN_OPERATORS.indexOf(name);
    builder.startObject(4);
    builder.addFieldInt8(0, Math.min(code, 127), -1);
    builder.addFieldOffset(1, text, 0);
    builder.addFieldInt32(2, version, -1);
    builder.addFieldInt32(3, code, -1);
    return builder.endObject();
  });

  const operatorTables = operators.map((operator, index) => {
    const options = operator.options === undefined ? 0 : optionTable(builder, operator.options);
    const custom = operator.customOptions === undefined ? 0 : byteVector(builder, encode(operator.customOptions));
    const from = int32Vector(builder, operator.inputs.map(indexOf));
    const to = int32Vector(builder, operator.outputs.map(indexOf));
    builder.startObject(9);
    builder.addFieldInt32(0, index, -1);
    builder.addFieldOffset(1, from, 0);
    builder.addFieldOffset(2, to, 0);
    builder.addFieldOffset(4, options, 0);
    builder.addFieldOffset(5, custom, 0);
    return builder.endObject();
  });

  const lists = [
    offsetVector(builder, tensorTables),
    int32Vector(builder, inputs.map(indexOf)),
    int32Vector(builder, outputs.map(indexOf)),
    offsetVector(builder, operatorTables),
  ];
  builder.startObject(5);
  for (const [field, list] of lists.entries()) {
    builder.addFieldOffset(field, list, 0);
  }
  const graph = builder.endObject();
  const codeList = offsetVector(builder, codes);
  const graphs = offsetVector(builder, [graph]);
  const bufferList = offsetVector(builder, buffers);
  builder.startObject(5);
  builder.addFieldInt32(0, 3, 0);
  builder.addFieldOffset(1, codeList, 0);
  builder.addFieldOffset(2, graphs, 0);
  builder.addFieldOffset(4, bufferList, 0);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array().slice();
};
