import type { CitedSentence } from '../../../contracts/index.ts';
import { durationWord } from '../../../facs/time-words.ts';
import { sentence } from './grammar.ts';
import { cited, split, type Teller, unitsOf } from './teller.ts';
import { nounOf, theNoun } from './unit-words.ts';

/** What the course over time adds: brevity, and the coincidence or order of the leading movements. */
export const courseMoves = (teller: Teller): CitedSentence[] =>
  teller.reading.evidence.still ? [] : [...microMove(teller), ...orderMove(teller)];

const SAME_MS = 200;
/** Peaks further apart belong to different moments, and their order says nothing. */
const APART_MS = 2500;

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
  if (apart > APART_MS) {
    return [];
  }
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
