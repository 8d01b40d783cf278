import { InferenceSession, Tensor } from 'onnxruntime-node';

export type Numbers = { dims: readonly number[]; data: Float32Array };

const single: InferenceSession.SessionOptions = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

/** Runs a graph with one input once and returns its outputs by name. */
export const runOnnx = async (model: Uint8Array | string, input: Numbers): Promise<Record<string, Numbers>> => {
  const session =
    typeof model === 'string'
      ? await InferenceSession.create(model, single)
      : await InferenceSession.create(model, single);
  const [name = ''] = session.inputNames;
  const answer = await session.run({ [name]: new Tensor('float32', input.data, [...input.dims]) });
  const outputs: Record<string, Numbers> = {};
  for (const key of session.outputNames) {
    const tensor = answer[key];
    if (tensor?.data instanceof Float32Array) {
      outputs[key] = { dims: tensor.dims, data: tensor.data };
    }
  }
  await session.release();
  return outputs;
};

/** Numbers that look random and are the same each time. */
export const numbers = (count: number, seed: number, low = -1, high = 1): Float32Array => {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return low + ((high - low) * state) / 0x7fffffff;
  });
};

export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) {
    return Number.POSITIVE_INFINITY;
  }
  let largest = 0;
  for (let index = 0; index < a.length; index += 1) {
    const difference = Math.abs((a[index] ?? 0) - (b[index] ?? 0));
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }
  return largest;
};

/** batch 1, height × width × channels → channels × height × width, and back. */
export const toPlanes = (data: Float32Array, height: number, width: number, channels: number): Float32Array =>
  Float32Array.from(data, (_, index) => {
    const [plane, place] = [Math.floor(index / (height * width)), index % (height * width)];
    return data[place * channels + plane] ?? 0;
  });
