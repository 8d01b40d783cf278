import type { Explanation } from '../../../contracts/index.ts';
import { type DraftSentence, said } from '../../draft.ts';
import type { Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, faceOf, inside, percent } from '../words.ts';
import {
  conclusionOf,
  confidenceWord,
  contextOf,
  momentsOf,
  nothingToRead,
  quoted,
  readingPhrase,
} from './tell-reading.ts';

/** Subjects of an answer about everybody; more are counted, not told. */
const MOST_PEOPLE = 4;

const subjectsOf = (asked: Asked, scene: Scene): (string | null)[] => {
  if (asked.named.length > 0) {
    return [...asked.named];
  }
  if (!asked.everybody) {
    return [asked.subject];
  }
  return [...scene.people]
    .sort((a, b) => b.frames - a.frames)
    .slice(0, MOST_PEOPLE)
    .map(({ id }) => id)
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
};

/** "how is she feeling?", "what is the mood?" */
export const reading = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanations = (
    await Promise.all(subjectsOf(asked, scene).map((subject) => scene.explain(subject, asked.range)))
  ).filter((each) => each !== null);
  const [only] = explanations;
  if (only === undefined) {
    return nothingToRead(asked, scene);
  }
  if (explanations.length > 1) {
    return {
      sentences: [
        ...explanations.map((each) => shortReading(each, scene)),
        ...(scene.people.length > explanations.length && asked.named.length === 0
          ? [said(`${scene.people.length - explanations.length} more are in view, for a shorter time.`)]
          : []),
      ],
      suggestions: explanations.slice(0, 2).map(({ subject }) => `Why does ${subject ?? 'the voice'} read like that?`),
    };
  }
  const key = quoted(only, only.keyObservations, 2, 'key-observations');
  return {
    sentences: [
      conclusionOf(only),
      ...key,
      ...quoted(only, only.conflicts, 1, 'conflicts'),
      ...(only.judgement.abstained
        ? []
        : [
            said(
              `The confidence in that is ${confidenceWord(only.judgement.confidence)} (${percent(only.judgement.confidence)}).`,
              [],
              contextOf(only),
            ),
          ]),
    ],
    moments: momentsOf(
      scene,
      key.flatMap(({ cites }) => cites),
    ),
    suggestions: only.judgement.abstained
      ? ['What do you see?', 'What was not measured?']
      : [`Why ${only.judgement.expression.label}?`, 'How sure are you?', 'When does the reading change?'],
  };
};

const shortReading = (explanation: Explanation, scene: Scene): DraftSentence => {
  const { judgement, subject, keyObservations, conclusion } = explanation;
  const cites = [...conclusion.cites, ...keyObservations.flatMap((each) => each.cites)].slice(0, 6);
  const whose = capitalized(faceOf(scene, subject));
  const text = judgement.abstained
    ? `${whose} gives no reading: ${inside(judgement.reason)}`
    : `${whose} reads as ${readingPhrase(judgement)}, with ${confidenceWord(judgement.confidence)} confidence.`;
  return said(text, cites, { ...contextOf(explanation), part: judgement.abstained ? 'interpretation' : 'conclusion' });
};

/** "give me a summary" */
export const summary = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const base = await reading(asked, scene);
  if (asked.everybody || asked.named.length > 1) {
    return base;
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return base;
  }
  return {
    ...base,
    sentences: [
      conclusionOf(explanation),
      ...quoted(explanation, explanation.keyObservations, 3, 'key-observations'),
      ...quoted(explanation, explanation.conflicts, 1, 'conflicts'),
    ],
  };
};
