/** Percepts to observations: what the numbers say, one emotion-free sentence each, with an id to cite. Runs anywhere. */
import type { Analysis, NotMeasured, ObserveOptions, Percepts, Subject, Warning } from '../contracts/index.ts';
import { observeUnits } from './action-units.ts';
import { analysisId } from './analysis-id.ts';
import { observeIrregularity } from './atypicality.ts';
import { observeBlinks } from './blinks.ts';
import { type Draft, numbered } from './draft.ts';
import { distinctGaps, gapsOfPeople, type PersonGaps } from './gaps.ts';
import { observeGaze } from './gaze.ts';
import { observeHead } from './head.ts';
import { closuresOf } from './lid-closures.ts';
import { observeModelOutputs } from './model-outputs.ts';
import { spokenBy } from './mouthing.ts';
import { observeMedia, observeQuality } from './quality.ts';
import { rounded } from './series.ts';
import { SETTINGS } from './settings.ts';
import { type LipMotion, lipMotionOf } from './speaking.ts';
import { observeSpeech } from './speech.ts';
import { type SubjectView, viewsOf } from './subject-view.ts';
import { observeVoice } from './voice/index.ts';

export { canonicalJson } from './analysis-id.ts';

/**
 * The observations of one clip: action units with onset, apex and offset (ms), intensity 0–5 and side, the absences
 * that matter, head, gaze, blinks, quality, and the recorded outputs of the expression and affect models.
 *
 * Deterministic: the same percepts, options and version give the same bytes. Numbers that cannot be calculated with
 * (NaN, infinities) count as missing. `timings` is left empty for the caller.
 */
export const observe = async (
  percepts: Percepts,
  options: ObserveOptions,
  { version }: { version: string },
): Promise<Analysis> => {
  const views = viewsOf(percepts);
  const lips = views.map(lipMotionOf);
  const perPerson = views.map((view) => observePerson(view, percepts, lips));
  const voice = observeVoice(percepts, views);
  const speech = observeSpeech(percepts, views, percepts.voice?.segments ?? null);
  return {
    schema: 'whyface/analysis@1',
    id: await analysisId(percepts, options, version),
    clip: percepts.clip,
    subjects: percepts.subjects.map((subject) => subjectOf(subject, views, speech.speaks.get(subject.id) ?? null)),
    observations: numbered([
      ...observeMedia(percepts),
      ...perPerson.flatMap(({ drafts }) => drafts),
      ...voice.drafts,
      ...speech.drafts,
    ]),
    notMeasured: distinctGaps([...stated(percepts), ...gapsOfPeople(perPerson), ...speech.notMeasured]),
    warnings: [
      ...percepts.warnings,
      ...speech.warnings,
      ...limited(perPerson.reduce((sum, { unlisted }) => sum + unlisted, 0)),
      ...limitedVoice(voice.unlisted),
      ...limitedQuotations(speech.unlisted),
    ],
    models: percepts.models,
    sampling: percepts.sampling,
    timings: {},
  };
};

type Person = PersonGaps & { drafts: Draft[]; unlisted: number };

const observePerson = (view: SubjectView, percepts: Percepts, lips: readonly LipMotion[]): Person => {
  const face = sourceOf(percepts, /mesh|landmark/) ?? 'face';
  const lids = closuresOf(view);
  const source = sourceOf(percepts, /action|(?:^|[^a-z])aus?(?:[^a-z]|$)/) ?? 'action-units';
  const units = observeUnits(view, lids, source, spokenBy(view.id, lips, percepts.voice?.segments ?? null));
  const irregularity = observeIrregularity(view, units.measures, source);
  const blinks = observeBlinks(view, lids, face);
  return {
    id: view.id,
    drafts: [
      ...observeQuality(view),
      ...observeHead(view, face),
      ...observeGaze(view, face),
      ...blinks.drafts,
      ...units.drafts,
      ...observeModelOutputs(view, sourceOf(percepts, /expression|emotion|affect/) ?? 'expression'),
      ...irregularity.drafts,
    ],
    notMeasured: [
      ...blinks.notMeasured,
      ...irregularity.notMeasured,
      ...unmeasuredUnits(units.unmeasured, percepts),
      ...microLimit(view),
    ],
    unlisted: units.unlisted,
  };
};

const limited = (unlisted: number): Warning[] =>
  unlisted === 0
    ? []
    : [
        {
          code: 'observations-limited',
          message:
            unlisted === 1
              ? '1 lesser movement is in the measurements, but not listed as an observation.'
              : `${unlisted} lesser movements are in the measurements, but not listed as observations.`,
        },
      ];

const limitedQuotations = (unlisted: number): Warning[] =>
  unlisted === 0
    ? []
    : [
        {
          code: 'quotations-limited',
          message: `The last ${unlisted} quotations are in the measurements, but not listed as observations.`,
        },
      ];

const limitedVoice = (unlisted: number): Warning[] =>
  unlisted === 0
    ? []
    : [
        {
          code: 'observations-limited',
          message: `${unlisted} lesser ${unlisted === 1 ? 'tone of the voice is' : 'tones of the voice are'} in the measurements, but not listed.`,
        },
      ];

/** Id of the first model whose name fits. */
const sourceOf = (percepts: Percepts, pattern: RegExp): string | null =>
  percepts.models.find(({ id }) => pattern.test(id.toLowerCase()))?.id ?? null;

/** What perception could not measure, less AU43, which is read off the lid closure where that is measured. */
const stated = ({ notMeasured, subjects }: Percepts): NotMeasured[] =>
  notMeasured.filter(
    ({ what }) => what !== 'AU43' || !subjects.some(({ actionUnits }) => actionUnits.AU45 !== undefined),
  );

/** Units without values that perception has not named already. */
const unmeasuredUnits = (codes: readonly string[], { notMeasured }: Percepts): NotMeasured[] => {
  if (notMeasured.some(({ what }) => what === 'action units')) {
    return [];
  }
  const named = new Set(notMeasured.flatMap(({ what }) => what.match(/\bAU\d+\b/g) ?? []));
  const fresh = codes.filter((code) => !named.has(code));
  return fresh.length === 0
    ? []
    : [{ what: `action units ${fresh.join(', ')}`, why: 'The measurements hold no values for them.' }];
};

/** A micro-expression lasts a few frames; below 25 a second nobody can claim one. */
const microLimit = (view: SubjectView): NotMeasured[] =>
  view.timeless || view.fps >= SETTINGS.microFps
    ? []
    : [
        {
          what: 'micro-expressions',
          why: `The clip was analysed at ${rounded(view.fps, 1)} frames a second; they need at least 25.`,
        },
      ];

const subjectOf = (
  { id, t }: Percepts['subjects'][number],
  views: readonly SubjectView[],
  speaks: boolean | null,
): Subject => {
  const view = views.find((candidate) => candidate.id === id);
  const [first, last] = [view?.indices[0], view?.indices.at(-1)];
  return {
    id,
    firstMs: Math.round(first === undefined ? 0 : (t[first] ?? 0)),
    lastMs: Math.round(last === undefined ? 0 : (t[last] ?? 0)),
    frames: view?.indices.length ?? 0,
    speaks,
  };
};
