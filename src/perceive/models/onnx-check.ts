/** Refuses ONNX files that would make the runtime open other files: weights must lie inside the model itself. */
import protobuf from 'protobufjs/light.js';
import { z } from 'zod';
import { modelInvalid } from './import/model-invalid.ts';
import { ONNX_DESCRIPTOR } from './import/onnx-schema.ts';

const EXTERNAL = 1;

const tensor = z.object({
  name: z.string().optional(),
  dataLocation: z.number().optional(),
  externalData: z.array(z.unknown()).optional(),
});
const attribute = z.object({
  t: tensor.optional(),
  tensors: z.array(tensor).optional(),
  get g() {
    return graph.optional();
  },
  get graphs() {
    return z.array(graph).optional();
  },
});
const node = z.object({ attribute: z.array(attribute).optional() });
const graph = z.object({ node: z.array(node).optional(), initializer: z.array(tensor).optional() });
const model = z.object({ graph });

type Tensor = z.infer<typeof tensor>;
type Graph = z.infer<typeof graph>;

const tensorsOf = (part: Graph): Tensor[] => [
  ...(part.initializer ?? []),
  ...(part.node ?? []).flatMap((each) =>
    (each.attribute ?? []).flatMap(({ t, tensors, g, graphs }) => [
      ...(t === undefined ? [] : [t]),
      ...(tensors ?? []),
      ...[...(g === undefined ? [] : [g]), ...(graphs ?? [])].flatMap(tensorsOf),
    ]),
  ),
];

/** @throws WhyfaceError `model-invalid` when the file is not ONNX or keeps weights in other files */
export const checkOnnx = (bytes: Uint8Array, name: string): void => {
  const type = protobuf.Root.fromJSON(ONNX_DESCRIPTOR).lookupType('ModelProto');
  let parsed: z.infer<typeof model>;
  try {
    parsed = model.parse(type.toObject(type.decode(bytes)));
  } catch (cause) {
    throw modelInvalid(`The model ${name} is not an ONNX file; run 'whyface models verify'.`, { model: name }, cause);
  }
  const outside = tensorsOf(parsed.graph).find(
    ({ dataLocation, externalData }) => dataLocation === EXTERNAL || (externalData ?? []).length > 0,
  );
  if (outside !== undefined) {
    throw modelInvalid(`The model ${name} keeps weights in another file, which whyface does not open.`, {
      model: name,
      tensor: outside.name,
    });
  }
};
