import {
  type ActionUnitCode,
  type Analysis,
  type Claim,
  EXPRESSION_LABELS,
  type Observation,
  type ObservationOf,
  type ReasonedAnswer,
} from '../../src/contracts/index.ts';
import { ACTION_UNITS, letterOf } from '../../src/facs/index.ts';
import { recordOf } from '../../src/kit/record-of.ts';
import { verify } from '../../src/verify/index.ts';

type UnitFacts = Partial<ObservationOf<'action-unit'>['au']> & {
  code: ActionUnitCode;
  startMs?: number;
  endMs?: number;
  subject?: string;
};

/** An action unit from 1.0 to 3.0 s with its peak at 1.8 s, level C on both sides, unless told otherwise. */
export const unit = (id: string, { startMs = 1000, endMs = 3000, subject = 'P1', ...au }: UnitFacts): Observation => {
  const status = au.status ?? 'present';
  const intensity = au.intensity ?? (status === 'present' ? 3 : 0.2);
  return {
    id,
    kind: 'action-unit',
    subject,
    range: { startMs, endMs },
    confidence: 0.9,
    source: 'test',
    text: 'Made up.',
    au: {
      name: ACTION_UNITS[au.code].name,
      side: 'both',
      letter: status === 'present' ? letterOf(intensity) : null,
      onsetMs: status === 'present' ? startMs : null,
      apexMs: status === 'present' ? 1800 : null,
      offsetMs: status === 'present' ? endMs : null,
      micro: false,
      overBaseline: null,
      ...au,
      status,
      intensity,
    },
  };
};

export const sceneOf = (observations: readonly Observation[], kind: 'image' | 'video' = 'video'): Analysis => ({
  schema: 'whyface/analysis@1',
  id: '0123456789abcdef',
  clip: {
    digest: 'a'.repeat(64),
    kind,
    durationMs: kind === 'image' ? 0 : 8000,
    width: 640,
    height: 480,
    fps: 25,
    hasAudio: true,
    hasSpeech: true,
  },
  subjects: ['P1', 'P2'].map((id) => ({ id, firstMs: 0, lastMs: 8000, frames: 200, speaks: null })),
  observations: [...observations],
  notMeasured: [],
  warnings: [],
  models: [],
  sampling: { fps: 25, frames: 200 },
  timings: {},
});

export type Part = 'key-observations' | 'interpretation' | 'conclusion';

/** An answer that says one thing. */
export const answerOf = (text: string, cites: readonly string[], part: Part = 'key-observations'): ReasonedAnswer => {
  const said = { text, cites: [...cites] };
  return {
    keyObservations: part === 'key-observations' ? [said] : [],
    interpretation: part === 'interpretation' ? [said] : [],
    conclusion: part === 'conclusion' ? said : { text: '', cites: [] },
    judgement: {
      expression: { label: 'happiness', scores: recordOf(EXPRESSION_LABELS, () => 0.125) },
      compound: { label: null, ranked: [] },
      labels: [],
      valence: 0,
      arousal: 0,
      confidence: 0.5,
      abstained: false,
      reason: '',
    },
    conflicts: [],
    alternatives: [],
    wouldChange: [],
  };
};

const SCOPE = { subject: 'P1', range: { startMs: 0, endMs: 8000 } };

/** The claims of one sentence; empty conclusions left out. */
export const claimsOf = (
  text: string,
  cites: readonly string[],
  analysis: Analysis,
  part: Part = 'key-observations',
): Claim[] => verify(answerOf(text, cites, part), analysis, SCOPE).claims.filter((claim) => claim.part === part);

/** The worst verdict of a sentence: contradicted, unsupported, supported, untestable. */
export const verdictOf = (
  text: string,
  cites: readonly string[],
  analysis: Analysis,
  part: Part = 'key-observations',
): Claim['verdict'] => {
  const verdicts = claimsOf(text, cites, analysis, part).map((claim) => claim.verdict);
  const order = ['contradicted', 'unsupported', 'supported', 'untestable'] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'untestable';
};
