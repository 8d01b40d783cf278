/** Operators that work number by number, and reductions. */
import {
  activated,
  type Conversion,
  type Converter,
  inFileOrder,
  inPlanes,
  inRawPlanes,
  isBlocked,
  isPicture,
  scalePlanes,
  sizeAt,
  unsupported,
  withSign,
} from '../conversion.ts';
import { ARITHMETIC_OPTIONS, LEAKY_RELU_OPTIONS, REDUCER_OPTIONS, SOFTMAX_OPTIONS } from '../tflite-schema.ts';

/** The operands in one layout: planes when any of them is in planes and the others can follow. */
const operands = (conversion: Conversion): { names: [string, string]; planar: boolean } => {
  const { graph } = conversion;
  const [left, right] = [conversion.input(0), conversion.input(1)];
  const followers = [left, right].every((value) => value.constant !== null || isPicture(value));
  const planar = followers && (left.planar || right.planar);
  const place = planar ? inPlanes : inFileOrder;
  return { names: [place(graph, left), place(graph, right)], planar };
};

const binary =
  (onnxOperator: string, hasActivation = true): Converter =>
  (conversion) => {
    const { names, planar } = operands(conversion);
    const result = conversion.graph.add(onnxOperator, names);
    conversion.give(hasActivation ? activated(conversion, result, ARITHMETIC_OPTIONS.activation) : result, { planar });
  };

/** Sums of planes stay as deep and as turned as their operands are. */
const add: Converter = (conversion) => {
  const { graph, operator } = conversion;
  const values = [conversion.input(0), conversion.input(1)];
  const [left, right] = values;
  const sameForm = values.every((value) => value.planar && value.constant === null) && left?.depth === right?.depth;
  const sameShape = left?.shape.join() === right?.shape.join();
  if (left === undefined || right === undefined || !sameForm || !sameShape) {
    binary('Add')(conversion);
    return;
  }
  const hasActivation = (operator.options?.int8(ARITHMETIC_OPTIONS.activation) ?? 0) !== 0;
  const negated = !hasActivation && conversion.wantsNegated();
  const names = values.map((value) => withSign(graph, inRawPlanes(graph, value), negated).name);
  const sum = activated(conversion, graph.add('Add', names), ARITHMETIC_OPTIONS.activation);
  conversion.give(sum, { planar: true, depth: left.depth, negated });
};

const squaredDifference: Converter = (conversion) => {
  const { names, planar } = operands(conversion);
  const difference = conversion.graph.add('Sub', names);
  conversion.give(conversion.graph.add('Mul', [difference, difference]), { planar });
};

/** The input in whatever layout it has. */
const asItIs = (conversion: Conversion): { name: string; planar: boolean } => {
  const input = conversion.input(0);
  const { planar } = input;
  return { name: planar ? inPlanes(conversion.graph, input) : inFileOrder(conversion.graph, input), planar };
};

const unary =
  (onnxOperator: string): Converter =>
  (conversion) => {
    const { name, planar } = asItIs(conversion);
    conversion.give(conversion.graph.add(onnxOperator, [name]), { planar });
  };

const clip =
  (low: number, high: number): Converter =>
  (conversion) => {
    const { graph } = conversion;
    const { name, planar } = asItIs(conversion);
    conversion.give(graph.add('Clip', [name, graph.floats([low], []), graph.floats([high], [])]), { planar });
  };

const rsqrt: Converter = (conversion) => {
  const { name, planar } = asItIs(conversion);
  const root = conversion.graph.add('Sqrt', [name]);
  conversion.give(conversion.graph.add('Reciprocal', [root]), { planar });
};

const relu: Converter = (conversion) => {
  const { graph } = conversion;
  const input = conversion.input(0);
  if (!input.planar) {
    unary('Relu')(conversion);
    return;
  }
  const { name, depth } = withSign(graph, inRawPlanes(graph, input), false);
  conversion.give(graph.add('Relu', [name]), { planar: true, depth });
};

/**
 * ONNX Runtime's own PRelu knows no blocked layout and is slow besides: half of a face mesh's time went into it and
 * into leaving and re-entering that layout. With n = −x it is −PRelu(x) = n + (slope − 1) · Relu(n): a Relu and one
 * 1×1 convolution, into which the runtime fuses the addition. So a mesh is computed with its sign turned: the
 * convolutions around turn theirs for nothing, and only a maximum (pooling) needs the sign turned back.
 */
const prelu: Converter = (conversion) => {
  const { graph } = conversion;
  const input = conversion.input(0);
  const slopes = conversion.numbers(1);
  if (!isBlocked(input) || slopes.length !== sizeAt(input, 3)) {
    plainPrelu(conversion);
    return;
  }
  const source = withSign(graph, inRawPlanes(graph, input), true);
  const negated = !conversion.users().includes('MAX_POOL_2D');
  const bends = new Float32Array(source.depth);
  bends.set([...slopes].map((slope) => (negated ? slope - 1 : 1 - slope)));
  const bent = scalePlanes(graph, graph.add('Relu', [source.name]), bends);
  const straight = withSign(graph, source, negated).name;
  conversion.give(graph.add('Add', [bent, straight]), { planar: true, depth: source.depth, negated });
};

const plainPrelu: Converter = (conversion) => {
  const { names, planar } = operands(conversion);
  conversion.give(conversion.graph.add('PRelu', names), { planar });
};

const leakyRelu: Converter = (conversion) => {
  const { name, planar } = asItIs(conversion);
  const alpha = conversion.operator.options?.float32(LEAKY_RELU_OPTIONS.alpha) ?? 0;
  conversion.give(conversion.graph.add('LeakyRelu', [name], { alpha: { float: alpha } }), { planar });
};

const softmax: Converter = (conversion) => {
  const { graph, operator } = conversion;
  if ((operator.options?.float32(SOFTMAX_OPTIONS.beta) ?? 0) !== 1) {
    throw unsupported(operator, 'a scale other than 1');
  }
  conversion.give(graph.add('Softmax', [inFileOrder(graph, conversion.input(0))], { axis: -1 }));
};

const reduction =
  (onnxOperator: 'ReduceMean' | 'ReduceSum' | 'ReduceMax' | 'ReduceMin'): Converter =>
  (conversion) => {
    const { graph, operator } = conversion;
    const axes = [...conversion.numbers(1)];
    const keepdims = operator.options?.bool(REDUCER_OPTIONS.keepDimensions) ? 1 : 0;
    const name = inFileOrder(graph, conversion.input(0));
    conversion.give(
      onnxOperator === 'ReduceSum'
        ? graph.add(onnxOperator, [name, graph.integers(axes)], { keepdims })
        : graph.add(onnxOperator, [name], { axes, keepdims }),
    );
  };

export const ARITHMETIC_CONVERTERS: Readonly<Record<string, Converter>> = {
  ADD: add,
  SUB: binary('Sub'),
  MUL: binary('Mul'),
  DIV: binary('Div'),
  MAXIMUM: binary('Max', false),
  MINIMUM: binary('Min', false),
  SQUARED_DIFFERENCE: squaredDifference,
  PRELU: prelu,
  LEAKY_RELU: leakyRelu,
  RELU: relu,
  RELU6: clip(0, 6),
  RELU_N1_TO_1: clip(-1, 1),
  HARD_SWISH: unary('HardSwish'),
  LOGISTIC: unary('Sigmoid'),
  TANH: unary('Tanh'),
  NEG: unary('Neg'),
  ABS: unary('Abs'),
  EXP: unary('Exp'),
  SQRT: unary('Sqrt'),
  RSQRT: rsqrt,
  SOFTMAX: softmax,
  MEAN: reduction('ReduceMean'),
  SUM: reduction('ReduceSum'),
  REDUCE_MAX: reduction('ReduceMax'),
  REDUCE_MIN: reduction('ReduceMin'),
};
