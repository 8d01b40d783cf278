/**
 * The part of TensorFlow Lite's file format that whyface reads: field indices, operator codes and enumerations.
 * Source: tensorflow/lite/schema/schema.fbs, schema version 3 (Apache-2.0). Field indices count a table's fields in the
 * order in which the schema lists them (a union counts twice: its type, then its value).
 */
export const TFLITE_IDENTIFIER = 'TFL3';

export const MODEL = { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4 } as const;
export const OPERATOR_CODE = { deprecatedBuiltinCode: 0, customCode: 1, version: 2, builtinCode: 3 } as const;
export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 } as const;
export const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, isVariable: 5, sparsity: 6 } as const;
export const OPERATOR = {
  opcodeIndex: 0,
  inputs: 1,
  outputs: 2,
  optionsType: 3,
  options: 4,
  customOptions: 5,
} as const;
export const BUFFER = { data: 0, offset: 1, size: 2 } as const;
export const SPARSITY = { traversalOrder: 0, blockMap: 1, dimensions: 2 } as const;
export const DIMENSION = {
  format: 0,
  denseSize: 1,
  segmentsType: 2,
  segments: 3,
  indicesType: 4,
  indices: 5,
} as const;
/** `SparseIndexVector`: which kind of number a sparse index list holds. */
export const INDEX_VECTOR = { int32: 1, uint16: 2, uint8: 3 } as const;

export const CONV_OPTIONS = { padding: 0, strideW: 1, strideH: 2, activation: 3, dilationW: 4, dilationH: 5 } as const;
export const DEPTHWISE_OPTIONS = {
  padding: 0,
  strideW: 1,
  strideH: 2,
  depthMultiplier: 3,
  activation: 4,
  dilationW: 5,
  dilationH: 6,
} as const;
export const POOL_OPTIONS = {
  padding: 0,
  strideW: 1,
  strideH: 2,
  filterW: 3,
  filterH: 4,
  activation: 5,
} as const;
export const FULLY_CONNECTED_OPTIONS = { activation: 0, weightsFormat: 1, keepDimensions: 2 } as const;
export const CONCATENATION_OPTIONS = { axis: 0, activation: 1 } as const;
/** ADD, MUL, SUB and DIV alike. */
export const ARITHMETIC_OPTIONS = { activation: 0 } as const;
export const RESIZE_OPTIONS = { alignCorners: 2, halfPixelCenters: 3 } as const;
export const REDUCER_OPTIONS = { keepDimensions: 0 } as const;
export const BLOCK_OPTIONS = { blockSize: 0 } as const;
export const SOFTMAX_OPTIONS = { beta: 0 } as const;
export const LEAKY_RELU_OPTIONS = { alpha: 0 } as const;
export const STRIDED_SLICE_OPTIONS = {
  beginMask: 0,
  endMask: 1,
  ellipsisMask: 2,
  newAxisMask: 3,
  shrinkAxisMask: 4,
} as const;

export const ACTIVATION_NAMES = ['none', 'relu', 'relu-n1-to-1', 'relu6', 'tanh', 'sign-bit'] as const;
export type Activation = (typeof ACTIVATION_NAMES)[number];

export const PADDING_NAMES = ['same', 'valid'] as const;

/** `TensorType` by number; `bytes` of one element. Types without an entry are not read. */
export const TENSOR_TYPES: Readonly<
  Record<number, { name: 'float32' | 'float16' | 'int32' | 'int64'; bytes: number }>
> = {
  0: { name: 'float32', bytes: 4 },
  1: { name: 'float16', bytes: 2 },
  2: { name: 'int32', bytes: 4 },
  4: { name: 'int64', bytes: 8 },
};
export type TensorTypeName = 'float32' | 'float16' | 'int32' | 'int64';

/** `BuiltinOperator` by number. The whole list, so that an error can name what is missing. */
export const BUILTIN_OPERATORS: readonly string[] =
  'ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE EMBEDDING_LOOKUP FLOOR FULLY_CONNECTED HASHTABLE_LOOKUP L2_NORMALIZATION L2_POOL_2D LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM MAX_POOL_2D MUL RELU RELU_N1_TO_1 RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH CONCAT_EMBEDDINGS SKIP_GRAM CALL CUSTOM EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER BATCH_TO_SPACE_ND SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV SQUEEZE UNIDIRECTIONAL_SEQUENCE_LSTM STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN EXP TOPK_V2 SPLIT LOG_SOFTMAX DELEGATE BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG PADV2 GREATER GREATER_EQUAL LESS_EQUAL SELECT SLICE SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE EXPAND_DIMS EQUAL NOT_EQUAL LOG SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT REDUCE_PROD REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT UNPACK REDUCE_MIN FLOOR_DIV REDUCE_ANY SQUARE ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL REVERSE_V2 ADD_N GATHER_ND COS WHERE RANK ELU REVERSE_SEQUENCE MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH IF WHILE NON_MAX_SUPPRESSION_V4 NON_MAX_SUPPRESSION_V5 SCATTER_ND SELECT_V2 DENSIFY SEGMENT_SUM BATCH_MATMUL'.split(
    ' ',
  );
