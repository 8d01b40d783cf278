import type { Point } from './thin-plate.ts';

/**
 * The movements of the clip: which points of the face mesh go where at full strength, in hundredths of the distance
 * between the outer eye corners, x to the right of the picture, y down. The picture's left is the person's own right.
 * Laid by hand on the photo, looking at the result.
 */
export type Movement = ReadonlyMap<number, Point>;

const points = (indices: readonly number[], displacement: Point): Array<[number, Point]> =>
  indices.map((index) => [index, displacement]);

/** The same points mirrored: `[right, left]` and the displacement of the right one. */
const mirrored = (pairs: ReadonlyArray<readonly [number, number, Point]>): Array<[number, Point]> =>
  pairs.flatMap(
    ([right, left, [x, y]]): Array<[number, Point]> => [
      [right, [x, y]],
      [left, [-x, y]],
    ],
  );

/** AU1 + AU2 of the own right. */
const RIGHT_BROW: Movement = new Map([
  ...points([55, 107], [0.3, -6.6]),
  ...points([65, 66], [0, -7.8]),
  ...points([52, 105], [0, -8.8]),
  ...points([53, 63], [0, -8.6]),
  ...points([46, 70], [0, -6.8]),
  ...points([69, 104, 108], [0, -3.6]),
  ...points([68, 71], [0, -3.4]),
  ...points([222, 223, 224], [0, -4.4]),
  ...points([28, 27, 29], [0, -2.2]),
  ...points([159, 158, 160], [0, -0.5]),
]);

/** AU1 + AU2 of the own left. */
const LEFT_BROW: Movement = new Map([
  ...points([285, 336], [-0.3, -6.6]),
  ...points([295, 296], [0, -7.8]),
  ...points([282, 334], [0, -8.8]),
  ...points([283, 293], [0, -8.6]),
  ...points([276, 300], [0, -6.8]),
  ...points([299, 333, 337], [0, -3.6]),
  ...points([298, 301], [0, -3.4]),
  ...points([442, 443, 444], [0, -4.4]),
  ...points([258, 257, 259], [0, -2.2]),
  ...points([386, 385, 387], [0, -0.5]),
]);

/** The smile of the photo (AU6 + AU12 + AU25) goes: corners down and in, lips together, cheeks and lower lids down. */
const SMILE_FADES: Movement = new Map([
  // Outer and inner edge of the upper lip, from the corner to the middle.
  ...mirrored([
    [61, 291, [7.6, 8.0]],
    [185, 409, [6.6, 6.2]],
    [40, 270, [5.0, 4.2]],
    [39, 269, [3.4, 2.6]],
    [37, 267, [1.7, 1.6]],
    [78, 308, [7.4, 7.8]],
    [191, 415, [6.4, 6.2]],
    [80, 310, [5.0, 5.3]],
    [81, 311, [3.4, 4.1]],
    [82, 312, [1.7, 3.3]],
  ]),
  ...points([0], [0, 1.6]),
  ...points([13], [0, 3.0]),
  // Inner and outer edge of the lower lip.
  ...mirrored([
    [95, 324, [6.4, 1.9]],
    [88, 318, [4.8, -2.2]],
    [178, 402, [3.2, -6.2]],
    [87, 317, [1.6, -8.0]],
    [146, 375, [6.8, 4.2]],
    [91, 321, [5.2, 0.2]],
    [181, 405, [3.4, -3.2]],
    [84, 314, [1.6, -4.8]],
  ]),
  ...points([14], [0, -8.4]),
  ...points([17], [0, -5.2]),
  // Around the mouth, the cheeks, the chin, the lower lids.
  ...mirrored([
    [57, 287, [6.4, 6.2]],
    [43, 273, [5.2, 3.6]],
    [106, 335, [3.0, -0.6]],
    [202, 422, [3.4, 2.0]],
    [212, 432, [3.8, 3.4]],
    [216, 436, [4.4, 4.6]],
    [206, 426, [2.4, 3.4]],
    [92, 322, [3.0, 2.8]],
    [207, 427, [2.4, 3.4]],
    [187, 411, [1.2, 2.8]],
    [205, 425, [1.2, 3.4]],
    [50, 280, [0.4, 2.6]],
    [101, 330, [0, 2.0]],
    [118, 347, [0, 1.6]],
    [145, 374, [0, 0.9]],
    [144, 373, [0, 0.7]],
    [153, 380, [0, 0.7]],
    [204, 424, [1.2, -1.2]],
    [194, 418, [0.6, -2.2]],
  ]),
  ...points([18], [0, -3.4]),
  ...points([200], [0, -1.8]),
  ...points([199], [0, -1.0]),
  ...points([164], [0, 0.9]),
  ...points([2], [0, 0.5]),
]);

export const MOVEMENTS = {
  rightBrow: RIGHT_BROW,
  leftBrow: LEFT_BROW,
  smileFades: SMILE_FADES,
} as const;

export type MovementName = keyof typeof MOVEMENTS;

/** Points that hold still unless a movement takes them: outline, eyes, nose, what lies between. */
export const ANCHORS: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 33, 133, 263, 362, 7, 163, 154, 155, 249, 390, 381, 382, 168,
  6, 197, 195, 5, 4, 1, 98, 327, 8, 9, 151, 117, 346, 111, 340, 116, 345, 147, 376, 213, 433, 138, 367, 169, 394, 170,
  395, 140, 369, 156, 383, 143, 372, 226, 446, 190, 414, 193, 417, 122, 351, 110, 339, 22, 252, 23, 253,
];
