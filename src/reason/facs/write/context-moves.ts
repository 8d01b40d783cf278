import type { CitedSentence } from '../../../contracts/index.ts';
import { rankedLabels } from '../score.ts';
import { list, noneOf, sentence } from './grammar.ts';
import { cited, type Teller } from './teller.ts';
import { nounOf } from './unit-words.ts';

/** Evidence beside the action units: the expression model, the resting look, the picture's quality. */
export const contextMoves = (teller: Teller): CitedSentence[] => [
  ...restingMove(teller),
  ...modelMove(teller),
  ...qualityMove(teller),
];

const restingMove = (teller: Teller): CitedSentence[] => {
  const resting = teller.reading.evidence.units.filter((unit) => unit.resting).slice(0, 2);
  if (resting.length === 0) {
    return [];
  }
  const nouns = resting.map(({ code, side }) => nounOf(code, side));
  const held = resting.some(({ status }) => status === 'present');
  const text = held
    ? `${list(nouns.map((noun) => `the ${noun}`))} ${resting.length === 1 ? 'stays' : 'stay'} at the level at which this face rests and ${resting.length === 1 ? 'is' : 'are'} hardly counted`
    : `${noneOf(nouns)} goes beyond the level at which this face rests`;
  return [
    cited(
      sentence(text),
      resting.map(({ id }) => id),
    ),
  ];
};

const modelMove = (teller: Teller): CitedSentence[] => {
  const { evidence, label, key } = teller.reading;
  const { abstention } = teller;
  const model = evidence.expression.find(
    ({ range }) => evidence.still || (range.startMs <= key.moment.ms && key.moment.ms < range.endMs),
  );
  if (model === undefined) {
    return [];
  }
  const [first = 'neutral'] = rankedLabels(model.expression.scores);
  const reading = first === 'neutral' ? 'a neutral reading' : first;
  const asked = 'The expression model, asked apart from the coding,';
  const text =
    abstention !== null
      ? `${asked} argues for ${reading}; the movements alone fall short of it.`
      : first === label
        ? `${asked} agrees on ${reading}.`
        : `${asked} argues for ${reading}; the movements outweigh it here.`;
  return [cited(text, [model.id])];
};

const ISSUE_WORDS: Readonly<Record<string, string>> = {
  small: 'is small in the picture',
  blurred: 'is blurred',
  turned: 'is turned away from the camera',
  occluded: 'is partly covered',
  cropped: 'is cut off at the edge',
  dark: 'is dark',
  bright: 'is overexposed',
  brief: 'is seen only briefly',
};

const qualityMove = (teller: Teller): CitedSentence[] => {
  const issues = teller.reading.evidence.quality.flatMap(({ id, quality }) => {
    const words = ISSUE_WORDS[quality.issue];
    return words === undefined || quality.severity < 0.25 ? [] : [{ id, words }];
  });
  if (issues.length === 0) {
    return [];
  }
  const words = [...new Set(issues.map((issue) => issue.words))].slice(0, 2);
  return [
    cited(
      `The face ${list(words)}, which makes every level here less certain.`,
      issues.map(({ id }) => id),
    ),
  ];
};
