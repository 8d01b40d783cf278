import type { CitedSentence } from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { isCompound } from '../score.ts';
import { contextMoves } from './context-moves.ts';
import { courseMoves } from './course.ts';
import { list, noneOf, sentence, unique, worded } from './grammar.ts';
import { restMove } from './rest-moves.ts';
import { oneSidedMove, smileMove } from './smile-moves.ts';
import { cited, seedOf, share, split, type Teller, unitsOf } from './teller.ts';
import { turningPoints } from './turning-points.ts';
import { nounOf, swayNoun } from './unit-words.ts';
import { voiceMoves } from './voice-moves.ts';
import { wordMoves } from './word-moves.ts';

/** Words that the second part may take; a clip has its course to tell as well. */
const WORDS = { still: 66, clip: 72 } as const;

/** What the movements mean together: the moves that apply, most telling first, within a length a person reads. */
export const interpretation = (teller: Teller): CitedSentence[] => {
  const moves = [
    ...oneSidedMove(teller),
    ...smileMove(teller),
    ...wordMoves(teller),
    ...voiceMoves(teller),
    ...turningPoints(teller),
    ...patternMove(teller),
    ...courseMoves(teller),
    ...apartMove(teller),
    ...againstMove(teller),
    ...sharedMove(teller),
    ...contextMoves(teller),
  ];
  const most = teller.reading.evidence.still ? WORDS.still : WORDS.clip;
  let words = 0;
  const told: CitedSentence[] = [];
  for (const move of moves) {
    words += move.text.split(' ').length;
    if (told.length > 0 && words > most) {
      words -= move.text.split(' ').length;
    } else {
      told.push(move);
    }
  }
  return told;
};

/** Which of the pattern's movements are there. */
const patternMove = (teller: Teller): CitedSentence[] => {
  const { named, reading } = teller;
  if (named === 'neutral') {
    return restMove(teller);
  }
  const { shownFor } = split(teller, named, 'neutral');
  const usual = shownFor.filter(({ code }) => code !== 'one-sided' && share(named, code) >= 0.4).slice(0, 4);
  const nouns = usual.map((sway) => swayNoun(sway, reading.evidence.units));
  const cites = usual.flatMap((sway) => sway.cites);
  if (usual.length === 0) {
    return [];
  }
  if (isCompound(named)) {
    return compoundPattern(teller);
  }
  const [noun = ''] = nouns;
  if (usual.length === 1) {
    // A smile alone has been told by its own move.
    return usual[0]?.code === 'AU12' && named === 'happiness'
      ? []
      : [cited(sentence(`alone of the movements that usually make up ${named}, ${noun} is there`), cites)];
  }
  const text =
    usual.length === 2
      ? worded(seedOf(teller, 'pattern'), [
          `${list(nouns)} meet in the pattern that coders list for ${named}`,
          `${noun}, taken with ${nouns[1] ?? noun}, is a pairing listed for ${named}`,
          `side by side, ${list(nouns)} point to ${named}`,
        ])
      : worded(seedOf(teller, 'pattern'), [
          `together, ${list(nouns)} make up ${usual.length > 3 ? 'nearly the whole' : 'the core'} of the pattern coders list for ${named}`,
          `${list(nouns)} belong together: this is the configuration often read as ${named}`,
          `${usual.length === 3 ? 'three' : 'four'} movements point the same way, ${list(nouns)}, and their meeting is often read as ${named}`,
        ]);
  return [cited(sentence(text), cites)];
};

/** Which component each part of a compound brings. */
const compoundPattern = (teller: Teller): CitedSentence[] => {
  const { named, reading } = teller;
  if (!isCompound(named)) {
    return [];
  }
  const [first, second] = COMPOUNDS[named].components;
  const mine = split(teller, first, second).shownFor.slice(0, 3);
  const theirs = split(teller, second, first).shownFor.slice(0, 3);
  const nounsOf = (sways: typeof mine): string => list(sways.map((sway) => swayNoun(sway, reading.evidence.units)));
  if (mine.length === 0 || theirs.length === 0) {
    return [];
  }
  const text = `${nounsOf(mine)} ${mine.length === 1 ? 'belongs' : 'belong'} to ${first}, ${nounsOf(theirs)} to ${second}, and the two are shown at once`;
  return [
    cited(
      sentence(text),
      [...mine, ...theirs].flatMap(({ cites }) => cites),
    ),
  ];
};

/** What tells the conclusion from the runner-up. */
const apartMove = (teller: Teller): CitedSentence[] => {
  const { reading, named } = teller;
  const rival = reading.runnerUp;
  if (isCompound(named) || reading.scores.expression[rival] < 0.04) {
    return [];
  }
  const { shownFor, missingFor } = split(teller, named, rival);
  const telling = shownFor
    .filter(({ code }) => code !== 'one-sided' && code !== 'AU6' && share(named, code) >= 0.3)
    .slice(0, 2);
  const lacking = missingFor.filter(({ code }) => code !== 'one-sided' && share(rival, code) >= 0.4).slice(0, 2);
  const shownNouns = telling.map((sway) => swayNoun(sway, reading.evidence.units));
  const lackingNouns = lacking.map(({ code }) => (code === 'one-sided' ? '' : nounOf(code)));
  const parts = [
    shownNouns.length === 0 || rival === 'neutral'
      ? ''
      : `${list(shownNouns)} ${shownNouns.length === 1 ? 'speaks' : 'speak'} for ${named} and against ${rival}`,
    lackingNouns.length === 0 ? '' : `there is ${noneOf(lackingNouns)} of the kind that usually comes with ${rival}`,
  ].filter((part) => part !== '');
  if (parts.length === 0) {
    return [];
  }
  const cites = [...(shownNouns.length === 0 || rival === 'neutral' ? [] : telling), ...lacking].flatMap(
    (sway) => sway.cites,
  );
  return [cited(sentence(parts.join('; ')), cites)];
};

/** What does not fit. */
const againstMove = (teller: Teller): CitedSentence[] => {
  const { reading, named, judgement } = teller;
  if (named === 'neutral' || isCompound(named)) {
    return [];
  }
  const { shownAgainst } = split(teller, named, 'neutral');
  const told = new Set(judgement.labels);
  const [odd] = shownAgainst.filter(({ code, weight }) => code !== 'one-sided' && weight > 0.15 && !told.has(code));
  const others = split(teller, reading.runnerUp, named).shownFor.filter(({ code }) => code !== 'one-sided');
  const [elsewhere] = others;
  const misfit = elsewhere ?? odd;
  if (misfit === undefined || misfit.code === 'one-sided') {
    return [];
  }
  const noun = swayNoun(misfit, reading.evidence.units);
  const text =
    misfit === elsewhere && reading.runnerUp !== 'neutral'
      ? worded(seedOf(teller, 'against'), [
          `${noun} does not fit as well: it is seen more in ${reading.runnerUp} than in ${named}`,
          `only ${noun} pulls the other way, towards ${reading.runnerUp}`,
        ])
      : worded(seedOf(teller, 'against'), [
          `${noun} is not part of the pattern and takes a little from it`,
          `${noun} stands apart from this pattern and counts slightly against it`,
        ]);
  return [cited(sentence(text), misfit.cites)];
};

/** Present units that fit conclusion and runner-up alike. */
const sharedMove = (teller: Teller): CitedSentence[] => {
  const { reading, named } = teller;
  const rival = reading.runnerUp;
  if (rival === 'neutral' || named === 'neutral' || isCompound(named) || reading.scores.expression[rival] < 0.05) {
    return [];
  }
  const telling = new Set(
    [...split(teller, named, rival).shownFor, ...split(teller, named, rival).shownAgainst].map(({ code }) => code),
  );
  const shared = [...reading.key.moment.units.entries()].filter(
    ([code, state]) =>
      state.status === 'present' && !telling.has(code) && share(named, code) >= 0.35 && share(rival, code) >= 0.35,
  );
  if (shared.length === 0) {
    return [];
  }
  const nouns = shared.slice(0, 3).map(([code, state]) => `the ${nounOf(code, unitsOf(teller, state.cites)[0]?.side)}`);
  const one = nouns.length === 1;
  const text = worded(seedOf(teller, 'shared'), [
    `${list(unique(nouns))} ${one ? 'fits' : 'fit'} ${named} and ${rival} alike and ${one ? 'decides' : 'decide'} little`,
    `${list(unique(nouns))} would be there in ${rival} just as well`,
  ]);
  return [
    cited(
      sentence(text),
      shared.slice(0, 3).flatMap(([, { cites }]) => cites),
    ),
  ];
};
