import type { CitedSentence } from '../../../contracts/index.ts';
import { durationWord, timeWord } from '../../../facs/time-words.ts';
import type { UnitEvidence } from '../evidence.ts';
import type { Episode } from '../reading.ts';
import { UNIT_WEIGHTS } from '../weights.ts';
import { sentence } from './grammar.ts';
import { cited, share, split, type Teller, unitsOf } from './teller.ts';
import { nounOf, theNoun } from './unit-words.ts';

/** What the course over time adds: brevity, and the coincidence or order of the leading movements. */
export const courseMoves = (teller: Teller): CitedSentence[] =>
  teller.reading.evidence.still ? [] : [...microMove(teller), ...orderMove(teller)];

/** How far a change of reading may lie from the movement that makes it. */
const NEAR_MS = 900;
const MOST_TURNS = 3;

/** Where the reading changes, told by the movement that begins or ends there. */
export const turningPoints = (teller: Teller): CitedSentence[] => {
  if (teller.reading.evidence.still) {
    return [];
  }
  const { episodes } = teller.reading;
  const turns = episodes.slice(1).flatMap((episode, index) => {
    const before = episodes[index];
    const turn = before === undefined ? null : turnOf(teller, before, episode);
    return turn === null ? [] : [turn];
  });
  if (turns.length === 0) {
    return [];
  }
  const told = turns.slice(0, MOST_TURNS);
  const text = told.map(({ clause }) => clause).join('; ');
  return [
    cited(
      sentence(text),
      told.flatMap(({ cites }) => cites),
    ),
  ];
};

const turnOf = (teller: Teller, before: Episode, after: Episode): { clause: string; cites: string[] } | null => {
  const present = teller.reading.evidence.units.filter(
    ({ status, code }) => status === 'present' && UNIT_WEIGHTS[code] > 0.4,
  );
  const starts = present.flatMap((unit) => (unit.onsetMs === null ? [] : [{ unit, ms: unit.onsetMs, begins: true }]));
  const ends = present.flatMap((unit) => (unit.offsetMs === null ? [] : [{ unit, ms: unit.offsetMs, begins: false }]));
  const wanted = after.label === 'neutral' ? ends : before.label === 'neutral' ? starts : [...starts, ...ends];
  // The movement that carries the reading that begins, or the one that ends: usual in it, rare at rest, strong.
  const label = after.label === 'neutral' ? before.label : after.label;
  const carries = ({ code, intensity }: UnitEvidence): number =>
    UNIT_WEIGHTS[code] * intensity * Math.log(share(label, code) / share('neutral', code));
  const cost = ({ unit, ms, begins }: { unit: UnitEvidence; ms: number; begins: boolean }): number =>
    Math.abs(ms - after.startMs) - 120 * carries(unit) * (begins || after.label === 'neutral' ? 1 : -0.5);
  const [nearest] = wanted
    .filter(({ ms }) => Math.abs(ms - after.startMs) <= NEAR_MS)
    .sort((a, b) => cost(a) - cost(b) || a.ms - b.ms);
  if (nearest === undefined) {
    return null;
  }
  const noun = theNoun(nearest.unit);
  const clause = nearest.begins
    ? `at ${timeWord(nearest.ms)} ${noun} sets in and the reading turns from ${before.label} to ${after.label}`
    : `by ${timeWord(nearest.ms)} ${noun} has faded and the reading ${after.label === 'neutral' ? 'returns to neutral' : `turns to ${after.label}`}`;
  return { clause, cites: [nearest.unit.id] };
};

const SAME_MS = 200;

/** Whether the two leading movements peak together or one after the other. */
const orderMove = (teller: Teller): CitedSentence[] => {
  const { shownFor } = split(teller, teller.named, 'neutral');
  const [first, second] = shownFor
    .filter(({ code }) => code !== 'one-sided')
    .flatMap(({ cites }) => unitsOf(teller, cites).slice(0, 1))
    .filter(({ apexMs }) => apexMs !== null);
  if (first === undefined || second === undefined || first.apexMs === null || second.apexMs === null) {
    return [];
  }
  const apart = Math.abs(first.apexMs - second.apexMs);
  const [early, late] = first.apexMs <= second.apexMs ? [first, second] : [second, first];
  const cites = [first.id, second.id];
  if (apart <= SAME_MS) {
    return [
      cited(
        sentence(`${theNoun(first)} and ${theNoun(second)} peak together, as the parts of one expression do`),
        cites,
      ),
    ];
  }
  return [cited(sentence(`${theNoun(early)} peaks first, ${theNoun(late)} ${durationWord(apart)} later`), cites)];
};

const microMove = (teller: Teller): CitedSentence[] => {
  const [brief] = teller.reading.evidence.units.filter(({ micro, status }) => micro && status === 'present');
  if (brief === undefined || brief.onsetMs === null || brief.offsetMs === null) {
    return [];
  }
  const length = durationWord(brief.offsetMs - brief.onsetMs);
  return [
    cited(
      sentence(
        `the ${nounOf(brief.code, brief.side)} lasts only ${length}, short enough to count as a micro-expression`,
      ),
      [brief.id],
    ),
  ];
};
