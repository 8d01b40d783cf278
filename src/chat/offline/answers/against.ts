import { actionUnit } from '../../../facs/index.ts';
import { said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { labelTopicOf } from '../topics-of.ts';
import { inside, labelWord, listed, momentOf, percent } from '../words.ts';
import { argumentsFor, type Label } from './arguments.ts';
import { firstOfEach, whetherLabel } from './labels.ts';
import { changers, contextOf, nothingToRead, quoted } from './tell-reading.ts';

/** "what speaks against happiness?" */
export const against = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const label: Label =
    labelTopicOf(asked)?.label ?? explanation.judgement.compound.label ?? explanation.judgement.expression.label;
  const word = labelWord(label);
  const { contra, missing } = argumentsFor(
    label,
    observationsOf(scene, 'action-unit', explanation.subject, explanation.range),
  );
  const unlikely = firstOfEach(contra).slice(0, 2);
  const gone = missing.slice(0, 3);
  const conflicts = quoted(explanation, explanation.conflicts, 2, 'conflicts');
  const sentences = [
    ...unlikely.map((each, index) =>
      said(index === 0 ? `This is unusual in ${word}: ${inside(each.text)}` : each.text, [each.id], {
        ...contextOf(explanation),
        part: 'alternatives',
      }),
    ),
    ...(gone.length === 0
      ? []
      : [
          said(
            `What ${word} usually brings is missing: ${listed(gone.map(({ au }) => `no ${actionUnit(au.code).noun} (${au.code})`))}.`,
            gone.map(({ id }) => id),
            { ...contextOf(explanation), part: 'alternatives' },
          ),
        ]),
    ...conflicts,
    ...quoted(explanation, explanation.alternatives, 1, 'alternatives'),
  ];
  return {
    sentences:
      sentences.length > 0
        ? sentences
        : [
            said(
              `Nothing that was measured speaks against ${word}: no movement is unusual in it, and none that it usually brings is missing.`,
            ),
          ],
    moments: unlikely.map(momentOf),
    suggestions: ['What would change the reading?', 'How sure are you?'],
  };
};

/** "could it be something else?" */
export const instead = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const topic = labelTopicOf(asked);
  if (topic !== null) {
    return whetherLabel(asked, scene, topic);
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const { judgement } = explanation;
  const ranked = Object.entries(judgement.expression.scores)
    .filter(([label]) => label !== judgement.expression.label)
    .sort(([, a], [, b]) => b - a);
  const [next] = ranked;
  const told = quoted(explanation, explanation.alternatives, 2, 'alternatives');
  return {
    sentences: [
      ...told,
      ...(told.length > 0 || next === undefined
        ? []
        : [
            said(
              `Next after ${judgement.expression.label} (${percent(judgement.expression.scores[judgement.expression.label])}) comes ${next[0]}, with ${percent(next[1])}.`,
              explanation.conclusion.cites,
              { ...contextOf(explanation), part: 'alternatives' },
            ),
          ]),
      ...changers(explanation).slice(0, 2),
    ],
    suggestions: [...(next === undefined ? [] : [`Is it ${next[0]}?`]), 'What would change the reading?'],
  };
};

/** "what would change your mind?" */
export const wouldChange = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const told = changers(explanation);
  return {
    sentences:
      told.length > 0
        ? told
        : [said('No single movement decides the reading: with any one of them gone, it would stay as it is.')],
    suggestions: ['What speaks against it?', 'How sure are you?'],
  };
};
