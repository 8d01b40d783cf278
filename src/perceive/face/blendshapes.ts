/**
 * MediaPipe Blendshape V2: 146 points of the mesh, in pixels of the picture, to 52 ARKit-style scores.
 * Source: MediaPipe `tasks/cc/vision/face_landmarker/face_blendshapes_graph.cc` (Apache-2.0).
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { FaceLandmarks } from './landmarks.ts';
import { type Networks, outputNumbers } from './session.ts';

/** Points that go in, in this order. */
// biome-ignore format: one table
export const BLENDSHAPE_LANDMARKS = [
  0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80, 81,
  82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153, 154,
  155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251, 263,
  267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321,
  323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387,
  388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
] as const;

/** Names of what comes out, in this order. */
// biome-ignore format: one table
export const BLENDSHAPE_NAMES = [
  '_neutral', 'browDownLeft', 'browDownRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight', 'cheekPuff',
  'cheekSquintLeft', 'cheekSquintRight', 'eyeBlinkLeft', 'eyeBlinkRight', 'eyeLookDownLeft', 'eyeLookDownRight',
  'eyeLookInLeft', 'eyeLookInRight', 'eyeLookOutLeft', 'eyeLookOutRight', 'eyeLookUpLeft', 'eyeLookUpRight',
  'eyeSquintLeft', 'eyeSquintRight', 'eyeWideLeft', 'eyeWideRight', 'jawForward', 'jawLeft', 'jawOpen', 'jawRight',
  'mouthClose', 'mouthDimpleLeft', 'mouthDimpleRight', 'mouthFrownLeft', 'mouthFrownRight', 'mouthFunnel',
  'mouthLeft', 'mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthPressLeft', 'mouthPressRight', 'mouthPucker',
  'mouthRight', 'mouthRollLower', 'mouthRollUpper', 'mouthShrugLower', 'mouthShrugUpper', 'mouthSmileLeft',
  'mouthSmileRight', 'mouthStretchLeft', 'mouthStretchRight', 'mouthUpperUpLeft', 'mouthUpperUpRight',
  'noseSneerLeft', 'noseSneerRight',
] as const;

export type BlendshapeRunner = (points: FaceLandmarks) => Promise<Float32Array>;

export const createBlendshapeRunner = (
  session: InferenceSession,
  TensorClass: Networks['Tensor'],
): BlendshapeRunner => {
  const buffer = new Float32Array(BLENDSHAPE_LANDMARKS.length * 2);
  const input: Tensor = new TensorClass('float32', buffer, [1, BLENDSHAPE_LANDMARKS.length, 2]);
  const [inputName = '', outputName = ''] = [session.inputNames[0], session.outputNames[0]];
  return async (points) => {
    for (const [position, landmark] of BLENDSHAPE_LANDMARKS.entries()) {
      buffer[position * 2] = points[landmark * 3] ?? 0;
      buffer[position * 2 + 1] = points[landmark * 3 + 1] ?? 0;
    }
    const answer = await session.run({ [inputName]: input });
    return outputNumbers(answer[outputName], outputName);
  };
};
