import type { ActionUnitCode, CitedSentence, FaceRegion } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import type { UnitEvidence } from '../evidence.ts';
import { UNIT_WEIGHTS } from '../weights.ts';
import { besideTheFace } from './beside-the-face.ts';
import { capitalized, list, noneOf, sentence, unique } from './grammar.ts';
import { salientUnits } from './salient-units.ts';
import { absencesAt, cited, share, type Teller } from './teller.ts';
import { nounOf, statedTogether } from './unit-words.ts';
import { voiceObservations } from './voice-moves.ts';

/** Units in one sentence at most. */
const MOST_TOGETHER = 3;
/** Apexes this close are told as one moment. */
const TOGETHER_MS = 350;

/** What is seen: units by face area in a photo, by moment in a clip; then what is not there, then what cannot be seen. */
export const keyObservations = (teller: Teller): CitedSentence[] => {
  const units = salientUnits(teller);
  const told = teller.reading.evidence.still ? byArea(teller, units) : byMoment(teller, units);
  return [
    ...told,
    ...voiceObservations(teller),
    ...besideTheFace(teller),
    ...absenceSentences(teller, units.length),
    ...hiddenSentence(teller),
  ];
};

const AREAS: ReadonlyArray<readonly FaceRegion[]> = [['brows'], ['eyes', 'cheeks'], ['nose', 'mouth', 'chin']];
const areaOf = (code: ActionUnitCode): number =>
  AREAS.findIndex((regions) => regions.includes(actionUnit(code).region));

const byArea = (teller: Teller, units: readonly UnitEvidence[]): CitedSentence[] => {
  const order = unique(units.map(({ code }) => areaOf(code)));
  const groups = order.map((area) => units.filter(({ code }) => areaOf(code) === area));
  // Brows and eyes with one unit each are one look.
  const joined = groups.length > 1 && groups.every((group) => group.length === 1) ? [groups.flat()] : groups;
  return joined
    .flatMap((group) => chunks(group))
    .map((group, index) => {
      const owner = index === 0 ? teller.reading.evidence.name : null;
      return cited(
        sentence(statedTogether(group, owner)),
        group.map(({ id }) => id),
      );
    });
};

const chunks = (units: readonly UnitEvidence[]): UnitEvidence[][] =>
  units.length <= MOST_TOGETHER + 1
    ? [[...units]]
    : [units.slice(0, MOST_TOGETHER), ...chunks(units.slice(MOST_TOGETHER))];

const byMoment = (teller: Teller, units: readonly UnitEvidence[]): CitedSentence[] => {
  const { range, name } = teller.reading.evidence;
  const whole = units.filter((unit) => throughout(unit, range));
  const early = units.filter((unit) => !whole.includes(unit) && fromStart(unit, range));
  const events = units
    .filter((unit) => !whole.includes(unit) && !early.includes(unit))
    .sort((a, b) => timeOf(a) - timeOf(b));
  const groups: UnitEvidence[][] = [];
  for (const unit of events) {
    const current = groups.at(-1);
    const [first] = current ?? [];
    if (current !== undefined && first !== undefined && timeOf(unit) - timeOf(first) <= TOGETHER_MS) {
      current.push(unit);
    } else {
      groups.push([unit]);
    }
  }
  const told = groups
    .flatMap((group) => chunks(group))
    .map((group, index) => {
      const owner = index === 0 ? name : null;
      const [first] = group;
      const close = group.every((unit) => timeOf(unit) === timeOf(group[0] ?? unit));
      const when = first === undefined ? '' : `${close ? 'at' : 'around'} ${timeWord(timeOf(first))}`;
      return cited(
        sentence(`${when}, ${statedTogether(group, owner)}${lasting(group)}`),
        group.map(({ id }) => id),
      );
    });
  const held = chunks(whole)
    .filter((group) => group.length > 0)
    .map((group) =>
      cited(
        sentence(`throughout, ${statedTogether(group, null)}`),
        group.map(({ id }) => id),
      ),
    );
  const first = early.map((unit) =>
    cited(sentence(`from the start until ${timeWord(unit.endMs)}, ${statedTogether([unit], null)}`), [unit.id]),
  );
  return [...held, ...first, ...told];
};

const timeOf = (unit: UnitEvidence): number => unit.apexMs ?? unit.startMs;

const throughout = (unit: UnitEvidence, range: { startMs: number; endMs: number }): boolean =>
  unit.startMs <= range.startMs + 150 && unit.endMs >= range.endMs - 150;

/** There at the start and gone before the end: its onset was not seen. */
const fromStart = (unit: UnitEvidence, range: { startMs: number; endMs: number }): boolean =>
  unit.onsetMs === null && unit.startMs <= range.startMs + 150;

/** How long a single event lasts, where its start and its end were seen. */
const lasting = (group: readonly UnitEvidence[]): string => {
  const [only] = group;
  if (group.length !== 1 || only === undefined || only.onsetMs === null || only.offsetMs === null) {
    return '';
  }
  return `, from ${timeWord(only.onsetMs)} to ${timeWord(only.offsetMs)}`;
};

const MOST_ABSENCES = 3;
/** Units shown from which fewer absences are told. */
const MANY = 5;

/** Absences that the reading turns on: those of units usual in the conclusion, in its rivals, or in most expressions. */
const absenceSentences = (teller: Teller, shown: number): CitedSentence[] => {
  const { reading, named } = teller;
  const relevance = (code: ActionUnitCode): number =>
    UNIT_WEIGHTS[code] * Math.max(share(named, code), share(reading.runnerUp, code), 0.2);
  const absences = absencesAt(teller)
    .sort((a, b) => relevance(b.code) - relevance(a.code))
    .slice(0, MOST_ABSENCES + (shown === 0 ? 2 : shown >= MANY ? -1 : 0));
  const [only] = absences;
  if (only === undefined) {
    return [];
  }
  const cites = absences.map(({ id }) => id);
  const nouns = absences.map(({ code }) => `${nounOf(code)} (${code})`);
  const text =
    absences.length === 1
      ? `there is no ${nouns.join('')}`
      : shown === 0
        ? `${noneOf(nouns)} rises above its threshold`
        : `there is ${noneOf(nouns)}`;
  return [cited(sentence(text), cites)];
};

const hiddenSentence = (teller: Teller): CitedSentence[] => {
  const hidden = teller.reading.evidence.units.filter(({ status }) => status === 'hidden').slice(0, 4);
  if (hidden.length === 0) {
    return [];
  }
  const nouns = unique(hidden.map(({ code }) => `${nounOf(code)} (${code})`));
  return [
    cited(
      `${capitalized(list(nouns))} cannot be seen here and ${nouns.length === 1 ? 'counts' : 'count'} neither way.`,
      hidden.map(({ id }) => id),
    ),
  ];
};
