/** Parts of a face that something covers, that are turned away or cut off: when, and which. */
import { FACE_REGIONS, type FaceRegion, type TimeRange } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import type { Draft } from './draft.ts';
import { finiteAt, rounded } from './series.ts';
import { SETTINGS } from './settings.ts';
import { capitalized, type SubjectView } from './subject-view.ts';

const HIDDEN = {
  /** Frames between two stretches that are bridged: a hand that moves over a mouth lets it flash up. */
  bridgeMs: 400,
  /** Shorter stretches hide nothing that was not seen before and after. */
  leastMs: 400,
  /** Stretches named for one region, the longest ones. */
  most: 3,
  /** Share of the frames from which on all of them count. */
  whole: 0.95,
  severity: 0.8,
} as const;

/** One statement for each region and stretch of time in which it cannot be seen. */
export const observeHidden = (view: SubjectView): Draft[] =>
  FACE_REGIONS.flatMap((region) => {
    const hidden = hiddenFrames(view, region);
    if (hidden.length === 0) {
      return [];
    }
    if (view.still || hidden.length >= HIDDEN.whole * view.indices.length) {
      return 2 * hidden.length < view.indices.length ? [] : [hiddenDraft(view, region, view.range, '')];
    }
    return stretchesOf(view, hidden).map((stretch) =>
      hiddenDraft(view, region, stretch, ` between ${timeWord(stretch.startMs)} and ${timeWord(stretch.endMs)}`),
    );
  });

const hiddenFrames = (view: SubjectView, region: FaceRegion): number[] =>
  view.indices.filter((index) => finiteAt(view.percepts.visibility[region], index) < SETTINGS.hidden);

/** When a region that is in view at other times is hidden; in order. */
export const hiddenStretches = (view: SubjectView, region: FaceRegion): TimeRange[] =>
  view.still ? [] : stretchesOf(view, hiddenFrames(view, region));

const stretchesOf = (view: SubjectView, hidden: readonly number[]): TimeRange[] => {
  const stretches: TimeRange[] = [];
  for (const index of hidden) {
    const time = view.percepts.t[index] ?? 0;
    const current = stretches.at(-1);
    if (current !== undefined && time <= current.endMs + HIDDEN.bridgeMs) {
      current.endMs = Math.round(time + view.stepMs);
    } else {
      stretches.push({ startMs: Math.round(time), endMs: Math.round(time + view.stepMs) });
    }
  }
  const length = ({ startMs, endMs }: TimeRange): number => endMs - startMs;
  return stretches
    .filter((stretch) => length(stretch) >= HIDDEN.leastMs)
    .sort((a, b) => length(b) - length(a) || a.startMs - b.startMs)
    .slice(0, HIDDEN.most)
    .sort((a, b) => a.startMs - b.startMs);
};

const hiddenDraft = (view: SubjectView, region: FaceRegion, range: TimeRange, when: string): Draft => {
  const part = view.name === null ? `the ${region}` : `${view.name}'s ${region}`;
  const end = Math.min(view.range.endMs, range.endMs);
  return {
    kind: 'quality',
    subject: view.id,
    range: { startMs: range.startMs, endMs: Math.max(end, range.startMs + (view.timeless ? 0 : 1)) },
    confidence: 0.95,
    source: 'quality',
    text: capitalized(`${part} ${region.endsWith('s') ? 'are' : 'is'} hidden${when}.`),
    quality: { issue: 'occluded', region, severity: rounded(HIDDEN.severity, 2) },
  };
};
