/**
 * HSEmotion (Savchenko 2021, github.com/av-savchenko/face-emotion-recognition; `enet_b0_8_va_mtl.onnx`), an
 * EfficientNet-B0 over the face's upright box: takes the place of our own head when it has been pulled.
 */
import type { InferenceSession } from 'onnxruntime-node';
import { EXPRESSION_LABELS } from '../../contracts/expression.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { ExpressionReader } from './expression.ts';
import type { RgbImage } from './image.ts';
import { type Box, boxOfLandmarks } from './region.ts';
import { inputSide, type Networks, outputNumbers } from './session.ts';

/** Mean and deviation of ImageNet's red, green and blue, 0–1: what the network was trained behind. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const LOGITS = EXPRESSION_LABELS.length;
const OUTPUTS = LOGITS + 2;
const SIDE = 224;

/**
 * The box as RGB planes, stretched to a square as the authors' code does; sub-sampled where it is shrunk. What lies
 * outside the picture repeats its border.
 */
const fillPlanes = (image: RgbImage, box: Box, side: number, planes: Float32Array): void => {
  const { data, width, height } = image;
  const samples = Math.min(6, Math.max(1, Math.round(Math.max(box.width, box.height) / side)));
  const cell = (pixels: number): number => pixels / side / samples;
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const at = (x: number, y: number, channel: number): number => data[(y * width + x) * 3 + channel] ?? 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const sums = [0, 0, 0];
      for (let sub = 0; sub < samples * samples; sub += 1) {
        const across = column * samples + (sub % samples) + 0.5;
        const down = row * samples + Math.floor(sub / samples) + 0.5;
        const x = clamp(box.x + across * cell(box.width) - 0.5, width - 1);
        const y = clamp(box.y + down * cell(box.height) - 0.5, height - 1);
        const [left, top] = [Math.floor(x), Math.floor(y)];
        const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
        const [fx, fy] = [x - left, y - top];
        for (let channel = 0; channel < 3; channel += 1) {
          const upper = at(left, top, channel) * (1 - fx) + at(right, top, channel) * fx;
          const lower = at(left, bottom, channel) * (1 - fx) + at(right, bottom, channel) * fx;
          sums[channel] = (sums[channel] ?? 0) + upper * (1 - fy) + lower * fy;
        }
      }
      for (const [channel, sum] of sums.entries()) {
        planes[channel * side * side + row * side + column] =
          (sum / (samples * samples) / 255 - (MEAN[channel] ?? 0)) / (DEVIATION[channel] ?? 1);
      }
    }
  }
};

const softmax = (logits: readonly number[]): number[] => {
  const highest = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - highest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
};

/**
 * Inputs and outputs are told by their shapes, whatever an export calls them: one output of ten, or one of eight and one
 * of two.
 *
 * @param session 224 × 224 RGB planes → eight logits in the order of `EXPRESSION_LABELS`, valence, arousal
 * @throws WhyfaceError `model-invalid` when its input or output is another
 */
export const createHsemotionReader = (session: InferenceSession, TensorClass: Networks['Tensor']): ExpressionReader => {
  const { side, layout, name } = inputSide(session, SIDE);
  const invalid = (what: string): WhyfaceError =>
    new WhyfaceError({
      code: 'model-invalid',
      stage: 'perceive',
      message: `The HSEmotion model ${what}; run 'whyface models verify'.`,
    });
  if (layout !== 'planar') {
    throw invalid('does not take planes of colours');
  }
  const planes = new Float32Array(3 * side * side);
  return async (image, landmarks) => {
    fillPlanes(image, boxOfLandmarks(landmarks), side, planes);
    const answer = await session.run({ [name]: new TensorClass('float32', planes, [1, 3, side, side]) });
    const found = session.outputNames.map((output) => [...outputNumbers(answer[output], output)]);
    const one = found.find(({ length }) => length === OUTPUTS);
    const logits = found.find(({ length }) => length === LOGITS);
    const positions = found.find(({ length }) => length === OUTPUTS - LOGITS);
    const values = one ?? (logits === undefined || positions === undefined ? null : [...logits, ...positions]);
    if (values === null) {
      const lengths = found.map(({ length }) => length).join(' and ');
      throw invalid(`answers with ${lengths} numbers instead of ${OUTPUTS}`);
    }
    const shares = softmax(values.slice(0, LOGITS));
    const affect = (index: number): number => Math.min(1, Math.max(-1, values[LOGITS + index] ?? 0));
    return {
      scores: recordOf(EXPRESSION_LABELS, (label) => shares[EXPRESSION_LABELS.indexOf(label)] ?? 0),
      valence: affect(0),
      arousal: affect(1),
    };
  };
};
