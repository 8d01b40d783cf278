/**
 * 478 points of the face mesh as one flat array `x, y, z, x, y, z, …`: x and y in pixels of the upright picture, z in
 * the same unit, smaller nearer to the camera (MediaPipe's order: 468 of the mesh, then 5 of each iris).
 */
export type FaceLandmarks = Float32Array;

export const LANDMARK_COUNT = 478;
export const MESH_COUNT = 468;
