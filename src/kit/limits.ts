/**
 * Every limit, in one place, with its reason. Limits are checked from the header, before decoding, on every way in.
 * (DESIGN §2 overrules the table in the reliability notes.)
 */
const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

export const LIMITS = {
  /** Largest media file. Two hours of 1080p at a generous bit rate. */
  mediaBytes: 2 * GIBIBYTE,
  /** Largest image file: a 40 MP camera JPEG is below 25 MB, a PNG of one may reach 100. */
  imageBytes: 120 * MEBIBYTE,
  /** Most pixels of an image, from its header: 40 MP is the largest common camera; decoding costs 3 bytes a pixel. */
  imagePixels: 40_000_000,
  /** Longest side of an image, from its header. */
  imageSide: 12_000,
  /** Most pixels of a video frame (a little above 4096 × 2304): a decoder keeps about 16 frames of it. */
  videoPixels: 4096 * 2304,
  /** Longest clip. */
  durationMs: 2 * 60 * 60 * 1000,
  /** Most frames a second that are analysed; faster streams are thinned to this. */
  analysedFps: 30,
  /** Most faces measured in one frame, largest first. */
  facesPerFrame: 64,
  /** Most streams of a container that are looked at. */
  streams: 64,
  /** Largest sidecar transcript or subtitle file, and most cues of it. */
  subtitleBytes: MEBIBYTE,
  subtitleCues: 5_000,
  /** Largest table of measurements (OpenFace writes about 5 KB a face and frame), its rows, and the bytes of one row. */
  tableBytes: 2 * GIBIBYTE,
  tableRows: 500_000,
  tableRecordBytes: MEBIBYTE,
  /** Most inputs in one table of measurements, and most faces (by id) of one of them. */
  tableInputs: 20_000,
  tablePeople: 1_000,
  /** Largest JSON file of measurements: it is read as a whole. */
  measurementJsonBytes: 256 * MEBIBYTE,
  /** Longest header probe of one file. */
  probeDeadlineMs: 10_000,
  /** A worker that has not reported anything for this long is taken for hung and killed. */
  workerSilenceMs: 20_000,
  /** Resident memory at which a perception worker is killed. */
  workerResidentBytes: 1536 * MEBIBYTE,
  /** Largest model download. */
  modelBytes: 4 * GIBIBYTE,
  /** A download from which nothing comes for this long is given up (and can be resumed). */
  modelStallMs: 60_000,
  /** Largest JSON body: it is parsed at once, and 16 MiB keep the event loop for about 0.1 s. Larger ones come as files. */
  requestJsonBytes: 16 * MEBIBYTE,
  /** Most times a language model is asked again for one counterfactual: three modalities, a repetition, and the four observations that weigh most. */
  counterfactualCalls: 8,
} as const;
