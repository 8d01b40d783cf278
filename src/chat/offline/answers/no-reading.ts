import { said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { readingPhrase } from './tell-reading.ts';

/** "what is she thinking?" */
export const thoughts = (): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      'Thoughts, wishes and intentions cannot be measured; only movements, voice and words are here. I can say how the face reads, and why.',
    ),
  ],
  suggestions: ['How does it read?', 'What was said?'],
});

/** "is he in pain?" */
export const pain = (asked: Asked, scene: Scene): Reply => {
  const codes = ['AU4', 'AU6', 'AU7', 'AU9', 'AU10', 'AU43'] as const;
  const found = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(
    ({ au }) => au.status === 'present' && codes.some((code) => code === au.code),
  );
  const told = found
    .filter(({ au }, index) => found.findIndex((each) => each.au.code === au.code) === index)
    .slice(0, 3);
  return {
    kind: 'beyond',
    sentences: [
      said('Pain is not one of the readings here, and it is no finding to be made from a few seconds of a face.'),
      ...(told.length === 0
        ? []
        : [
            said(
              'Of the movements that scales of pain look at, these are recorded; each of them has other causes, too.',
            ),
          ]),
      ...told.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ],
    suggestions: ['How does it read?'],
  };
};

/** A feeling that is none of the labels: "is she bored?" */
export const feeling = async (asked: Asked, scene: Scene, word: string): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  const read =
    explanation === null || explanation.judgement.abstained
      ? []
      : [
          said(
            `What can be said: it reads as ${readingPhrase(explanation.judgement)}.`,
            [...explanation.conclusion.cites, ...explanation.keyObservations.flatMap(({ cites }) => cites).slice(0, 4)],
            {
              part: 'interpretation',
              judgement: explanation.judgement,
              subject: explanation.subject,
              range: explanation.range,
            },
          ),
        ];
  return {
    kind: 'beyond',
    sentences: [
      said(
        `"${word}" is not one of the readings that are measured here: those are anger, contempt, disgust, fear, happiness, neutral, sadness, surprise, and mixtures of two of them.`,
        [],
        { part: 'alternatives' },
      ),
      ...read,
    ],
    suggestions: ['What do you see?', 'Is it sad or angry?'],
  };
};
