/**
 * A picture that the perception worker was asked for: an apex or baseline crop for the report, CLIP or a VLM. It is
 * never part of percepts or of an analysis, and never stored with them.
 */
export type Still = {
  subject: string;
  /** `apex`: a moment at which the face moves most; `baseline`: the same person at rest. Not told for the report. */
  role?: 'apex' | 'baseline' | undefined;
  /** Whether whoever asked allowed this picture to leave the machine (`--allow-remote-frames`). Not told: no. */
  mayLeave?: boolean | undefined;
  /** Milliseconds of the frame. */
  ms: number;
  /** JPEG bytes of the crop around the face. */
  jpeg: Uint8Array;
  width: number;
  height: number;
  /** 478 face-mesh points in pixels of the crop, `[x, y]` each. */
  landmarks: ReadonlyArray<readonly [number, number]>;
};
