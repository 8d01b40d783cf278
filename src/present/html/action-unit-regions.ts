import type { ActionUnitCode } from '../../contracts/index.ts';

/** Points of the face mesh, joined to a closed outline; `hole` is cut out of it; `opening`: no skin, but the open mouth. */
export type Region = { outline: readonly number[]; hole?: readonly number[]; opening?: boolean };
/** From one point towards another: the way the skin moves. */
export type Pull = readonly [from: number, to: number];
/** Where an action unit acts on one half of the face, or, `middle`, on both at once. */
export type RegionEntry = { region: Region; pulls: readonly Pull[] };
export type ActionUnitRegions =
  | { left: RegionEntry; right: RegionEntry; middle?: never }
  | { middle: RegionEntry; left?: never; right?: never };

const OUTER_LIPS = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];
const INNER_LIPS = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95];
const LIPS: Region = { outline: OUTER_LIPS, hole: INNER_LIPS };
const RIGHT_EYE = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7];
const LEFT_EYE = [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249];
const EYES_SHUT: ActionUnitRegions = {
  right: { region: { outline: RIGHT_EYE }, pulls: [[27, 159]] },
  left: { region: { outline: LEFT_EYE }, pulls: [[257, 386]] },
};

/**
 * The skin over the muscles of each action unit, as outlines on the 478-point face mesh. Left and right are the
 * person's own.
 *
 * Courses of the muscles and directions of pull: FACS (Ekman, Friesen & Hager 2002), as tabulated in cosanlab/py-feat
 * docs/pages/au_reference.md. Numbers of the points: MediaPipe `canonical_face_model.obj` (Apache-2.0). The outlines
 * are ours, laid by hand on a frontal face and mirrored; they show where to look, not where a muscle ends.
 */
// biome-ignore format: one table
export const ACTION_UNIT_REGIONS: Readonly<Record<ActionUnitCode, ActionUnitRegions>> = {
  AU1: {
    right: { region: { outline: [55, 65, 66, 69, 108, 107] }, pulls: [[107, 108]] },
    left: { region: { outline: [285, 295, 296, 299, 337, 336] }, pulls: [[336, 337]] },
  },
  AU2: {
    right: { region: { outline: [46, 53, 52, 105, 104, 68, 70] }, pulls: [[70, 68]] },
    left: { region: { outline: [276, 283, 282, 334, 333, 298, 300] }, pulls: [[300, 298]] },
  },
  AU4: {
    right: { region: { outline: [9, 107, 66, 105, 52, 65, 55, 8] }, pulls: [[66, 221]] },
    left: { region: { outline: [9, 336, 296, 334, 282, 295, 285, 8] }, pulls: [[296, 441]] },
  },
  AU5: {
    right: { region: { outline: [33, 246, 161, 160, 159, 158, 157, 173, 133, 190, 56, 28, 27, 29, 30, 247] }, pulls: [[159, 27]] },
    left: { region: { outline: [263, 466, 388, 387, 386, 385, 384, 398, 362, 414, 286, 258, 257, 259, 260, 467] }, pulls: [[386, 257]] },
  },
  AU6: {
    right: { region: { outline: [143, 35, 31, 228, 229, 230, 231, 120, 100, 101, 50, 123, 116] }, pulls: [[50, 117]] },
    left: { region: { outline: [372, 265, 261, 448, 449, 450, 451, 349, 329, 330, 280, 352, 345] }, pulls: [[280, 346]] },
  },
  AU7: {
    right: { region: { outline: [33, 7, 163, 144, 145, 153, 154, 155, 133, 112, 26, 22, 23, 24, 110, 25] }, pulls: [[23, 145]] },
    left: { region: { outline: [263, 249, 390, 373, 374, 380, 381, 382, 362, 341, 256, 252, 253, 254, 339, 255] }, pulls: [[253, 374]] },
  },
  AU9: {
    right: { region: { outline: [193, 244, 128, 114, 47, 126, 209, 198, 236, 196, 122] }, pulls: [[198, 114]] },
    left: { region: { outline: [417, 464, 357, 343, 277, 355, 429, 420, 456, 419, 351] }, pulls: [[420, 343]] },
  },
  AU10: {
    right: { region: { outline: [97, 98, 64, 203, 206, 92, 40, 39, 37, 167] }, pulls: [[39, 98]] },
    left: { region: { outline: [326, 327, 294, 423, 426, 322, 270, 269, 267, 393] }, pulls: [[269, 327]] },
  },
  AU12: {
    right: { region: { outline: [61, 186, 206, 205, 50, 187, 207, 57] }, pulls: [[57, 187]] },
    left: { region: { outline: [291, 410, 426, 425, 280, 411, 427, 287] }, pulls: [[287, 411]] },
  },
  AU14: {
    right: { region: { outline: [61, 186, 216, 214, 202, 43] }, pulls: [[57, 214]] },
    left: { region: { outline: [291, 410, 436, 434, 422, 273] }, pulls: [[287, 434]] },
  },
  AU15: {
    right: { region: { outline: [61, 57, 202, 210, 169, 211, 204, 43] }, pulls: [[43, 210]] },
    left: { region: { outline: [291, 287, 422, 430, 394, 431, 424, 273] }, pulls: [[273, 430]] },
  },
  AU16: {
    right: { region: { outline: [91, 181, 84, 83, 194, 204, 106] }, pulls: [[181, 194]] },
    left: { region: { outline: [321, 405, 314, 313, 418, 424, 335] }, pulls: [[405, 418]] },
  },
  AU17: { middle: { region: { outline: [18, 83, 201, 32, 140, 171, 175, 396, 369, 262, 421, 313] }, pulls: [[199, 18]] } },
  AU18: { middle: { region: LIPS, pulls: [[57, 61], [287, 291]] } },
  AU20: {
    right: { region: { outline: [61, 216, 192, 138, 135, 202, 43] }, pulls: [[57, 214]] },
    left: { region: { outline: [291, 436, 416, 367, 364, 422, 273] }, pulls: [[287, 434]] },
  },
  AU22: { middle: { region: LIPS, pulls: [[0, 164], [17, 18]] } },
  AU23: { middle: { region: LIPS, pulls: [[57, 61], [287, 291]] } },
  AU24: { middle: { region: LIPS, pulls: [[164, 0], [18, 17]] } },
  AU25: { middle: { region: { outline: INNER_LIPS, opening: true }, pulls: [] } },
  AU26: { middle: { region: { outline: INNER_LIPS, opening: true }, pulls: [[199, 152]] } },
  AU27: { middle: { region: { outline: INNER_LIPS, opening: true }, pulls: [[199, 152]] } },
  AU28: { middle: { region: LIPS, pulls: [[0, 13], [17, 14]] } },
  AU43: EYES_SHUT,
  AU45: EYES_SHUT,
};

/** Lines that let the eye find the face among the points: outline, brows, eyes, nose, lips. Same source of numbers. */
export const FACE_LINES: ReadonlyArray<{ points: readonly number[]; closed: boolean }> = [
  { points: [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109], closed: true },
  { points: [46, 53, 52, 65, 55], closed: false },
  { points: [70, 63, 105, 66, 107], closed: false },
  { points: [276, 283, 282, 295, 285], closed: false },
  { points: [300, 293, 334, 296, 336], closed: false },
  { points: RIGHT_EYE, closed: true },
  { points: LEFT_EYE, closed: true },
  { points: OUTER_LIPS, closed: true },
  { points: INNER_LIPS, closed: true },
  { points: [168, 6, 197, 195, 5, 4], closed: false },
  { points: [98, 97, 2, 326, 327], closed: false },
]; // biome-ignore format: one table
