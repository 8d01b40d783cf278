import type {
  ActionUnitCode,
  Analysis,
  ExpressionScores,
  Observation,
  ObservationOf,
  Side,
} from '../../src/contracts/index.ts';
import { actionUnit, letterOf, stateClause } from '../../src/facs/index.ts';

/** One statement about an action unit; what is left out is said by a good, full-face photo. */
export type UnitDraft = {
  code: ActionUnitCode;
  /** 0–5; default 3 (C) where present, 0.2 where absent. */
  intensity?: number;
  side?: Side;
  status?: ObservationOf<'action-unit'>['au']['status'];
  confidence?: number;
  startMs?: number;
  apexMs?: number;
  endMs?: number;
  onsetMs?: number | null;
  offsetMs?: number | null;
  overBaseline?: number | null;
  micro?: boolean;
  subject?: string;
};

type Draft = Observation extends infer Each ? (Each extends Observation ? Omit<Each, 'id'> : never) : never;

export const unit = (draft: UnitDraft): Draft => {
  const status = draft.status ?? 'present';
  const side = draft.side ?? 'both';
  const intensity =
    status === 'present' || status === 'below-threshold' ? (draft.intensity ?? (status === 'present' ? 3 : 0.2)) : null;
  const letter = status === 'present' && intensity !== null ? (letterOf(intensity) ?? 'A') : null;
  const startMs = draft.startMs ?? 0;
  const endMs = draft.endMs ?? startMs;
  const moving = endMs > startMs;
  return {
    kind: 'action-unit',
    subject: draft.subject ?? 'P1',
    range: { startMs, endMs },
    confidence: draft.confidence ?? 0.9,
    source: 'test-head',
    text: `${stateClause(draft.code, side, letter)}.`,
    au: {
      code: draft.code,
      name: actionUnit(draft.code).name,
      status,
      side,
      intensity,
      letter,
      onsetMs: draft.onsetMs ?? (moving && draft.onsetMs === undefined ? startMs : null),
      apexMs: draft.apexMs ?? (moving && status === 'present' ? Math.round((startMs + endMs) / 2) : null),
      offsetMs: draft.offsetMs ?? (moving && draft.offsetMs === undefined ? endMs : null),
      micro: draft.micro ?? false,
      overBaseline: draft.overBaseline ?? (moving ? intensity : null),
    },
  };
};

/** Units that are present, by code; `['AU12', 4]` gives an intensity. */
export const present = (...units: ReadonlyArray<ActionUnitCode | readonly [ActionUnitCode, number]>): Draft[] =>
  units.map((each) => (typeof each === 'string' ? unit({ code: each }) : unit({ code: each[0], intensity: each[1] })));

/** Units that were measured and are not there. */
export const absent = (...codes: readonly ActionUnitCode[]): Draft[] =>
  codes.map((code) => unit({ code, status: 'below-threshold' }));

export const hidden = (...codes: readonly ActionUnitCode[]): Draft[] =>
  codes.map((code) => unit({ code, status: 'not-visible', confidence: 0.5 }));

export const quality = (
  issue: ObservationOf<'quality'>['quality']['issue'],
  severity: number,
  region: string | null = null,
): Draft => ({
  kind: 'quality',
  subject: 'P1',
  range: { startMs: 0, endMs: 0 },
  confidence: 0.9,
  source: 'test-rule',
  text: `The face is ${issue}.`,
  quality: { issue, region, severity },
});

export const expression = (scores: Partial<ExpressionScores>, range = { startMs: 0, endMs: 0 }): Draft => ({
  kind: 'expression',
  subject: 'P1',
  range,
  confidence: 0.9,
  source: 'test-head',
  text: 'The expression model gave its scores.',
  expression: {
    scores: {
      anger: 0.02, contempt: 0.02, disgust: 0.02, fear: 0.02, happiness: 0.02, neutral: 0.02, sadness: 0.02, surprise: 0.02,
      ...scores,
    },
  },
}); // biome-ignore format: one table

/** An analysis of one person; a clip where `durationMs` is given, else a photo. Ids number the drafts: o1, o2 … */
export const analysisOf = (
  drafts: readonly Draft[],
  options: { durationMs?: number; people?: number } = {},
): Analysis => {
  const durationMs = options.durationMs ?? 0;
  const still = durationMs === 0;
  return {
    schema: 'whyface/analysis@1',
    id: '0123456789abcdef',
    clip: {
      digest: '0'.repeat(64), kind: still ? 'image' : 'video', durationMs, width: 640, height: 480,
      fps: still ? null : 30, hasAudio: false, hasSpeech: null,
    }, // biome-ignore format: one line a row
    subjects: Array.from({ length: options.people ?? 1 }, (_, index) => ({
      id: `P${index + 1}`,
      firstMs: 0,
      lastMs: still ? 0 : durationMs - 1,
      frames: still ? 1 : Math.round((durationMs * 30) / 1000),
      speaks: null,
    })),
    observations: drafts.map((draft, index) => ({ ...draft, id: `o${index + 1}` })),
    notMeasured: [],
    warnings: [],
    models: [],
    sampling: { fps: still ? 0 : 30, frames: still ? 1 : Math.round((durationMs * 30) / 1000) },
    timings: {},
  };
};
