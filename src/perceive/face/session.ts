/** The few things whyface needs of onnxruntime, so that tests and tools can bring their own. */
import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { WhyfaceError } from '../../kit/error.ts';

export type Networks = { Tensor: TensorConstructor };

export type Layout = 'interleaved' | 'planar';

/**
 * Side, layout and name of a network's one square picture input.
 *
 * @param usual the side to feed where the graph leaves it open
 */
export const inputSide = (
  session: InferenceSession,
  usual?: number,
): { side: number; layout: Layout; name: string } => {
  const [meta] = session.inputMetadata;
  const name = session.inputNames[0];
  if (meta?.isTensor === true && name !== undefined) {
    const [, second, third, fourth] = meta.shape;
    if (typeof third === 'number' && fourth === 3 && second === third) {
      return { side: third, layout: 'interleaved', name };
    }
    if (typeof third === 'number' && second === 3 && third === fourth) {
      return { side: third, layout: 'planar', name };
    }
    if (usual !== undefined && second === 3 && typeof third !== 'number' && typeof fourth !== 'number') {
      return { side: usual, layout: 'planar', name };
    }
  }
  throw new WhyfaceError({
    code: 'model-invalid',
    stage: 'perceive',
    message: `The model's input '${name ?? '?'}' is not a square colour picture; run 'whyface models verify'.`,
  });
};

export const outputNumbers = (tensor: Tensor | undefined, name: string): Float32Array => {
  if (tensor?.data instanceof Float32Array) {
    return tensor.data;
  }
  throw new WhyfaceError({
    code: 'model-invalid',
    stage: 'perceive',
    message: `The model's output '${name}' is missing or not single precision; run 'whyface models verify'.`,
  });
};
