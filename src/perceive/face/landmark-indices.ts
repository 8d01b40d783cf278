/**
 * Points of the face mesh by name. Left and right are the person's own.
 * Source: MediaPipe `canonical_face_model.obj` and `tensors_to_face_landmarks_with_attention.pbtxt`.
 */
export const LANDMARKS = {
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  noseTip: 4,
  noseBridge: 6,
  foreheadTop: 10,
  chin: 152,
  rightCheekEdge: 234,
  leftCheekEdge: 454,
  mouthRight: 61,
  mouthLeft: 291,
  upperLip: 13,
  lowerLip: 14,
  rightIris: 468,
  leftIris: 473,
} as const;

/** Lid margins as pairs upper–lower, from the outer to the inner corner. */
export const LID_PAIRS = {
  right: [
    [160, 144],
    [159, 145],
    [158, 153],
  ],
  left: [
    [387, 373],
    [386, 374],
    [385, 380],
  ],
} as const;

/** Points that stand for a region when its visibility is judged. */
export const REGION_POINTS = {
  brows: [70, 63, 105, 66, 107, 300, 293, 334, 296, 336],
  eyes: [33, 133, 159, 145, 263, 362, 386, 374],
  nose: [1, 2, 4, 6, 98, 327, 195],
  cheeks: [50, 101, 118, 205, 280, 330, 347, 425],
  mouth: [0, 13, 14, 17, 61, 291, 37, 267, 84, 314],
  chin: [152, 148, 377, 175, 199, 200],
} as const;

const RIGHT_EYE_RING = [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173];
const LEFT_EYE_RING = [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398];

/** The 16 points of each lid margin; the depth of an iris is their mean. */
export const EYE_RINGS = { right: RIGHT_EYE_RING, left: LEFT_EYE_RING } as const;

/** Where the attention mesh's refined outputs go, in the order of its outputs (MediaPipe `LandmarksRefinementCalculator`). */
export const REFINED_POINTS = {
  lips: [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78, 95, 88, 178, 87, 14,
    317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306,
    184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268,
    271, 272, 407,
  ],
  rightEye: [
    ...RIGHT_EYE_RING, 130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231,
    232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128,
    245, 156, 70, 63, 105, 66, 107, 55, 193,
  ],
  leftEye: [
    ...LEFT_EYE_RING, 359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449,
    450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348,
    349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
  ],
  rightIris: [468, 469, 470, 471, 472],
  leftIris: [473, 474, 475, 476, 477],
} as const; // biome-ignore format: one table
