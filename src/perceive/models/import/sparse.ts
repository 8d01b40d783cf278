/**
 * Unpacks TensorFlow Lite's sparse tensors (the TACO format of schema.fbs: a traversal order over the dimensions and,
 * per dimension, either its size or compressed row segments and indices), blocks included.
 */
import type { FlatTable } from './flat-reader.ts';
import { modelInvalid } from './model-invalid.ts';
import { DIMENSION, INDEX_VECTOR, SPARSITY } from './tflite-schema.ts';

type Dimension = { size: number } | { segments: number[]; indices: number[] };

const damaged = () => modelInvalid('The model file is damaged: a sparse tensor in it does not add up.');

const readIndices = (table: FlatTable | null, kind: number): number[] => {
  if (table === null) {
    throw damaged();
  }
  switch (kind) {
    case INDEX_VECTOR.int32:
      return table.int32s(0);
    case INDEX_VECTOR.uint16:
      return table.uint16s(0);
    case INDEX_VECTOR.uint8:
      return [...table.bytes(0)];
    default:
      throw damaged();
  }
};

const readDimension = (table: FlatTable): Dimension =>
  table.int8(DIMENSION.format) === 0
    ? { size: table.int32(DIMENSION.denseSize) }
    : {
        segments: readIndices(table.table(DIMENSION.segments), table.uint8(DIMENSION.segmentsType)),
        indices: readIndices(table.table(DIMENSION.indices), table.uint8(DIMENSION.indicesType)),
      };

/** The dense values, row by row in the tensor's own shape; what is not stored is zero. */
export const densify = <Stored extends Float32Array | Int32Array>(
  stored: Stored,
  shape: readonly number[],
  sparsity: FlatTable,
): Float32Array => {
  const order = sparsity.int32s(SPARSITY.traversalOrder);
  const blockMap = sparsity.int32s(SPARSITY.blockMap);
  const dimensions = sparsity.tables(SPARSITY.dimensions).map(readDimension);
  const rank = shape.length;
  if (order.length !== dimensions.length || order.length !== rank + blockMap.length) {
    throw damaged();
  }
  const blockSizes = new Map<number, number>();
  for (const [level, target] of order.entries()) {
    const dimension = dimensions[level];
    const mapped = target >= rank ? blockMap[target - rank] : undefined;
    if (mapped !== undefined && dimension !== undefined && 'size' in dimension) {
      blockSizes.set(mapped, dimension.size);
    }
  }
  const total = shape.reduce((product, size) => product * size, 1);
  const dense = new Float32Array(total);
  const coordinates = new Array<number>(order.length).fill(0);
  let next = 0;

  const store = (): void => {
    let offset = 0;
    for (const [axis, size] of shape.entries()) {
      const block = blockSizes.get(axis) ?? 1;
      const inner = blockMap.indexOf(axis);
      const coordinate = (coordinates[axis] ?? 0) * block + (inner < 0 ? 0 : (coordinates[rank + inner] ?? 0));
      if (coordinate < 0 || coordinate >= size) {
        throw damaged();
      }
      offset = offset * size + coordinate;
    }
    const value = stored[next];
    if (value === undefined) {
      throw damaged();
    }
    dense[offset] = value;
    next += 1;
  };

  const walk = (level: number, position: number): void => {
    const dimension = dimensions[level];
    const target = order[level];
    if (dimension === undefined || target === undefined) {
      store();
      return;
    }
    if ('size' in dimension) {
      for (let index = 0; index < dimension.size; index += 1) {
        coordinates[target] = index;
        walk(level + 1, position * dimension.size + index);
      }
      return;
    }
    const from = dimension.segments[position];
    const to = dimension.segments[position + 1];
    if (from === undefined || to === undefined) {
      throw damaged();
    }
    for (let entry = from; entry < to; entry += 1) {
      const index = dimension.indices[entry];
      if (index === undefined) {
        throw damaged();
      }
      coordinates[target] = index;
      walk(level + 1, entry);
    }
  };
  walk(0, 0);
  return dense;
};
