import type { CitedSentence, Explanation, Judgement } from '../../../contracts/index.ts';
import { type DraftSentence, said } from '../../draft.ts';
import type { Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, labelWord, momentOf, nameOf, percent } from '../words.ts';
import { type Label, shareOf } from './arguments.ts';

/** What a sentence taken out of an explanation is about. */
export const contextOf = ({
  subject,
  range,
  judgement,
}: Explanation): Pick<DraftSentence, 'subject' | 'range' | 'judgement'> => ({
  subject,
  range,
  judgement,
});

/** The conclusion, citing enough to stand alone. */
export const conclusionOf = (explanation: Explanation): DraftSentence => {
  const { text, cites } = explanation.conclusion;
  // Out of its explanation the conclusion leans on what the key observations cite, too.
  return said(text, [...cites, ...explanation.keyObservations.flatMap((each) => each.cites).slice(0, 6)], {
    ...contextOf(explanation),
    part: 'conclusion',
  });
};

/** The first sentences of one part of an explanation, as they stand there. */
export const quoted = (
  explanation: Explanation,
  sentences: readonly CitedSentence[],
  most: number,
  part: DraftSentence['part'] = 'interpretation',
): DraftSentence[] =>
  sentences.slice(0, most).map(({ text, cites }) => said(text, cites, { ...contextOf(explanation), part }));

/** "happiness (96 %)", "happily surprised (71 %)". */
export const readingPhrase = (judgement: Judgement): string => {
  const { label } = judgement.compound;
  const named: Label = label ?? judgement.expression.label;
  const score = label === null ? judgement.expression.scores[judgement.expression.label] : shareOf(judgement, label);
  return `${labelWord(named)} (${percent(score)})`;
};

export const confidenceWord = (confidence: number): string =>
  confidence >= 0.75 ? 'high' : confidence >= 0.5 ? 'moderate' : confidence >= 0.3 ? 'low' : 'very low';

/** The answer where there is no explanation to take one from. */
export const nothingToRead = (asked: Asked, scene: Scene): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      asked.timed
        ? `${capitalized(nameOf(scene, asked.subject))} is not to be seen or heard at that time.`
        : 'There is no face and no voice that could be read.',
    ),
  ],
});

/** The movements among what is cited, as moments to go to. */
export const momentsOf = (scene: Scene, cites: readonly string[]): Reply['moments'] =>
  [...new Set(cites)]
    .flatMap((id) => scene.byId.get(id) ?? [])
    .filter(({ kind }) => kind === 'action-unit')
    .slice(0, 3)
    .map(momentOf);

/** What the explanation says would change it. */
export const changers = (explanation: Explanation): DraftSentence[] =>
  explanation.wouldChange.map(({ text }) =>
    said(text, [...new Set(text.match(/\bo\d+\b/g) ?? [])], { ...contextOf(explanation), part: 'alternatives' }),
  );
