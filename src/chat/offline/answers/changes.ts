import { ACTION_UNIT_CODES, type Observation, type TimeRange } from '../../../contracts/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, momentOf, movement } from '../words.ts';
import { readingPhrase } from './tell-reading.ts';

type Event = { ms: number; text: string; id: string; worth: number; subject: string | null; observation: Observation };

/** Beginnings and ends of movements, turns of head and gaze, words, within a range, in their order. */
export const eventsIn = (scene: Scene, subject: string | null | undefined, range: TimeRange): Event[] => {
  const isInside = (ms: number): boolean =>
    ms > Math.max(60, range.startMs - 40) && ms <= range.endMs && ms < scene.whole.endMs - 60;
  const units = unitsOf(scene, { subject, range, codes: ACTION_UNIT_CODES }).present.flatMap((unit): Event[] => {
    const base = { id: unit.id, subject: unit.subject, observation: unit };
    const noun = `${scene.people.length > 1 && unit.subject !== null ? `${unit.subject}'s ${movement(unit).replace(/^the /, '')}` : movement(unit)} (${unit.au.code})`;
    const worth = unit.au.intensity ?? 0;
    if (isInside(unit.range.startMs) && isInside(unit.range.endMs)) {
      return [{ ...base, ms: unit.range.startMs, text: unit.text, worth: worth * 1.1 }];
    }
    return [
      ...(isInside(unit.range.startMs)
        ? [{ ...base, ms: unit.range.startMs, text: `${noun} begins at ${timeWord(unit.range.startMs)}`, worth }]
        : []),
      ...(isInside(unit.range.endMs)
        ? [{ ...base, ms: unit.range.endMs, text: `${noun} ends at ${timeWord(unit.range.endMs)}`, worth: worth * 0.8 }]
        : []),
    ];
  });
  const others = (['head', 'gaze', 'speech'] as const)
    .flatMap((kind) => observationsOf(scene, kind, subject, range))
    .filter((each) => isInside(each.range.startMs) && each.range.endMs - each.range.startMs < scene.whole.endMs * 0.9)
    .map(
      (each): Event => ({
        ms: each.range.startMs,
        text: each.text,
        id: each.id,
        worth: each.kind === 'speech' ? 6 : 2,
        subject: each.subject,
        observation: each,
      }),
    );
  return [...units, ...others].sort((a, b) => a.ms - b.ms);
};

const MOST_EVENTS = 6;

/** "what changed between 2 and 4 seconds?", "what changed?" */
export const changes = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (scene.timeless) {
    return {
      kind: 'beyond',
      sentences: [said('This is a photo: there is nothing before or after it to compare it with.')],
    };
  }
  const { startMs, endMs } = spanOf(asked, scene);
  const events = eventsIn(scene, asked.everybody ? undefined : asked.subject, { startMs, endMs });
  const told = [...events]
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_EVENTS)
    .sort((a, b) => a.ms - b.ms);
  const readings = await turnOfReading(scene, asked, { startMs, endMs });
  const lead =
    told.length === 0
      ? [
          said(
            `Nothing begins or ends between ${timeWord(startMs)} and ${timeWord(endMs)}: what is there at the start of it is there at its end.`,
          ),
        ]
      : [];
  return {
    sentences: [
      ...lead,
      ...told.map(({ text, id, subject }) =>
        said(/[.!?"]$/.test(text) ? text : `${capitalized(text)}.`, [id], { subject }),
      ),
      ...(events.length > told.length
        ? [
            said(
              events.length - told.length === 1
                ? 'One smaller change is left out.'
                : `${events.length - told.length} smaller changes are left out.`,
            ),
          ]
        : []),
      ...readings,
    ],
    moments: told.slice(0, 4).map(({ observation }) => momentOf(observation)),
    focus: { startMs, endMs },
    suggestions: ['Why did the reading change?', 'What was said?'],
  };
};

const spanOf = (asked: Asked, scene: Scene): TimeRange => {
  const [first, second] = asked.times;
  if (first !== undefined && second !== undefined) {
    const starts = Math.min(middle(first.range), middle(second.range));
    const ends = Math.max(middle(first.range), middle(second.range));
    return { startMs: Math.round(starts), endMs: Math.round(ends) };
  }
  return asked.timed ? asked.range : scene.whole;
};

const middle = ({ startMs, endMs }: TimeRange): number => (startMs + endMs) / 2;

const turnOfReading = async (scene: Scene, asked: Asked, { startMs, endMs }: TimeRange): Promise<DraftSentence[]> => {
  if (!scene.mayInfer || asked.everybody) {
    return [];
  }
  const room = Math.max(400, Math.min(1000, (endMs - startMs) / 3));
  const [before, after] = await Promise.all([
    scene.explain(asked.subject, { startMs, endMs: Math.round(startMs + room) }),
    scene.explain(asked.subject, { startMs: Math.max(0, Math.round(endMs - room)), endMs }),
  ]);
  if (before === null || after === null || before.judgement.abstained || after.judgement.abstained) {
    return [];
  }
  const [one, other] = [readingPhrase(before.judgement), readingPhrase(after.judgement)];
  const same = before.judgement.expression.label === after.judgement.expression.label;
  return [
    said(
      same
        ? `The reading is ${before.judgement.expression.label} at both ends.`
        : `The reading goes from ${one} to ${other}.`,
      [...before.conclusion.cites, ...after.conclusion.cites],
      { part: 'alternatives', subject: asked.subject },
    ),
  ];
};
