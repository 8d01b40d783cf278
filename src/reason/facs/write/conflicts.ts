import type { CitedSentence } from '../../../contracts/index.ts';
import { CONTRADICTIONS } from '../../../facs/index.ts';
import { rankedLabels } from '../score.ts';
import { sentence } from './grammar.ts';
import { cited, shownAt, type Teller, unitsOf } from './teller.ts';
import { theNoun } from './unit-words.ts';
import { voiceConflicts } from './voice-moves.ts';
import { wordConflicts } from './word-moves.ts';

/** Presence from which a movement is a party to a conflict, after what a neighbour drags along is taken off. */
const PARTY_FROM = 0.7;
const MOST = 3;

/** What pulls in different directions: movements against each other, the sides, and the model against the coding. */
export const conflicts = (teller: Teller): CitedSentence[] =>
  [
    ...wordConflicts(teller),
    ...voiceConflicts(teller),
    ...movementConflicts(teller),
    ...sideConflicts(teller),
    ...modelConflict(teller),
  ].slice(0, MOST);

const movementConflicts = (teller: Teller): CitedSentence[] => {
  const { units } = teller.reading.key.moment;
  return CONTRADICTIONS.flatMap(({ first, second, unless, reading }) => {
    const [a] = shownAt(teller, first);
    const [b] = shownAt(teller, second);
    const acting = [first, second].every((code) => (units.get(code)?.presence ?? 0) >= PARTY_FROM);
    const onePattern = unless !== undefined && shownAt(teller, unless).length > 0;
    if (a === undefined || b === undefined || !acting || onePattern) {
      return [];
    }
    return [
      cited(
        sentence(
          `${theNoun(a, true)} and ${theNoun(b, true)} pull in different directions, which is often read as ${reading}`,
        ),
        [a.id, b.id],
      ),
    ];
  });
};

const sideConflicts = (teller: Teller): CitedSentence[] => {
  const atKey = new Set([...teller.reading.key.moment.units.values()].flatMap(({ cites }) => cites));
  const sided = teller.reading.evidence.units.filter(
    ({ id, status, side, code }) =>
      status === 'present' && side !== 'both' && atKey.has(id) && code !== 'AU45' && code !== 'AU43',
  );
  const left = sided.find(({ side }) => side === 'left');
  const right = sided.find(({ side, code }) => side === 'right' && code !== left?.code);
  if (left === undefined || right === undefined) {
    return [];
  }
  return [
    cited(
      sentence(
        `${theNoun(left)} and ${theNoun(right)} have no counterpart: the two halves of the face do different things`,
      ),
      [left.id, right.id],
    ),
  ];
};

/** Share of the model's best label from which its disagreement is a conflict. */
const MODEL_FROM = 0.5;

const modelConflict = (teller: Teller): CitedSentence[] => {
  const { evidence, label, key } = teller.reading;
  return evidence.expression
    .filter(({ range }) => evidence.still || (range.startMs <= key.moment.ms && key.moment.ms < range.endMs))
    .slice(0, 1)
    .flatMap(({ id, expression }) => {
      const [first = 'neutral'] = rankedLabels(expression.scores);
      if (first === label || expression.scores[first] < MODEL_FROM) {
        return [];
      }
      const leading = [...key.moment.units.values()]
        .filter(({ status }) => status === 'present')
        .flatMap(({ cites }) => cites);
      const units = unitsOf(teller, leading).slice(0, 2);
      return [
        cited(`The expression model favours ${first}, the coded movements favour ${label}.`, [
          id,
          ...units.map((unit) => unit.id),
        ]),
      ];
    });
};
