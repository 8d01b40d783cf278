import type { Observation, ObservationKind, ObservationOf } from '../contracts/index.ts';

type DraftOf<Kind extends ObservationKind> = Kind extends ObservationKind ? Omit<ObservationOf<Kind>, 'id'> : never;

/** An observation before it is sorted and numbered. */
export type Draft = DraftOf<ObservationKind>;

/** A person first, the whole clip last; people in the order of their numbers. */
const personRank = (subject: string | null): number =>
  subject === null ? Number.MAX_SAFE_INTEGER : Number(subject.slice(1));

const KIND_ORDER: readonly ObservationKind[] = [
  'action-unit', 'blink', 'gaze', 'head', 'voice', 'speech', 'scene-text', 'quality', 'expression', 'affect', 'dynamics',
]; // biome-ignore format: one table

/** Present before absent, so that what is there is read before what is not. */
const statusRank = (draft: Draft): number =>
  draft.kind === 'action-unit'
    ? ['present', 'below-threshold', 'not-visible', 'not-measured'].indexOf(draft.au.status)
    : 0;

const unitRank = (draft: Draft): number => (draft.kind === 'action-unit' ? Number(draft.au.code.slice(2)) : 0);

/** Sorted by person, what kind of statement it is, time and code; numbered o1, o2 … in that order. */
export const numbered = (drafts: readonly Draft[]): Observation[] =>
  drafts
    .map((draft) => ({ draft, person: personRank(draft.subject), kind: KIND_ORDER.indexOf(draft.kind) }))
    .sort(
      (a, b) =>
        a.person - b.person ||
        a.kind - b.kind ||
        statusRank(a.draft) - statusRank(b.draft) ||
        a.draft.range.startMs - b.draft.range.startMs ||
        unitRank(a.draft) - unitRank(b.draft) ||
        // What holds for all the time before what holds for a while.
        b.draft.range.endMs - a.draft.range.endMs ||
        (a.draft.text < b.draft.text ? -1 : a.draft.text > b.draft.text ? 1 : 0),
    )
    .map(({ draft }, index) => ({ id: `o${index + 1}`, ...draft }));
