import type {
  ActionUnitCode,
  ChatMoment,
  CompoundLabel,
  ExpressionLabel,
  Observation,
  TimeRange,
} from '../../contracts/index.ts';
import { actionUnit, level, movementNoun } from '../../facs/index.ts';
import { timeWord } from '../../facs/time-words.ts';
import type { Scene, UnitObservation } from '../scene.ts';

/** "the person", or "P2" where several people are in view; a voice where nobody is. */
export const nameOf = (scene: Scene, subject: string | null): string => {
  if (subject === null) {
    return scene.people.length === 0 ? 'the voice' : 'the clip';
  }
  return scene.people.length > 1 ? subject : 'the person';
};

/** "the face", "P2's face". */
export const faceOf = (scene: Scene, subject: string | null): string =>
  subject !== null && scene.people.length > 1 ? `${subject}'s face` : subject === null ? 'the voice' : 'the face';

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** As it goes on inside a sentence: "between …", but "P2 shows …" and "AU12 …". */
export const inside = (text: string): string =>
  /^(?:P\d|AU\d|I\b)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** "a, b and c". */
export const listed = (items: readonly string[], conjunction = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1) ?? ''}`;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "the lip-corner pull (AU12)". */
export const theUnit = (code: ActionUnitCode): string => `the ${actionUnit(code).noun} (${code})`;

/** "the inner-brow raise (AU1) or the outer-brow raise (AU2)"; of many, the part of the face. */
export const theUnits = (codes: readonly ActionUnitCode[]): string => listed(codes.slice(0, 3).map(theUnit), 'or');

/** "the extreme lip-corner pull". */
export const movement = ({ au }: UnitObservation): string => `the ${movementNoun(au.code, au.side, au.letter)}`;

/** "from 0:01.2 to 0:03.4"; of what was there already or stays, "from the start", "to the end". */
export const span = (scene: Scene, { startMs, endMs }: TimeRange): string => {
  if (scene.timeless) {
    return 'in the picture';
  }
  const first = startMs <= 60;
  const last = endMs >= scene.whole.endMs - 60;
  if (first && last) {
    return 'throughout';
  }
  return `${first ? 'from the start' : `from ${timeWord(startMs)}`} ${last ? 'to the end' : `${first ? 'until' : 'to'} ${timeWord(endMs)}`}`;
};

/** "angry"; "happily surprised". */
export const labelWord = (label: ExpressionLabel | CompoundLabel): string => label.replaceAll('-', ' ');

/** A place to jump to. */
export const momentOf = (observation: Observation): ChatMoment => ({
  subject: observation.subject,
  range: observation.range,
  text:
    observation.kind === 'action-unit'
      ? capitalized(movementNoun(observation.au.code, observation.au.side, observation.au.letter))
      : observation.text,
  cites: [observation.id],
});

export const levelWord = (observation: UnitObservation): string =>
  observation.au.letter === null
    ? 'below the threshold'
    : `${level(observation.au.letter).word} (${observation.au.letter})`;

/** The smallest range that holds all of them. */
export const around = (observations: readonly Observation[]): TimeRange | null => {
  const [first] = observations;
  return first === undefined
    ? null
    : observations.reduce(
        ({ startMs, endMs }, { range }) => ({
          startMs: Math.min(startMs, range.startMs),
          endMs: Math.max(endMs, range.endMs),
        }),
        first.range,
      );
};
