import type { ActionUnitCode, Side, TimeRange } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { aside, type DraftSentence, said } from '../../draft.ts';
import { gapsOf, type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked } from '../asked.ts';
import type { UnitTopic } from '../topics-of.ts';
import { around, capitalized, inside } from '../words.ts';

/** Episodes told one by one; of more, the strongest, the first and the last. */
export const MOST_TOLD = 4;

const sideOf = (topic: UnitTopic): Side | null => (topic.kind === 'unit' ? topic.side : null);

/** The filter of `unitsOf` for one topic of the question. */
export const unitsWanted = (asked: Asked, topic: UnitTopic, range: TimeRange = asked.range) => ({
  subject: asked.everybody ? undefined : asked.subject,
  range,
  codes: topic.codes,
  side: sideOf(topic),
});

/** An observation in its own words, perhaps after a lead. */
export const tellUnit = (observation: UnitObservation, lead = ''): DraftSentence =>
  said(lead === '' ? observation.text : `${lead}${inside(observation.text)}`, [observation.id], {
    subject: observation.subject,
  });

/** What the episodes are, one by one or the most telling of them. */
export const tellEpisodes = (scene: Scene, present: readonly UnitObservation[], lead: string): DraftSentence[] => {
  const [first] = present;
  if (first === undefined) {
    return [];
  }
  if (present.length <= MOST_TOLD) {
    return present.map((observation, index) => tellUnit(observation, index === 0 ? lead : ''));
  }
  const strongest = strongestOf(present) ?? first;
  const last = present.at(-1) ?? first;
  const whole = around(present) ?? scene.whole;
  const ids = present.map(({ id }) => id);
  const chosen = [first, strongest, last].filter((each, index, all) => all.indexOf(each) === index);
  return [
    said(
      `${lead}${lead === '' ? capitalized(`${present.length} stretches are recorded`) : `in ${present.length} stretches`}, the first beginning at ${timeWord(whole.startMs)} and the last ending at ${timeWord(whole.endMs)}.`,
      ids,
    ),
    ...chosen.map((each) =>
      tellUnit(each, each === strongest ? 'The strongest: ' : each === first ? 'The first: ' : 'The last: '),
    ),
  ];
};

/** What is known where the movement was not found: an absence, something hidden, not measured, or simply nothing. */
export const tellAbsence = (scene: Scene, asked: Asked, topic: UnitTopic, lead = 'No: '): DraftSentence[] => {
  if (scene.people.length === 0) {
    return [aside('No face is in view here, so nothing can be said of its movements.')];
  }
  const { absent, untold } = unitsOf(scene, unitsWanted(asked, topic));
  if (absent.length > 0) {
    const [first, ...more] = absent.slice(0, 2);
    return first === undefined ? [] : [tellUnit(first, lead), ...more.map((each) => tellUnit(each))];
  }
  if (untold.length > 0) {
    return untold.slice(0, 2).map((each) => tellUnit(each));
  }
  const elsewhere = unitsOf(scene, unitsWanted(asked, topic, scene.whole)).present;
  if (asked.timed && elsewhere.length > 0) {
    const near = nearestTo(elsewhere, asked.range);
    return [tellUnit(near, elsewhere.length === 1 ? 'Not then; only at another time: ' : 'Not then; the nearest: ')];
  }
  const gap = gapsOf(scene, asked.everybody ? null : asked.subject).find(({ what }) =>
    topic.codes.some((code) => new RegExp(`\\b${code}\\b`).test(what)),
  );
  if (gap !== undefined) {
    return [said(`That cannot be told, because it was not measured (${gap.what}): ${gap.why}`)];
  }
  const reached = reachedInFrames(scene, asked, topic);
  return [
    said(
      `Nothing is recorded of "${topic.words}" ${asked.timed ? 'at that time' : 'here'}: it was looked for, and never rose above its threshold long enough to count.${reached}`,
    ),
  ];
};

/** How far the frame-by-frame values go, where they are still at hand. */
const reachedInFrames = (scene: Scene, asked: Asked, topic: UnitTopic): string => {
  const subject = scene.percepts?.subjects.find(({ id }) => id === asked.subject);
  const values = topic.codes.flatMap((code) => {
    const column = subject?.actionUnits[code];
    const within = (column?.both ?? []).filter((_, index) => {
      const ms = subject?.t[index] ?? 0;
      return scene.timeless || (ms >= asked.range.startMs && ms < asked.range.endMs);
    });
    return within.flatMap((value) => (value === null ? [] : [value]));
  });
  return values.length === 0 ? '' : ` Frame by frame the most is ${Math.max(...values).toFixed(1)} of 5.`;
};

const nearestTo = (units: readonly UnitObservation[], { startMs, endMs }: TimeRange): UnitObservation => {
  const apart = ({ range }: UnitObservation): number => Math.max(0, range.startMs - endMs, startMs - range.endMs);
  return units.reduce((best, unit) => (apart(unit) < apart(best) ? unit : best));
};

/** What to ask next about these units. */
export const followUps = (topics: readonly UnitTopic[], found: readonly UnitObservation[]): string[] => {
  const [topic] = topics;
  if (topic === undefined) {
    return [];
  }
  const noun = actionUnit(found[0]?.au.code ?? topic.codes[0] ?? 'AU12').noun;
  return found.length > 0
    ? [`How strong is the ${noun}?`, `What if the ${noun} were absent?`]
    : ['What do you see instead?'];
};

/** The strongest stretch of each unit, in the order of strength. */
export const oneEach = (present: readonly UnitObservation[]): UnitObservation[] => {
  const codes: ActionUnitCode[] = [...new Set(present.map(({ au }) => au.code))];
  return codes
    .flatMap((code) => strongestOf(present.filter(({ au }) => au.code === code)) ?? [])
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0));
};
