import { actionUnit } from '../../../facs/index.ts';
import { said } from '../../draft.ts';
import { type Scene, strongestOf, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { inside, momentOf, nameOf } from '../words.ts';
import { companionsOf, heardBefore } from './around.ts';
import { describe } from './describe.ts';
import { readingPhrase } from './tell-reading.ts';
import { tellAbsence } from './tell-units.ts';

/** "why does she smile?": what shows it, what it is read as, what happens around it. */
export const whyUnit = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const [topic] = unitTopicsOf(asked);
  if (topic === undefined) {
    return describe(asked, scene);
  }
  const { present } = unitsOf(scene, { subject: asked.subject, range: asked.range, codes: topic.codes });
  const strongest = strongestOf(present);
  if (strongest === null) {
    return { sentences: tellAbsence(scene, asked, topic, 'It is not there: ') };
  }
  const at = strongest.range.startMs;
  const company = scene.timeless ? [] : companionsOf(scene, { unit: strongest, ms: at, stops: false, next: null });
  const heard = scene.timeless ? [] : heardBefore(scene, at + 400);
  const explanation = scene.mayInfer
    ? await scene.explain(asked.subject, scene.timeless ? scene.whole : asked.timed ? asked.range : strongest.range)
    : null;
  const read =
    explanation === null || explanation.judgement.abstained
      ? []
      : [
          said(
            `With what else is there, it reads as ${readingPhrase(explanation.judgement)}.`,
            [
              strongest.id,
              ...explanation.conclusion.cites,
              ...explanation.keyObservations.flatMap(({ cites }) => cites).slice(0, 4),
            ],
            { part: 'interpretation', judgement: explanation.judgement, subject: asked.subject },
          ),
        ];
  const meant = explanation?.interpretation.filter(({ cites }) => cites.includes(strongest.id)).slice(0, 1) ?? [];
  return {
    sentences: [
      said(`What shows it: ${inside(strongest.text)}`, [strongest.id], { subject: strongest.subject }),
      ...company,
      ...heard,
      ...read,
      ...meant.map(({ text, cites }) =>
        said(text, cites, {
          part: 'interpretation',
          subject: asked.subject,
          ...(explanation === null ? {} : { judgement: explanation.judgement, range: explanation.range }),
        }),
      ),
      said(`What moves ${nameOf(scene, asked.subject)} to it, no measurement shows.`),
    ],
    moments: [momentOf(strongest)],
    suggestions: [
      `How strong is the ${actionUnit(strongest.au.code).noun}?`,
      `What if the ${actionUnit(strongest.au.code).noun} were absent?`,
    ],
  };
};
