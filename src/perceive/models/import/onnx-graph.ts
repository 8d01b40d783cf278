/** An ONNX graph under construction, and its one way into bytes. The same calls give the same bytes. */
import protobuf from 'protobufjs/light.js';
import { ATTRIBUTE_TYPE, ONNX_DESCRIPTOR, ONNX_FLOAT, ONNX_INT64, ONNX_IR_VERSION, ONNX_OPSET } from './onnx-schema.ts';

export type Attribute = number | string | readonly number[] | { float: number };
export type Attributes = Readonly<Record<string, Attribute>>;
/** A dimension is a size, or the name of one that is only known when the graph runs. */
export type GraphDimension = number | string;

export type OnnxGraph = {
  /** Adds a node with one output and returns the output's name. */
  add: (operator: string, inputs: readonly string[], attributes?: Attributes) => string;
  floats: (values: ArrayLike<number>, dims: readonly number[]) => string;
  integers: (values: readonly number[]) => string;
  /** @param elementType `ONNX_FLOAT` where it is left out */
  input: (name: string, dims: readonly GraphDimension[], elementType?: number) => void;
  output: (name: string, value: string, dims: readonly GraphDimension[]) => void;
  encode: (metadata: Readonly<Record<string, string>>) => Uint8Array;
};

type NodeRecord = { input: string[]; output: string[]; name: string; opType: string; attribute: object[] };

const encodeAttribute = (name: string, value: Attribute): object => {
  if (typeof value === 'number') {
    return { name, i: value, type: ATTRIBUTE_TYPE.int };
  }
  if (typeof value === 'string') {
    return { name, s: new TextEncoder().encode(value), type: ATTRIBUTE_TYPE.text };
  }
  if ('float' in value) {
    return { name, f: value.float, type: ATTRIBUTE_TYPE.float };
  }
  return { name, ints: [...value], type: ATTRIBUTE_TYPE.ints };
};

const valueInfo = (name: string, dims: readonly GraphDimension[], elemType = ONNX_FLOAT): object => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) },
    },
  },
});

const littleEndianFloats = (values: ArrayLike<number>): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index += 1) {
    view.setFloat32(index * 4, values[index] ?? 0, true);
  }
  return bytes;
};

const littleEndianIntegers = (values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    view.setBigInt64(index * 8, BigInt(value), true);
  }
  return bytes;
};

export const createOnnxGraph = (name: string): OnnxGraph => {
  const nodes: NodeRecord[] = [];
  const initializers: object[] = [];
  const inputs: object[] = [];
  const outputs: object[] = [];
  const integerNames = new Map<string, string>();

  const add = (operator: string, operands: readonly string[], attributes: Attributes = {}): string => {
    const output = `v${nodes.length}`;
    const attribute = Object.entries(attributes).map(([key, value]) => encodeAttribute(key, value));
    nodes.push({
      input: [...operands],
      output: [output],
      name: `${operator.toLowerCase()}${nodes.length}`,
      opType: operator,
      attribute,
    });
    return output;
  };

  const floats = (values: ArrayLike<number>, dims: readonly number[]): string => {
    const initializer = `c${initializers.length}`;
    initializers.push({
      name: initializer,
      dims: [...dims],
      dataType: ONNX_FLOAT,
      rawData: littleEndianFloats(values),
    });
    return initializer;
  };

  const integers = (values: readonly number[]): string => {
    const key = values.join(',');
    const known = integerNames.get(key);
    if (known !== undefined) {
      return known;
    }
    const initializer = `c${initializers.length}`;
    initializers.push({
      name: initializer,
      dims: [values.length],
      dataType: ONNX_INT64,
      rawData: littleEndianIntegers(values),
    });
    integerNames.set(key, initializer);
    return initializer;
  };

  return {
    add,
    floats,
    integers,
    input: (inputName, dims, elementType) => {
      inputs.push(valueInfo(inputName, dims, elementType));
    },
    output: (outputName, value, dims) => {
      nodes.push({
        input: [value],
        output: [outputName],
        name: `output${outputs.length}`,
        opType: 'Identity',
        attribute: [],
      });
      outputs.push(valueInfo(outputName, dims));
    },
    encode: (metadata) => {
      const type = protobuf.Root.fromJSON(ONNX_DESCRIPTOR).lookupType('ModelProto');
      const message = type.create({
        irVersion: ONNX_IR_VERSION,
        producerName: 'whyface',
        graph: { name, node: nodes, initializer: initializers, input: inputs, output: outputs },
        opsetImport: [{ domain: '', version: ONNX_OPSET }],
        metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      });
      return type.encode(message).finish();
    },
  };
};
