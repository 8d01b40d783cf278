import { ACTION_UNIT_CODES, type ActionUnitCode, type TimeRange } from '../contracts/index.ts';
import { companionsOf, missingOf, restingOf, unseenFor } from './action-unit-absences.ts';
import { type Episode, openMouth, presentOf } from './action-unit-episodes.ts';
import { measureUnit, type UnitMeasure } from './action-unit-measure.ts';
import type { Draft } from './draft.ts';
import type { LidClosures } from './lid-closures.ts';
import { SETTINGS } from './settings.ts';
import type { SubjectView } from './subject-view.ts';

export type UnitObservations = {
  drafts: Draft[];
  /** Episodes found but not listed, because the list would be too long to read. */
  unlisted: number;
  /** Units without any value. */
  unmeasured: ActionUnitCode[];
  /** What was read of every unit, for those who ask more of it. */
  measures: UnitMeasure[];
};

/**
 * All that is said of one person's action units. AU45 is said as blinks, or as AU43 where the lids stay closed.
 *
 * @param spoken when this person speaks
 */
export const observeUnits = (
  view: SubjectView,
  lids: LidClosures | null,
  source: string,
  spoken: readonly TimeRange[],
): UnitObservations => {
  const measures = ACTION_UNIT_CODES.filter((code) => code !== 'AU45').map((code) => measureUnit(view, code, lids));
  const times = { open: openMouth(view, measures), spoken };
  const found = measures.flatMap((measure) => shortlist(view, presentOf(view, measure, source, times)));
  const listed = [...found].sort(byWeight).slice(0, mostEpisodes(view));
  const present = new Set(found.map(({ draft }) => draft.au.code));
  const total = measures.reduce((sum, { episodes }) => sum + episodes.length, 0);
  const shown = listed.map(({ draft }) => draft);
  return {
    drafts: [
      ...shown,
      ...measures.flatMap((measure) => restingOf(view, measure, source)),
      ...missingOf(view, measures, present, source),
      ...companionsOf(view, measures, shown, source),
      ...unseenFor(view, measures, source),
    ],
    unlisted: Math.max(0, total - listed.length),
    measures,
    unmeasured: measures.filter(({ state }) => state === 'unmeasured').map(({ code }) => code),
  };
};

const secondsOf = (view: SubjectView): number => (view.range.endMs - view.range.startMs) / 1000;

const mostEpisodes = (view: SubjectView): number =>
  Math.min(SETTINGS.episodesMost, Math.round(SETTINGS.episodes + secondsOf(view) * SETTINGS.episodesPerSecond));

const byWeight = (a: Episode, b: Episode): number =>
  b.weight - a.weight || a.draft.range.startMs - b.draft.range.startMs;

/** The most telling episodes of one unit. */
const shortlist = (view: SubjectView, episodes: readonly Episode[]): Episode[] => {
  const most = Math.min(
    SETTINGS.episodesPerUnitMost,
    SETTINGS.episodesPerUnit + Math.floor((secondsOf(view) * 1000) / SETTINGS.episodesPerUnitEachMs),
  );
  // That a unit acts at all says more than that it acts again.
  const ranked = [...episodes].sort(byWeight).slice(0, most);
  return ranked.map((episode, rank) => (rank === 0 ? { ...episode, weight: 2 * episode.weight } : episode));
};
