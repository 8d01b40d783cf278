import canonical from './canonical-face.json' with { type: 'json' };

/**
 * Google's canonical face (MediaPipe `geometry_pipeline_metadata_landmarks.binarypb`, Apache-2.0): 468 points of the
 * face mesh in hundredths of a centimetre, x to the person's left, y up, z out of the face; and its triangles.
 */
export const CANONICAL_POINTS: Float32Array = Float32Array.from(canonical.points, (value) => value / 100);
export const CANONICAL_TRIANGLES: Uint16Array = Uint16Array.from(canonical.triangles);
export const POINT_COUNT = CANONICAL_POINTS.length / 3;
