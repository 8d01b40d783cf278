import type { ActionUnitCode, IntensityLetter, Side, TimeRange } from '../contracts/index.ts';
import { actionUnit, level, movementNoun, partOf, stateClause } from '../facs/index.ts';
import { durationWord, timeWord } from '../facs/time-words.ts';
import { ACTION_UNIT_HABITS } from './action-unit-habits.ts';
import { capitalized, type SubjectView, whose } from './subject-view.ts';

/** Everything that the sentence of a present action unit says. */
export type Shown = {
  code: ActionUnitCode;
  side: Side;
  letter: IntensityLetter;
  intensity: number;
  range: TimeRange;
  onsetMs: number | null;
  apexMs: number | null;
  offsetMs: number | null;
  bursts: number;
  steady: boolean;
  micro: boolean;
  /** Lips and jaw while the person speaks. */
  mouthing: boolean;
};

/** An episode with at least so many bridged bursts is said to come and go. */
const BURSTS_TO_MENTION = 3;
/** Shorter episodes have a length instead of a beginning, a height and an end. */
const BRIEF_MS = 500;

const owned = (view: SubjectView, clause: string): string =>
  view.name === null ? clause : clause.replace(/^the /, `${view.name}'s `);

const levelTag = ({ code, side, letter, intensity }: Shown): string =>
  [code, side === 'both' ? null : side, letter, `${intensity.toFixed(1)} of 5`]
    .filter((part) => part !== null)
    .join(', ');

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** One sentence for an action unit that is present, in the shape that fits the unit. */
export const shownSentence = (view: SubjectView, shown: Shown): string => {
  const { code, side } = shown;
  // Eyes are closed or not; how far the lids are down stands in the tag.
  const letter = code === 'AU43' ? null : shown.letter;
  const shape = ACTION_UNIT_HABITS[code].shape;
  const noun = movementNoun(code, side, letter);
  const clause = owned(view, stateClause(code, side, letter));
  const there = view.name === null ? `there is ${withArticle(noun)}` : `${view.name} shows ${withArticle(noun)}`;
  if (view.still) {
    return capitalized(`${shape === 'noun' ? there : clause} (${levelTag(shown)}).`);
  }
  const lasted = shown.range.endMs - shown.range.startMs;
  const whole = !isFromStart(view, shown) && shown.offsetMs !== null;
  if (whole && lasted <= BRIEF_MS) {
    const brief = shown.micro ? ', short enough for a micro-expression' : speechPhrase(shown);
    return capitalized(
      `for ${durationWord(lasted)} from ${timeWord(shown.range.startMs)} ${clause}${brief} (${levelTag(shown)}).`,
    );
  }
  const height = heightPhrase(shown);
  const pulse = shown.bursts >= BURSTS_TO_MENTION ? ', off and on' : '';
  if (shape === 'course' && whole && pulse === '') {
    const { does } = actionUnit(code);
    const part = partOf(code, side);
    const verb = part.plural ? does.plural : does.singular;
    return capitalized(
      `from ${timeWord(shown.range.startMs)} ${whose(view, part.text)} ${verb}${height === '' ? '' : `${height},`} and ` +
        `${part.plural ? 'return' : 'returns'} by ${timeWord(shown.range.endMs)}${speechPhrase(shown)} (${levelWordTag(shown)}).`,
    );
  }
  const said = shape === 'noun' ? there : clause;
  return capitalized(`${spanPhrase(view, shown)} ${said}${pulse}${height}${speechPhrase(shown)} (${levelTag(shown)}).`);
};

const speechPhrase = ({ mouthing }: Shown): string => (mouthing ? ', as in speech' : '');

/** The tag with the level as a word, for sentences whose clause has no place for it. */
const levelWordTag = (shown: Shown): string =>
  [
    shown.code,
    shown.side === 'both' ? null : shown.side,
    `${level(shown.letter).word}, ${shown.letter}`,
    `${shown.intensity.toFixed(1)} of 5`,
  ]
    .filter((part) => part !== null)
    .join(', ');

/** "Between A and B", and what is said instead where the beginning or the end was not seen. */
const spanPhrase = (view: SubjectView, { range, onsetMs, offsetMs }: Shown): string => {
  const { startMs, endMs } = range;
  const inFromStart = isFromStart(view, { range, onsetMs });
  const outAtEnd = endMs >= view.range.endMs;
  if (offsetMs === null && inFromStart && outAtEnd) {
    return view.fromStart && view.toEnd ? 'throughout,' : `as long as ${shownWho(view)} is in view,`;
  }
  if (inFromStart) {
    return view.fromStart
      ? `from the start until ${timeWord(endMs)}`
      : `from coming into view until ${timeWord(endMs)}`;
  }
  if (offsetMs === null && outAtEnd) {
    return view.toEnd ? `from ${timeWord(startMs)} to the end` : `from ${timeWord(startMs)} until out of view`;
  }
  return `between ${timeWord(startMs)} and ${timeWord(endMs)}`;
};

/** When it is strongest, unless it stays so, or is so at one of its ends, which are named already. */
const heightPhrase = ({ apexMs, steady, range }: Shown): string => {
  if (apexMs === null || steady) {
    return '';
  }
  const said = timeWord(apexMs);
  return said === timeWord(range.startMs) || said === timeWord(range.endMs) ? '' : `, most at ${said}`;
};

/** Under way when the face came into view, or begun within the first two frames, which nobody would call later. */
const isFromStart = (view: SubjectView, { range, onsetMs }: Pick<Shown, 'range' | 'onsetMs'>): boolean =>
  range.startMs <= view.range.startMs + (onsetMs === null ? 0 : 2 * view.stepMs);

const shownWho = (view: SubjectView): string => view.name ?? 'the face';

/** A unit that was looked for and is below the threshold. */
export const absentSentence = (view: SubjectView, code: ActionUnitCode): string => {
  const part = partOf(code, 'both');
  const be = part.plural ? 'are' : 'is';
  const subject = whose(view, part.text);
  const { done } = actionUnit(code);
  return capitalized(
    view.still
      ? `${subject} ${be} not ${done} (${code}, below threshold).`
      : `at no time ${be} ${subject} ${done} (${code}, below threshold).`,
  );
};

/** A unit that is below the threshold while another one is present. */
export const companionSentence = (
  view: SubjectView,
  code: ActionUnitCode,
  during: ActionUnitCode,
  { startMs, endMs }: TimeRange,
): string => {
  const absent = partOf(code, 'both');
  return capitalized(
    `while ${owned(view, stateClause(during, 'both', null))} between ${timeWord(startMs)} and ${timeWord(endMs)}, ` +
      `the ${absent.text} ${absent.plural ? 'are' : 'is'} not ${actionUnit(code).done} (${code}, below threshold).`,
  );
};

/** A constant level that is taken for how the face rests. */
export const restingSentence = (
  view: SubjectView,
  code: ActionUnitCode,
  letter: IntensityLetter,
  constant: number,
): string => {
  const part = partOf(code, 'both');
  return capitalized(
    `${whose(view, part.text)} rest${part.plural ? '' : 's'} ${level(letter).adverb} ${actionUnit(code).done}, ` +
      `and only what goes beyond that is counted (${code}, resting level ${constant.toFixed(1)} of 5).`,
  );
};

/** A unit whose region is hidden, all the time or in a stretch of it. */
export const hiddenSentence = (view: SubjectView, code: ActionUnitCode, range: TimeRange | null = null): string => {
  const { region } = actionUnit(code);
  const when = range === null ? '' : ` between ${timeWord(range.startMs)} and ${timeWord(range.endMs)}`;
  const whether = `${whetherClause(view, code)}${when}`;
  return `Whether ${whether} cannot be seen, because the ${region} ${regionVerb(region)} hidden (${code}, not visible).`;
};

/** A unit for which there is no value. */
export const unmeasuredSentence = (view: SubjectView, code: ActionUnitCode): string =>
  `Whether ${whetherClause(view, code)} was not measured (${code}).`;

const whetherClause = (view: SubjectView, code: ActionUnitCode): string => owned(view, stateClause(code, 'both', null));

const regionVerb = (region: string): string => (region.endsWith('s') ? 'are' : 'is');
