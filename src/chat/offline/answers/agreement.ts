import { said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { listed, momentOf } from '../words.ts';
import { nothingToRead, quoted } from './tell-reading.ts';

/** "do the face and the voice agree?" */
export const conflict = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const conflicts = quoted(explanation, explanation.conflicts, 3, 'conflicts');
  if (conflicts.length > 0) {
    return { sentences: conflicts, suggestions: ['How does the voice sound?', 'What was said?'] };
  }
  const has = (kind: 'voice' | 'speech'): boolean => observationsOf(scene, kind, undefined, asked.range).length > 0;
  const channels = [
    explanation.subject === null ? null : 'the face',
    has('voice') ? 'the voice' : null,
    has('speech') ? 'the words' : null,
  ].filter((each) => each !== null);
  const beside = explanation.interpretation.filter(({ cites }) =>
    cites.some((id) => ['voice', 'speech', 'affect'].includes(scene.byId.get(id)?.kind ?? '')),
  );
  return {
    sentences: [
      said(
        channels.length < 2
          ? `Only ${channels.join('')} could be read, so there is nothing for it to agree with.`
          : `No conflict was found between ${listed(channels)}.`,
      ),
      ...quoted(explanation, beside, 2),
    ],
    suggestions: has('voice') ? ['How does the voice sound?'] : ['What was not measured?'],
  };
};

/** "is the smile genuine?" */
export const genuine = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const smiles = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(
    ({ au }) => au.code === 'AU12',
  );
  const cheeks = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(({ au }) => au.code === 'AU6');
  const explanation = smiles.some(({ au }) => au.status === 'present')
    ? await scene.explain(asked.subject, asked.range)
    : null;
  const about =
    explanation?.interpretation.filter(({ cites }) => cites.some((id) => cheeks.some((each) => each.id === id))) ?? [];
  const [smile] = smiles;
  if (explanation === null || smile === undefined) {
    return {
      sentences: [
        ...(smile === undefined
          ? [said('No lip-corner pull is recorded, so there is no smile to speak of.')]
          : [said(smile.text, [smile.id])]),
      ],
    };
  }
  const told =
    about.length > 0 ? quoted(explanation, about, 2) : cheeks.slice(0, 2).map((each) => said(each.text, [each.id]));
  return {
    sentences: [
      said(
        'Whether it is felt cannot be told from a face. What coders look at is whether the cheeks rise more than the lip corners alone would lift them.',
      ),
      ...told,
      ...(told.length === 0 ? [said('Nothing is recorded of the cheeks, so that cannot be told here.')] : []),
    ],
    moments: cheeks
      .filter(({ au }) => au.status === 'present')
      .slice(0, 2)
      .map(momentOf),
    suggestions: ['How strong is the smile?', 'Is the smile symmetrical?'],
  };
};
