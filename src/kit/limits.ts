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
  /** Most shapes of one face (478 points) that percepts keep where they are asked for: 2.9 KB each, so 8 MiB a person. */
  landmarkShapes: 3_000,
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
  /** Largest body of the other requests: a question, a correction, a conversation. */
  smallBodyBytes: MEBIBYTE,
  /** An upload or download that brings nothing for this long, or fewer bytes a second over it, is given up. */
  transferIdleMs: 15_000,
  transferBytesPerSecond: 1024,
  /** Longest download from a web address, its redirects, and its largest file (what imgproxy's kind allow, for clips). */
  fetchMs: 120_000,
  fetchRedirects: 5,
  fetchBytes: 200 * MEBIBYTE,
  /** Room that stays free on the disk of the service: the database and running jobs must still be able to write. */
  diskReserveBytes: 256 * MEBIBYTE,
  /** Largest transcript in a multipart body. */
  transcriptBytes: MEBIBYTE,
  /** Whole request, upload included: 2 GiB at 5 Mbit/s take an hour. */
  requestMs: 60 * 60 * 1000,
  /** Head of a request: longer is an attack or a broken line. */
  requestHeadMs: 10_000,
  /** Open connections; beyond them the server does not accept. */
  connections: 2_000,
  /** Most times a language model is asked again for one counterfactual: three modalities, a repetition, and the four observations that weigh most. */
  counterfactualCalls: 8,
  /** A language model that has not begun to answer for this long is asked again; 60 s is a long prompt on a slow machine. */
  llmAttemptMs: 60_000,
  /** Longest silence within an answer: models write several words a second, proxies send comments every 15 s. */
  llmIdleMs: 20_000,
  /** All calls of one explanation together, waits between them included. */
  llmTotalMs: 150_000,
  /** Most tries of one call, the first included. */
  llmAttempts: 4,
  /** A server that asks to be left alone for longer is taken to be down. */
  llmRetryAfterMs: 20_000,
  /** Most bytes of one answer on the wire: an event is about 250 bytes a token, and answers are below 4 000 tokens. */
  llmAnswerBytes: 4 * MEBIBYTE,
  /** Most characters of one answer: four times the longest that the prompts ask for. */
  llmAnswerCharacters: 65_536,
  /** Longest and deepest damaged JSON that a repair is tried on; a repair is quadratic at worst. */
  llmRepairCharacters: 32_768,
  llmRepairDepth: 64,
  /** Tries in a row that fail before a server is left alone, and for how long. */
  llmBreakerFailures: 5,
  llmBreakerMs: 30_000,
  /** Calls of the model, and of tools, for one answer of a conversation: look twice, compare, answer, with room for a mistake. */
  chatModelCalls: 6,
  chatToolCalls: 10,
} as const;
