import { ACTION_UNIT_CODES, type TimeRange } from '../../../contracts/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { labelTopicOf, unitTopicsOf } from '../topics-of.ts';
import { inside, momentOf, movement } from '../words.ts';
import { componentsOf } from './arguments.ts';
import { companionsOf, heardBefore, NEAR_MS } from './around.ts';
import { changes } from './changes.ts';
import { tellAbsence } from './tell-units.ts';

/** A stretch that begins this soon after another of the same unit continues it. */
const CONTINUES_MS = 350;

const LIMIT = 'That is what happens around it; what caused it in the person, no measurement shows.';

/** A movement that begins or ends, and when; `next` goes on where it ends. */
export type Turn = { unit: UnitObservation; ms: number; stops: boolean; next: UnitObservation | null };

/** "why did she stop smiling at 0:12?", "why does he start to frown?" */
export const whyChange = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (scene.timeless) {
    return { kind: 'beyond', sentences: [said('This is a photo, so nothing in it begins or ends.')] };
  }
  const label = labelTopicOf(asked);
  const topics = unitTopicsOf(asked);
  const [topic] = topics;
  if (topic === undefined && label === null) {
    return changes(asked, scene);
  }
  const stops = asked.question.cues.has('stop') || asked.question.cues.has('fall');
  const codes = topic?.codes ?? codesOf(asked, scene);
  const turn = turnNear(scene, asked, codes, stops);
  if (turn === null) {
    const { present } = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes });
    const held = strongestOf(present);
    if (held !== null) {
      return {
        sentences: [
          said(`It does not ${stops ? 'stop' : 'begin'} in view: ${inside(held.text)}`, [held.id], {
            subject: held.subject,
          }),
        ],
        moments: [momentOf(held)],
      };
    }
    return {
      sentences:
        topic === undefined
          ? [said('Nothing like that is recorded.')]
          : tellAbsence(scene, { ...asked, range: scene.whole, timed: false }, topic, 'It does not happen: '),
    };
  }
  const around: TimeRange = { startMs: Math.max(0, turn.ms - NEAR_MS), endMs: turn.ms + NEAR_MS };
  const company = companionsOf(scene, turn);
  const heard = heardBefore(scene, turn.ms);
  const shift = await shiftAt(scene, asked.subject, turn.ms);
  return {
    sentences: [...turnSentences(scene, turn, asked), ...company, ...heard, ...shift, said(LIMIT)],
    moments: [momentOf(turn.unit), ...(turn.next === null ? [] : [momentOf(turn.next)])],
    focus: around,
    suggestions: [`What happens at ${timeWord(turn.ms)}?`, 'And before that?', 'What was said?'],
  };
};

/** The units that carry the label of the question. */
const codesOf = (asked: Asked, scene: Scene): readonly UnitObservation['au']['code'][] => {
  const components = componentsOf(labelTopicOf(asked)?.label ?? 'happiness');
  const carriers = {
    happiness: ['AU12'],
    anger: ['AU4', 'AU23'],
    sadness: ['AU15', 'AU1'],
    fear: ['AU20', 'AU5'],
    surprise: ['AU2', 'AU26'],
    disgust: ['AU9', 'AU10'],
    contempt: ['AU14'],
    neutral: [],
  } as const;
  const codes = components.flatMap((label) => carriers[label]);
  const seen = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes: [...codes] }).present;
  return seen.length > 0 ? codes : ACTION_UNIT_CODES;
};

const turnNear = (
  scene: Scene,
  asked: Asked,
  codes: readonly UnitObservation['au']['code'][],
  stops: boolean,
): Turn | null => {
  const { present } = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes });
  const inView = (unit: UnitObservation): boolean =>
    stops ? unit.range.endMs < scene.whole.endMs - 60 : unit.range.startMs > 60;
  const wanted = asked.timed ? (asked.range.startMs + asked.range.endMs) / 2 : null;
  const turns = present.filter(inView).map((unit): Turn => {
    const ms = stops ? unit.range.endMs : unit.range.startMs;
    const next = stops
      ? (present.find(
          (other) =>
            other !== unit && other.au.code === unit.au.code && Math.abs(other.range.startMs - ms) <= CONTINUES_MS,
        ) ?? null)
      : null;
    return { unit, ms, stops, next };
  });
  if (wanted !== null) {
    return turns.reduce<Turn | null>(
      (best, turn) => (best === null || Math.abs(turn.ms - wanted) < Math.abs(best.ms - wanted) ? turn : best),
      null,
    );
  }
  const weight = ({ unit, next }: Turn): number =>
    (unit.au.intensity ?? 0) * Math.sqrt(unit.range.endMs - unit.range.startMs) * (next === null ? 1 : 0.5);
  return turns.reduce<Turn | null>((best, turn) => (best === null || weight(turn) > weight(best) ? turn : best), null);
};

const turnSentences = (scene: Scene, { unit, ms, stops, next }: Turn, asked: Asked): DraftSentence[] => {
  const whose = scene.people.length > 1 && unit.subject !== null ? `${unit.subject}'s ` : 'The ';
  const noun = `${whose}${movement(unit).replace(/^the /, '')} (${unit.au.code})`;
  const where =
    asked.timed && Math.abs(ms - (asked.range.startMs + asked.range.endMs) / 2) > 1500
      ? `There is no such change at ${timeWord((asked.range.startMs + asked.range.endMs) / 2)}; the nearest is here.`
      : null;
  const told = stops
    ? said(`${noun} ends at ${timeWord(ms)}.`, [unit.id], { subject: unit.subject })
    : said(`${noun} begins at ${timeWord(ms)}.`, [unit.id], { subject: unit.subject });
  const goesOn =
    next === null
      ? []
      : [said(`It does not stop altogether: ${inside(next.text)}`, [next.id], { subject: next.subject })];
  return [...(where === null ? [] : [said(where)]), told, ...goesOn];
};

/** How the reading differs on the two sides of a moment. */
const shiftAt = async (scene: Scene, subject: string | null, ms: number): Promise<DraftSentence[]> => {
  if (!scene.mayInfer) {
    return [];
  }
  const [before, after] = await Promise.all([
    scene.explain(subject, { startMs: Math.max(0, ms - 1500), endMs: Math.max(1, ms - 100) }),
    scene.explain(subject, { startMs: ms + 100, endMs: Math.min(scene.whole.endMs, ms + 1600) }),
  ]);
  if (before === null || after === null || before.judgement.abstained || after.judgement.abstained) {
    return [];
  }
  const same = before.judgement.expression.label === after.judgement.expression.label;
  const text = same
    ? `The reading stays ${after.judgement.expression.label} across it.`
    : `The reading goes from ${before.judgement.expression.label} before it to ${after.judgement.expression.label} after it.`;
  return [said(text, [...before.conclusion.cites, ...after.conclusion.cites], { part: 'alternatives', subject })];
};
