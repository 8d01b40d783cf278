import { ACTION_UNIT_CODES } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { UNMEASURED_CODES } from '../../../verify/lexicon/units.ts';
import { aside, type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { inside, listed, percent } from '../words.ts';
import { readingPhrase } from './tell-reading.ts';

/** "what was not measured?" */
export const notMeasured = (asked: Asked, scene: Scene): Reply => {
  const unique = scene.analysis.notMeasured.filter(
    ({ what, why }, index, all) => all.findIndex((each) => each.what === what && each.why === why) === index,
  );
  const gaps = unique
    .slice(0, 5)
    .map(({ what, why }) => aside(`Not measured: ${/AU\d/.test(what) ? `"${what}"` : what}. ${why}`));
  const hidden = observationsOf(scene, 'action-unit', asked.everybody ? undefined : asked.subject, asked.range)
    .filter(({ au }) => au.status === 'not-visible')
    .slice(0, 3);
  const quality = observationsOf(scene, 'quality', undefined, asked.range).slice(0, 4);
  const warnings = scene.analysis.warnings.slice(0, 3).map(({ message }) => aside(message));
  const covered = new Set<number>(ACTION_UNIT_CODES.map((code) => actionUnit(code).number));
  const others = Object.entries(UNMEASURED_CODES)
    .filter(([number]) => !covered.has(Number(number)))
    .slice(0, 5);
  const never = said(
    `No model here covers the rarer action units, such as ${listed(others.map(([number, name]) => `"${name}" (number ${number})`))}.`,
    [],
    { part: 'alternatives' },
  );
  const told = [
    ...gaps,
    ...hidden.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ...quality.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ...warnings,
  ];
  return {
    sentences: [
      ...(told.length === 0 ? [said('Everything that whyface measures could be measured here.')] : told),
      never,
    ],
    suggestions: ['How sure are you?', 'Give me a summary'],
  };
};

/** "how sure are you?" */
export const howSure = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const topics = unitTopicsOf(asked);
  const codes = topics.flatMap((topic) => topic.codes);
  const units =
    codes.length === 0
      ? []
      : observationsOf(scene, 'action-unit', asked.subject, asked.range)
          .filter(({ au }) => codes.includes(au.code))
          .slice(0, 2);
  const measured = units.map((each) =>
    said(
      `${inside(each.text).charAt(0).toUpperCase()}${inside(each.text).slice(1).replace(/\.$/, '')}; that is measured with a confidence of ${percent(each.confidence)}.`,
      [each.id],
      { subject: each.subject },
    ),
  );
  const explanation = scene.mayInfer ? await scene.explain(asked.subject, asked.range) : null;
  const quality = observationsOf(scene, 'quality', asked.subject, asked.range)
    .slice(0, 2)
    .map((each) => said(each.text, [each.id], { subject: each.subject }));
  if (explanation === null) {
    return {
      sentences:
        measured.length + quality.length > 0
          ? [...measured, ...quality]
          : [said('There is no reading here to be sure of.')],
    };
  }
  const { judgement, grounding } = explanation;
  const context = { judgement, subject: explanation.subject, range: explanation.range };
  const testable = grounding.claims.filter(({ verdict }) => verdict !== 'untestable').length;
  const supported = grounding.claims.filter(({ verdict }) => verdict === 'supported').length;
  const reading: DraftSentence[] = judgement.abstained
    ? [said(`No reading is given at all: ${inside(judgement.reason)}`, [], { ...context, part: 'alternatives' })]
    : [
        said(
          `The reading ${readingPhrase(judgement)} is held with a confidence of ${percent(judgement.confidence)}.`,
          explanation.conclusion.cites,
          { ...context, part: 'interpretation' },
        ),
        said(judgement.reason, [], { ...context, part: 'alternatives' }),
      ];
  const checked =
    testable === 0
      ? []
      : [
          said(
            `${supported} of the ${testable} claims of its explanation that can be checked agree with what they cite.`,
            [],
            { ...context, part: 'alternatives' },
          ),
        ];
  const conflicts = explanation.conflicts
    .slice(0, 1)
    .map(({ text, cites }) => said(text, cites, { ...context, part: 'conflicts' }));
  return {
    sentences: [
      ...measured,
      ...reading,
      ...checked,
      ...conflicts,
      ...quality,
      said('All of it is about how the expression reads, and not about what the person feels.'),
    ],
    suggestions: ['What speaks against it?', 'What would change the reading?', 'What was not measured?'],
  };
};
