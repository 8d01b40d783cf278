/** Hand-made percepts, analyses and explanations for tests of what is shown; nothing here was measured. */
import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  type Analysis,
  type ExplainRecord,
  type Explanation,
  type Observation,
  type ObservationOf,
  type Percepts,
  SIDED_ACTION_UNITS,
  type Still,
  type SubjectPercepts,
} from '../../src/contracts/index.ts';

const SIDED = new Set<ActionUnitCode>(SIDED_ACTION_UNITS);

/** Rises from `onset` to `apex`, holds, and falls to zero at `offset`; smooth. */
const course =
  (onset: number, apex: number, release: number, offset: number, level: number) =>
  (ms: number): number => {
    const ease = (share: number): number => {
      const inside = Math.min(1, Math.max(0, share));
      return inside * inside * (3 - 2 * inside);
    };
    return level * Math.min(ease((ms - onset) / (apex - onset)), ease((offset - ms) / (offset - release)));
  };

type Course = { left: (ms: number) => number; right: (ms: number) => number };
const both = (shape: (ms: number) => number): Course => ({ left: shape, right: shape });
const nothing = (): number => 0.15;

const COURSES: Partial<Record<ActionUnitCode, Course>> = {
  AU1: both(course(800, 1300, 1700, 2100, 2.8)),
  AU2: {
    left: (ms) => course(800, 1300, 1700, 2100, 3.1)(ms) + course(2600, 3000, 3500, 3900, 2.9)(ms),
    right: course(800, 1300, 1700, 2100, 3.0),
  },
  AU6: both((ms) => 2.2 - course(4300, 5400, 9000, 9900, 1.9)(ms)),
  AU12: both((ms) => 3.4 - course(4300, 5400, 9000, 9900, 2.9)(ms)),
  AU25: both((ms) => 2.9 - course(4300, 5400, 9000, 9900, 2.6)(ms)),
  AU45: both(course(3990, 4080, 4110, 4220, 4.2)),
};

const noise = (index: number, salt: number): number => 0.08 * Math.sin(index * 1.7 + salt * 2.3);

export const buildSubject = (frames: number, stepMs: number, id = 'P1'): SubjectPercepts => {
  const t = Array.from({ length: frames }, (_, index) => index * stepMs);
  const constant = (value: number): number[] => t.map(() => value);
  const clamp = (value: number): number => Math.round(Math.min(5, Math.max(0, value)) * 1000) / 1000;
  const units = ACTION_UNIT_CODES.filter((code) => code !== 'AU43').map((code, salt) => {
    const shape = COURSES[code] ?? both(nothing);
    const left = t.map((ms, index) => clamp(shape.left(ms) + noise(index, salt)));
    const right = t.map((ms, index) => clamp(shape.right(ms) + noise(index + 3, salt)));
    const whole = left.map((value, index) => Math.max(value, right[index] ?? 0));
    const sided = SIDED.has(code);
    return [code, { both: whole, left: sided ? left : null, right: sided ? right : null, threshold: 1 }] as const;
  });
  return {
    id,
    t,
    frame: t.map((_, index) => index),
    confidence: constant(0.98),
    box: { x: constant(180), y: constant(95), width: constant(200), height: constant(240) },
    interOcular: constant(120),
    head: { yaw: constant(4), pitch: constant(-2), roll: constant(1) },
    gaze: { yaw: constant(1), pitch: constant(-3) },
    actionUnits: Object.fromEntries(units),
    visibility: { brows: constant(1), eyes: constant(1), nose: constant(1), cheeks: constant(1), mouth: constant(1), chin: constant(1) },
    sharpness: constant(0.9),
    brightness: constant(0.55),
    expression: {
      anger: constant(0.01), contempt: constant(0.02), disgust: constant(0.01), fear: constant(0.03),
      happiness: constant(0.7), neutral: constant(0.1), sadness: constant(0.02), surprise: constant(0.11),
    },
    affect: { valence: constant(0.62), arousal: constant(0.31) },
    blendshapes: null,
  };
}; // biome-ignore format: tables of constants

export type BuildOptions = { kind?: 'image' | 'video'; frames?: number };

export const buildPercepts = ({ kind = 'video', frames = kind === 'image' ? 1 : 150 }: BuildOptions = {}): Percepts => {
  const stepMs = kind === 'image' ? 0 : 40;
  const subject = buildSubject(frames, stepMs);
  return {
    schema: 'whyface/percepts@1',
    clip: {
      digest: 'ab'.repeat(32),
      kind,
      durationMs: frames * stepMs,
      width: 512,
      height: 512,
      fps: kind === 'image' ? null : 25,
      hasAudio: kind === 'video',
      hasSpeech: null,
    },
    sampling: { fps: kind === 'image' ? 0 : 25, frames },
    frames: { t: subject.t, frame: subject.frame },
    subjects: [subject],
    models: [
      { id: 'blazeface-short', version: '0.4.1646425229', digest: '1c'.repeat(32) },
      { id: 'attention-mesh', version: '0.4.1633559619', digest: '2d'.repeat(32) },
      { id: 'au-head', version: '1', digest: '3e'.repeat(32) },
    ],
    notMeasured: [{ what: 'voice', why: 'The voice is not measured by this version.' }],
    warnings: [],
  };
};

type UnitFacts = Pick<ObservationOf<'action-unit'>, 'text'> &
  Partial<ObservationOf<'action-unit'>['au']> & { code: ActionUnitCode };

const unit = (id: string, startMs: number, endMs: number, { text, ...au }: UnitFacts): Observation => ({
  id,
  kind: 'action-unit',
  subject: 'P1',
  range: { startMs, endMs },
  confidence: 0.82,
  source: 'au-head',
  text,
  au: {
    name: 'lip corner puller',
    status: 'present',
    side: 'both',
    intensity: 3.1,
    letter: 'C',
    onsetMs: startMs,
    apexMs: Math.round((startMs + endMs) / 2),
    offsetMs: endMs,
    micro: false,
    overBaseline: 2.4,
    ...au,
  },
});

export const buildObservations = (): Observation[] => [
  unit('o1', 0, 5000, {
    code: 'AU12', name: 'lip corner puller', intensity: 3.4, letter: 'C', onsetMs: null, apexMs: 2000, offsetMs: 5000,
    text: 'The lip corners are markedly pulled up and back from the start, strongest at 0:02.0, and relax until 0:05.0.',
  }),
  unit('o2', 0, 5000, {
    code: 'AU6', name: 'cheek raiser', intensity: 2.2, letter: 'B', onsetMs: null, apexMs: 2000, offsetMs: 5000,
    text: 'The cheeks are slightly raised from the start until 0:05.0.',
  }),
  unit('o3', 0, 5100, {
    code: 'AU25', name: 'lips part', intensity: 2.9, letter: 'C', onsetMs: null, apexMs: 1500, offsetMs: 5100,
    text: 'The lips are markedly parted from the start until 0:05.1.',
  }),
  unit('o4', 800, 2100, {
    code: 'AU1', name: 'inner brow raiser', intensity: 2.8, letter: 'C', onsetMs: 800, apexMs: 1500, offsetMs: 2100,
    text: 'The inner brows are markedly raised from 0:00.8 to 0:02.1, strongest at 0:01.5.',
  }),
  unit('o5', 800, 2100, {
    code: 'AU2', name: 'outer brow raiser', intensity: 3.1, letter: 'C', onsetMs: 800, apexMs: 1500, offsetMs: 2100,
    text: 'The outer brows are markedly raised from 0:00.8 to 0:02.1, strongest at 0:01.5.',
  }),
  unit('o6', 2600, 3900, {
    code: 'AU2', name: 'outer brow raiser', side: 'left', intensity: 2.9, letter: 'C', onsetMs: 2600, apexMs: 3200, offsetMs: 3900,
    text: 'The left outer brow alone is markedly raised from 0:02.6 to 0:03.9, strongest at 0:03.2.',
  }),
  unit('o7', 0, 6000, {
    code: 'AU4', name: 'brow lowerer', status: 'below-threshold', intensity: 0.2, letter: null, onsetMs: null, apexMs: null, offsetMs: null, overBaseline: null,
    text: 'The brows are not lowered at any time.',
  }),
  {
    id: 'o8', kind: 'head', subject: 'P1', range: { startMs: 0, endMs: 6000 }, confidence: 0.9, source: 'head-rule',
    text: 'The head faces the camera and keeps still.', head: { yaw: 4, pitch: -2, roll: 1, movement: 'still' },
  },
  {
    id: 'o9', kind: 'blink', subject: 'P1', range: { startMs: 3990, endMs: 4220 }, confidence: 0.8, source: 'blink-rule',
    text: 'The eyes blink once, at 0:04.1.', blink: { count: 1, perMinute: 10, closureMs: 230 },
  },
  {
    id: 'o10', kind: 'speech', subject: 'P1', range: { startMs: 1000, endMs: 3400 }, confidence: 0.9, source: 'subtitles',
    text: 'From 0:01.0 to 0:03.4 the words are: "I did not expect that at all".',
    speech: { quote: 'I did not expect that at all', words: [], language: 'en', speaker: 'P1' },
  },
  {
    id: 'o11', kind: 'expression', subject: 'P1', range: { startMs: 0, endMs: 6000 }, confidence: 0.7, source: 'expression-head',
    text: 'The expression model gave its scores for the clip.',
    expression: { scores: { anger: 0.01, contempt: 0.02, disgust: 0.01, fear: 0.03, happiness: 0.7, neutral: 0.1, sadness: 0.02, surprise: 0.11 } },
  },
  {
    id: 'o12', kind: 'quality', subject: 'P1', range: { startMs: 0, endMs: 6000 }, confidence: 0.9, source: 'quality-rule',
    text: 'The face is somewhat blurred.', quality: { issue: 'blurred', region: null, severity: 0.3 },
  },
]; // biome-ignore format: one observation a block

export const buildAnalysis = (options: BuildOptions = {}): Analysis => {
  const percepts = buildPercepts(options);
  return {
    schema: 'whyface/analysis@1',
    id: '0123456789abcdef',
    clip: percepts.clip,
    subjects: [
      { id: 'P1', firstMs: 0, lastMs: percepts.clip.durationMs, frames: percepts.sampling.frames, speaks: null },
    ],
    observations: buildObservations(),
    notMeasured: percepts.notMeasured,
    warnings: [],
    models: percepts.models,
    sampling: percepts.sampling,
    timings: { perceive: 900, observe: 12, reason: 8 },
  };
};

export const buildExplanation = (overrides: Partial<Explanation> = {}): Explanation => ({
  schema: 'whyface/explanation@1',
  analysisId: '0123456789abcdef',
  subject: 'P1',
  range: { startMs: 0, endMs: 6000 },
  reasoner: { id: 'facs', model: null, promptId: null, promptSha256: null, parameters: {}, fallback: false },
  keyObservations: [
    { text: 'The lip corners are markedly pulled up and back from the start until 0:05.0, on both sides alike.', cites: ['o1'] },
    { text: 'The cheeks are slightly raised over the same time, and the lips are parted.', cites: ['o2', 'o3'] },
    { text: 'Both brows rise markedly between 0:00.8 and 0:02.1; from 0:02.6 to 0:03.9 the left outer brow rises alone.', cites: ['o4', 'o5', 'o6'] },
  ],
  interpretation: [
    { text: 'A lip-corner pull together with raised cheeks is the pattern that people most often call a felt smile.', cites: ['o1', 'o2'] },
    { text: 'The brows that rise on top of it, without being drawn together, add something unexpected rather than a worry.', cites: ['o4', 'o5', 'o7'] },
    { text: 'The upper lids are raised to an extreme degree at 0:01.5.', cites: ['o5'] },
  ],
  conclusion: {
    text: 'The face reads as happily surprised at first, then as plain amusement with one brow raised, before the smile fades after 0:04.3.',
    cites: ['o1', 'o2', 'o4', 'o5', 'o6'],
  },
  judgement: {
    expression: {
      label: 'happiness',
      scores: { anger: 0.01, contempt: 0.06, disgust: 0.01, fear: 0.03, happiness: 0.62, neutral: 0.06, sadness: 0.01, surprise: 0.2 },
    },
    compound: { label: 'happily-surprised', ranked: [{ label: 'happily-surprised', score: 0.58, for: ['o1', 'o4', 'o5'], against: ['o7'] }] },
    labels: ['amused', 'pleasantly surprised'],
    valence: 0.62,
    arousal: 0.35,
    confidence: 0.71,
    abstained: false,
    reason: 'Five action units agree and the face is in full view; the raised upper lids that go with surprise are missing.',
  },
  conflicts: [{ text: 'The words "I did not expect that at all" name an unexpected event while the lips keep smiling.', cites: ['o10', 'o1'] }],
  alternatives: [{ label: 'contempt', text: 'One brow raised alone over a smile can also be read as mockery; the lip corners pull evenly, which speaks against it.', cites: ['o6', 'o1'] }],
  wouldChange: [{ text: 'Brows drawn together while raised would move the reading towards fear.' }, { text: 'Without the raised cheeks the smile would read as polite.' }],
  grounding: {
    score: 0.8,
    claims: [
      { part: 'key-observations', sentence: 0, text: 'lip corners markedly pulled up and back', verdict: 'supported', cites: ['o1'], detail: 'o1 says so.' },
      { part: 'key-observations', sentence: 1, text: 'cheeks slightly raised', verdict: 'supported', cites: ['o2'], detail: 'o2 says so.' },
      { part: 'key-observations', sentence: 2, text: 'the left outer brow rises alone', verdict: 'supported', cites: ['o6'], detail: 'o6 says so.' },
      { part: 'interpretation', sentence: 1, text: 'brows not drawn together', verdict: 'supported', cites: ['o7'], detail: 'o7 says so.' },
      { part: 'interpretation', sentence: 2, text: 'upper lids raised to an extreme degree', verdict: 'contradicted', cites: ['o5'], detail: 'o5 is about the outer brows; no raised upper lids were measured.' },
    ],
  },
  notice: 'This describes how an expression is often read. It does not show what the person feels, thinks or intends.',
  ...overrides,
}); // biome-ignore format: prose

export const buildRecord = (overrides: Partial<ExplainRecord> = {}, options: BuildOptions = {}): ExplainRecord => ({
  input: 'clip.mp4',
  analysis: buildAnalysis(options),
  explanations: [buildExplanation()],
  error: null,
  ...overrides,
});

export const buildFailure = (input: string): ExplainRecord => ({
  input,
  analysis: null,
  explanations: [],
  error: { code: 'media-damaged', stage: 'media', message: `${input} is damaged; export it again.` },
});

/** A 1×1 JPEG: the smallest that decoders accept. */
const TINY_JPEG =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

export const buildStill = (): Still => ({
  subject: 'P1',
  ms: 1500,
  jpeg: Buffer.from(TINY_JPEG, 'base64'),
  width: 256,
  height: 256,
  landmarks: Array.from({ length: 478 }, (_, index) => {
    const angle = index * 2.399963;
    const radius = 100 * Math.sqrt(index / 478);
    return [128 + radius * Math.cos(angle), 128 + radius * Math.sin(angle)] as const;
  }),
});
