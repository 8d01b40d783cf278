/** An analysis as a person corrected it. No node imports: it runs in the page. */
import {
  ANALYST,
  type Analysis,
  type Correction,
  isTimeless,
  type Observation,
  type ObservationOf,
  type TimeRange,
  type UnitCorrection,
} from '../contracts/index.ts';
import { actionUnit, level, partOf, stateClause } from '../facs/index.ts';
import { timeWord } from '../facs/time-words.ts';

/**
 * How far a person's coding is trusted. Not 1: trained coders agree on a unit in four of five cases, so that measured
 * evidence to the contrary still counts.
 */
const ANALYST_CONFIDENCE = 0.95;

/**
 * The analysis with what a person coded in the place of what was measured. Pure; the other observations keep their ids.
 *
 * A person's word stands for that unit of that person in that time: measured statements about it are set aside where
 * they overlap. An episode that reaches beyond keeps the longer of its ends; that a unit is absent or was not visible
 * is a statement about its whole time, and goes. Notes and labels are no evidence and change nothing.
 */
export const correctedAnalysis = (analysis: Analysis, corrections: readonly Correction[]): Analysis => {
  const coded = corrections.filter((each): each is UnitCorrection => each.kind === 'action-unit');
  if (coded.length === 0) {
    return analysis;
  }
  const timeless = isTimeless(analysis.clip);
  const several = analysis.subjects.length > 1;
  const observations = coded.reduce<readonly Observation[]>(
    (before, correction) => [
      ...before.flatMap((observation) => keptOf(observation, correction, { timeless, several })),
      observationOf(correction, analysis, { timeless, several }),
    ],
    analysis.observations,
  );
  return {
    ...analysis,
    observations: [...observations],
    warnings: [
      ...analysis.warnings,
      {
        code: 'corrected',
        message:
          coded.length === 1
            ? 'One action unit is coded by a person instead of measured.'
            : `${coded.length} action units are coded by a person instead of measured.`,
      },
    ],
  };
};

/** The id for the next correction's observation: ids that were given are never given again. */
export const nextObservationId = (analysis: Analysis, corrections: readonly Correction[]): string => {
  const ids = [
    ...analysis.observations.map(({ id }) => id),
    ...corrections.flatMap((each) => (each.kind === 'action-unit' ? [each.observation] : [])),
  ];
  return `o${Math.max(0, ...ids.map((id) => Number(id.slice(1)))) + 1}`;
};

type Told = { timeless: boolean; several: boolean };

const isSame = (one: TimeRange, other: TimeRange): boolean =>
  one.startMs === other.startMs && one.endMs === other.endMs;

const keptOf = (observation: Observation, correction: UnitCorrection, told: Told): Observation[] => {
  if (observation.id === correction.replaces) {
    return [];
  }
  const { range, subject } = observation;
  const spoken = correction.range;
  const overlaps = told.timeless || (range.startMs < spoken.endMs && range.endMs > spoken.startMs);
  if (
    observation.kind !== 'action-unit' ||
    observation.au.code !== correction.au.code ||
    subject !== correction.subject ||
    !overlaps
  ) {
    return [observation];
  }
  const before = { startMs: range.startMs, endMs: Math.min(range.endMs, spoken.startMs) };
  const after = { startMs: Math.max(range.startMs, spoken.endMs), endMs: range.endMs };
  const rest = before.endMs - before.startMs >= after.endMs - after.startMs ? before : after;
  return told.timeless || observation.au.status !== 'present' || rest.endMs <= rest.startMs
    ? []
    : [cutTo(rest, observation, told)];
};

/** What is left of a measured episode beside the stretch that a person coded. */
const cutTo = (range: TimeRange, observation: ObservationOf<'action-unit'>, told: Told): Observation => {
  const { au, subject } = observation;
  const holds = (ms: number | null): number | null =>
    ms !== null && ms >= range.startMs && ms <= range.endMs ? ms : null;
  const apexMs = holds(au.apexMs);
  const tag = [au.code, au.side === 'both' ? null : au.side, au.letter, `${(au.intensity ?? 0).toFixed(1)} of 5`];
  return {
    ...observation,
    range,
    text: sentence({ subject, range, apexMs, told, clause: stateClause(au.code, au.side, au.letter), tag }),
    au: { ...au, onsetMs: holds(au.onsetMs), apexMs, offsetMs: holds(au.offsetMs), micro: false },
  };
};

const observationOf = (correction: UnitCorrection, analysis: Analysis, told: Told): Observation => {
  const { observation: id, subject, range, au } = correction;
  const measured = analysis.observations.find((each) => each.id === correction.replaces);
  // Where only the level or the side was wrong, its course in time stays as it was measured.
  const course =
    measured?.kind === 'action-unit' && measured.au.status === 'present' && isSame(measured.range, range)
      ? measured.au
      : null;
  const present = au.status === 'present';
  const timed = present && !told.timeless;
  const apexMs = timed ? (au.apexMs ?? course?.apexMs ?? null) : null;
  const letter = present ? au.letter : null;
  const side = present ? au.side : 'both';
  return {
    id,
    kind: 'action-unit',
    subject,
    range,
    confidence: ANALYST_CONFIDENCE,
    source: ANALYST,
    text: sentence({
      subject,
      range,
      apexMs,
      told,
      clause: present ? stateClause(au.code, side, letter) : absentClause(au.code),
      tag: [au.code, side === 'both' ? null : side, present ? letter : 'absent', 'coded by a person'],
    }),
    au: {
      code: au.code,
      name: actionUnit(au.code).name,
      status: au.status,
      side,
      intensity: letter === null ? (present ? null : 0) : level(letter).rank,
      letter,
      onsetMs: timed ? (course === null ? range.startMs : course.onsetMs) : null,
      apexMs,
      offsetMs: timed ? (course === null ? range.endMs : course.offsetMs) : null,
      micro: timed && (course?.micro ?? false),
      overBaseline: null,
    },
  };
};

const absentClause = (code: UnitCorrection['au']['code']): string => {
  const part = partOf(code, 'both');
  return `the ${part.text} ${part.plural ? 'are' : 'is'} not ${actionUnit(code).done}`;
};

type Said = {
  subject: string | null;
  range: TimeRange;
  apexMs: number | null;
  told: Told;
  clause: string;
  tag: ReadonlyArray<string | null>;
};

const sentence = ({ subject, range, apexMs, told, clause, tag }: Said): string => {
  const owned = told.several && subject !== null ? clause.replace(/^the /, `${subject}'s `) : clause;
  const when = told.timeless ? '' : `between ${timeWord(range.startMs)} and ${timeWord(range.endMs)} `;
  const height = apexMs === null ? '' : `, most at ${timeWord(apexMs)}`;
  const said = `${when}${owned}${height} (${tag.filter((part) => part !== null).join(', ')}).`;
  return said.charAt(0).toUpperCase() + said.slice(1);
};
