import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import { capitalized, movement } from '../words.ts';
import type { Turn } from './why-change.ts';

/** What happens this near to a change counts as around it. */
export const NEAR_MS = 900;

/** Words this long before a change are still worth a look. */
const HEARD_BEFORE_MS = 2500;

/** What else the same person does just then. */
export const companionsOf = (scene: Scene, { unit, ms }: Turn): DraftSentence[] => {
  const others = observationsOf(scene, 'action-unit', unit.subject, {
    startMs: Math.max(0, ms - NEAR_MS),
    endMs: ms + NEAR_MS,
  }).filter((other) => other.au.status === 'present' && other.au.code !== unit.au.code);
  const near = (at: number): boolean => Math.abs(at - ms) <= NEAR_MS && at > 60 && at < scene.whole.endMs - 60;
  const begin = others
    .filter(({ range }) => near(range.startMs))
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 2);
  const end = others
    .filter((other) => near(other.range.endMs) && !near(other.range.startMs))
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 1);
  const moved = [
    ...observationsOf(scene, 'head', unit.subject, scene.whole),
    ...observationsOf(scene, 'gaze', unit.subject, scene.whole),
  ].filter(({ range }) => near(range.startMs) && range.endMs - range.startMs < scene.whole.endMs * 0.8);
  const beginning = begin.map((each) =>
    said(`Around then, ${movement(each)} (${each.au.code}) begins, at ${timeWord(each.range.startMs)}.`, [each.id], {
      subject: each.subject,
    }),
  );
  const ending = end.map((each) =>
    said(
      `${capitalized(movement(each))} (${each.au.code}) ends near it, at ${timeWord(each.range.endMs)}.`,
      [each.id],
      { subject: each.subject },
    ),
  );
  return [
    ...beginning,
    ...ending,
    ...moved.slice(0, 1).map((each) => said(each.text, [each.id], { subject: each.subject })),
  ];
};

/** What is said or sounds just before. */
export const heardBefore = (scene: Scene, ms: number): DraftSentence[] => {
  const speech = observationsOf(scene, 'speech', undefined, {
    startMs: Math.max(0, ms - HEARD_BEFORE_MS),
    endMs: ms + 300,
  }).slice(-2);
  return speech.map((each) => said(each.text, [each.id], { subject: each.subject }));
};
