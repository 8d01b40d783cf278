/** Tracks of one person joined by hand. No node imports: it runs in the page. */
import type { Analysis, Observation, Subject } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';

/** `from` is the same person as `into`, under whose id everything then stands. */
export type Merge = { into: string; from: string };

/** Two tracks may touch, but nobody is in two places: longer than this in view together, and they are two people. */
export const TOGETHER_MS = 200;

/**
 * The analysis with tracks of one person under one id. Pure; observations keep their ids. Baselines stay those of each
 * track, because that is how they were measured.
 *
 * @throws WhyfaceError `usage` where one of them is not in the analysis, or both are in view at the same time
 */
export const mergedSubjects = (analysis: Analysis, merges: readonly Merge[]): Analysis =>
  merges.reduce(merged, analysis);

/** Who a person is after the merges. */
export const mergedId = (id: string, merges: readonly Merge[]): string =>
  merges.reduce((now, { into, from }) => (now === from ? into : now), id);

const merged = (analysis: Analysis, { into, from }: Merge): Analysis => {
  const [kept, gone] = [into, from].map((id) => analysis.subjects.find((subject) => subject.id === id));
  if (kept === undefined || gone === undefined || kept === gone) {
    throw usage(`There are no two tracks ${into} and ${from} in this clip.`);
  }
  const together = Math.min(kept.lastMs, gone.lastMs) - Math.max(kept.firstMs, gone.firstMs);
  if (together > TOGETHER_MS) {
    throw usage(`${into} and ${from} are in view at the same time, so they are two people.`);
  }
  const subject: Subject = {
    id: into,
    firstMs: Math.min(kept.firstMs, gone.firstMs),
    lastMs: Math.max(kept.lastMs, gone.lastMs),
    frames: kept.frames + gone.frames,
    speaks: kept.speaks === null ? gone.speaks : kept.speaks || (gone.speaks ?? false),
  };
  return {
    ...analysis,
    subjects: analysis.subjects.flatMap((each) => (each === kept ? [subject] : each === gone ? [] : [each])),
    observations: analysis.observations.map((observation) => renamed(observation, { into, from })),
  };
};

const renamed = (observation: Observation, { into, from }: Merge): Observation => {
  const speaks = observation.kind === 'speech' && observation.speech.speaker === from;
  if (observation.subject !== from && !speaks) {
    return observation;
  }
  const owned = {
    ...observation,
    subject: observation.subject === from ? into : observation.subject,
    // Not in what was said or written: those words are somebody else's.
    text:
      observation.kind === 'speech' || observation.kind === 'scene-text'
        ? observation.text.replace(new RegExp(`^${from}\\b`), into)
        : observation.text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), into),
  };
  return speaks && owned.kind === 'speech' ? { ...owned, speech: { ...owned.speech, speaker: into } } : owned;
};

const usage = (message: string): WhyfaceError => new WhyfaceError({ code: 'usage', stage: 'input', message });
