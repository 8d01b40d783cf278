import type { ActionUnitCode, Analysis, Observation, Percepts } from '../../src/contracts/index.ts';
import { actionUnit, letterOf, stateClause } from '../../src/facs/index.ts';
import { timeWord } from '../../src/facs/time-words.ts';

type Unit = {
  code: ActionUnitCode;
  subject: 'P1' | 'P2';
  intensity?: number;
  startMs?: number;
  endMs?: number;
  apexMs?: number;
  status?: 'present' | 'below-threshold' | 'not-visible';
  side?: 'both' | 'left' | 'right';
};

const DURATION = 20_000;

type Draft = Observation extends infer Each ? (Each extends Observation ? Omit<Each, 'id'> : never) : never;

const unit = ({
  code,
  subject,
  intensity = 3,
  startMs = 0,
  endMs = DURATION,
  apexMs,
  status = 'present',
  side = 'both',
}: Unit): Draft => {
  const shown = status === 'present';
  const letter = shown ? letterOf(intensity) : null;
  const clause = stateClause(code, side, letter).replace(/^the /, `${subject}'s `);
  const tag = [code, side === 'both' ? null : side, letter, `${intensity.toFixed(1)} of 5`]
    .filter((part) => part !== null)
    .join(', ');
  const { both, done } = actionUnit(code);
  const text =
    status === 'not-visible'
      ? `Whether ${subject}'s ${both.text} ${both.plural ? 'are' : 'is'} ${done} cannot be seen, because the ${actionUnit(code).region} is hidden (${code}, not visible).`
      : shown
        ? `Between ${timeWord(startMs)} and ${timeWord(endMs)} ${clause} (${tag}).`
        : `At no time ${both.plural ? 'are' : 'is'} ${subject}'s ${both.text} ${done} (${code}, below threshold).`;
  return {
    kind: 'action-unit', subject, range: { startMs, endMs }, confidence: 0.9, source: 'test', text,
    au: {
      code, name: actionUnit(code).name, status, side, intensity: shown ? intensity : status === 'not-visible' ? null : 0.2, letter,
      onsetMs: shown ? startMs : null, apexMs: shown ? (apexMs ?? Math.round((startMs + endMs) / 2)) : null, offsetMs: shown ? endMs : null,
      micro: false, overBaseline: shown ? intensity : null,
    },
  }; // biome-ignore format: one table
};

const common = (subject: string | null, startMs: number, endMs: number, text: string) => ({
  subject,
  range: { startMs, endMs },
  confidence: 0.9,
  source: 'test',
  text,
});

const DRAFTS: readonly Draft[] = [
  unit({ code: 'AU12', subject: 'P1', intensity: 4.7, startMs: 2000, endMs: 12_100, apexMs: 6000 }),
  unit({ code: 'AU6', subject: 'P1', intensity: 3.9, startMs: 2200, endMs: 11_900, apexMs: 6100 }),
  unit({ code: 'AU25', subject: 'P1', intensity: 3, startMs: 4000, endMs: 9000 }),
  unit({ code: 'AU4', subject: 'P1', intensity: 3.2, startMs: 12_400, endMs: 17_000, apexMs: 14_000 }),
  unit({ code: 'AU15', subject: 'P1', status: 'below-threshold' }),
  { kind: 'head', ...common('P1', 9000, 10_000, "Between 0:09.0 and 0:10.0 P1's head nods twice, by about 12°."), head: { yaw: 0, pitch: -12, roll: 0, movement: 'nod' } },
  { kind: 'gaze', ...common('P1', 0, DURATION, "Most of the time P1's gaze is towards the camera."), gaze: { yaw: 0, pitch: 0, direction: 'camera' } },
  { kind: 'blink', ...common('P1', 0, DURATION, "P1's lids blink 4 times in 20 s, 12 a minute, closed for 0.2 s on average (AU45)."), blink: { count: 4, perMinute: 12, closureMs: 150 } },
  { kind: 'speech', ...common('P1', 10_500, 11_600, 'From 0:10.5 to 0:11.6 P1 says "We lost the game".'), speech: { quote: 'We lost the game', words: [], language: 'en', speaker: 'P1' } },
  { kind: 'voice', ...common('P1', 10_500, 11_600, "From 0:10.5 to 0:11.6 the pitch of P1's voice is lowered (110 Hz, −2.1 sd against published norms)."), voice: { feature: 'pitchMedian', value: 110, unit: 'Hz', relative: -2.1, word: 'lowered' } },
  unit({ code: 'AU1', subject: 'P2', intensity: 3.8, startMs: 12_000, endMs: 18_000 }),
  unit({ code: 'AU15', subject: 'P2', intensity: 3, startMs: 12_500, endMs: 18_000 }),
  unit({ code: 'AU4', subject: 'P2', intensity: 2.2, startMs: 12_500, endMs: 18_000 }),
  unit({ code: 'AU17', subject: 'P2', intensity: 2.6, startMs: 13_000, endMs: 17_500 }),
  unit({ code: 'AU12', subject: 'P2', status: 'below-threshold' }),
  unit({ code: 'AU9', subject: 'P2', status: 'not-visible' }),
  unit({ code: 'AU2', subject: 'P2', intensity: 2.1, startMs: 3000, endMs: 4000, side: 'left' }),
  { kind: 'quality', ...common('P2', 0, DURATION, "P2's face is blurred."), quality: { issue: 'blurred', region: null, severity: 0.4 } },
]; // biome-ignore format: one row each

/**
 * Two people over 20 s: P1 (on the right of the picture, speaks) smiles from 0:02 to 0:12.1 and then lowers the brows;
 * P2 (on the left) looks sad from 0:12 on.
 */
export const DUO: Analysis = {
  schema: 'whyface/analysis@1',
  id: '0123456789abcdef',
  clip: { digest: 'a'.repeat(64), kind: 'video', durationMs: DURATION, width: 1000, height: 600, fps: 25, hasAudio: true, hasSpeech: true },
  subjects: [
    { id: 'P1', firstMs: 0, lastMs: 19_960, frames: 500, speaks: true },
    { id: 'P2', firstMs: 1000, lastMs: 19_960, frames: 470, speaks: false },
  ],
  observations: DRAFTS.map((draft, index) => ({ ...draft, id: `o${index + 1}` })),
  notMeasured: [{ what: 'AU43', why: 'The action-unit model does not cover it.' }],
  warnings: [],
  models: [{ id: 'au-head', version: '1', digest: '' }],
  sampling: { fps: 25, frames: 500 },
  timings: {},
}; // biome-ignore format: one row each

/** The id of the statement about a unit of a person. */
export const idOf = (subject: string, code: ActionUnitCode): string =>
  DUO.observations.find((each) => each.subject === subject && each.kind === 'action-unit' && each.au.code === code)
    ?.id ?? 'none';

export const idOfKind = (kind: Observation['kind']): string =>
  DUO.observations.find((each) => each.kind === kind)?.id ?? 'none';

const box = (x: number) => ({ x: [x], y: [100], width: [100], height: [100] });

const face = (id: string, x: number): Percepts['subjects'][number] => ({
  id, t: [0], frame: [0], confidence: [1], box: box(x), interOcular: [80], head: { yaw: [0], pitch: [0], roll: [0] }, gaze: null,
  actionUnits: { AU28: { both: [0.4], left: null, right: null, threshold: 1 } }, visibility: {}, sharpness: [1], brightness: [0.5], expression: null, affect: null, blendshapes: null,
}); // biome-ignore format: one table

/** Where the two are in the picture. */
export const DUO_PERCEPTS: Percepts = {
  schema: 'whyface/percepts@1', clip: DUO.clip, sampling: DUO.sampling, frames: { t: [0], frame: [0] },
  subjects: [face('P1', 700), face('P2', 100)], models: [], notMeasured: [], warnings: [],
}; // biome-ignore format: one table
