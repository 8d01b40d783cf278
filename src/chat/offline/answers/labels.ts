import type { Explanation } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, type UnitObservation } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import type { LabelTopic } from '../topics-of.ts';
import { capitalized, faceOf, inside, labelWord, listed, momentOf, percent } from '../words.ts';
import { argumentsFor, readsAs, shareOf } from './arguments.ts';
import {
  changers,
  conclusionOf,
  confidenceWord,
  contextOf,
  momentsOf,
  nothingToRead,
  quoted,
  readingPhrase,
} from './tell-reading.ts';

/** "why does she look happy?" */
export const whyLabel = async (asked: Asked, scene: Scene, topic: LabelTopic): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  if (!readsAs(explanation.judgement, topic.label)) {
    return notThat(scene, topic, explanation, true);
  }
  const units = observationsOf(scene, 'action-unit', explanation.subject, explanation.range);
  const { pro } = argumentsFor(topic.label, units);
  const ids = new Set(pro.map(({ id }) => id));
  const telling = explanation.keyObservations.filter(({ cites }) =>
    cites.some((id) => ids.has(id) || scene.byId.get(id)?.kind === 'speech' || scene.byId.get(id)?.kind === 'voice'),
  );
  const key = quoted(explanation, telling.length > 0 ? telling : explanation.keyObservations, 3, 'key-observations');
  return {
    sentences: [
      conclusionOf(explanation),
      ...key,
      ...quoted(explanation, explanation.interpretation, 2),
      ...quoted(explanation, explanation.conflicts, 1, 'conflicts'),
      ...changers(explanation).slice(0, 1),
      ...looseWord(topic),
    ],
    moments: momentsOf(
      scene,
      key.flatMap(({ cites }) => cites),
    ),
    suggestions: [
      `What speaks against ${labelWord(topic.label)}?`,
      'How sure are you?',
      ...(pro[0] === undefined ? [] : [`What if the ${actionUnit(pro[0].au.code).noun} were absent?`]),
    ],
  };
};

/** "frustrated" is not one of the labels: what it was taken for is said. */
const looseWord = ({ words, label, exact }: LabelTopic): DraftSentence[] =>
  exact ? [] : [said(`"${capitalized(words)}" is not a label of its own here; the nearest is "${labelWord(label)}".`)];

/** A label that the reading does not give: what it gives, and what speaks for and against the one that was asked for. */
const notThat = (scene: Scene, topic: LabelTopic, explanation: Explanation, presumed: boolean): Reply => {
  const { judgement, subject, range } = explanation;
  const share = shareOf(judgement, topic.label);
  const word = labelWord(topic.label);
  const units = observationsOf(scene, 'action-unit', subject, range);
  const { pro, missing } = argumentsFor(topic.label, units);
  const cites = [
    ...new Set([...explanation.conclusion.cites, ...explanation.keyObservations.flatMap((each) => each.cites)]),
  ].slice(0, 6);
  const face = faceOf(scene, subject);
  const lead = judgement.abstained
    ? `${presumed ? 'That cannot be said' : 'That cannot be told'}: ${inside(judgement.reason)}`
    : share >= 0.2
      ? `${presumed ? 'Only in part' : 'In part'}: ${face} reads as ${readingPhrase(judgement)}, and ${word} follows with ${percent(share)}.`
      : `${presumed ? 'The measurements do not say so' : 'Not by the measurements'}: ${face} reads as ${readingPhrase(judgement)}, and ${word} gets ${percent(share)}.`;
  const forIt = pro.slice(0, 2);
  const against = missing.slice(0, 3);
  return {
    sentences: [
      said(lead, cites, { ...contextOf(explanation), part: 'interpretation' }),
      ...forIt.map((each, index) =>
        said(index === 0 ? `For ${word} there is this: ${inside(each.text)}` : each.text, [each.id], {
          ...contextOf(explanation),
          part: 'alternatives',
        }),
      ),
      ...(against.length === 0
        ? []
        : [
            said(
              `What ${word} usually brings is missing: ${listed(against.map(({ au }) => `no ${actionUnit(au.code).noun} (${au.code})`))}.`,
              against.map(({ id }) => id),
              { ...contextOf(explanation), part: 'alternatives' },
            ),
          ]),
      ...looseWord(topic),
    ],
    moments: forIt.map(momentOf),
    suggestions: [
      judgement.abstained
        ? 'What do you see?'
        : `Why ${labelWord(judgement.compound.label ?? judgement.expression.label)}?`,
      'How sure are you?',
    ],
  };
};

/** "is she angry?" */
export const whetherLabel = async (asked: Asked, scene: Scene, topic: LabelTopic): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const { judgement } = explanation;
  if (!readsAs(judgement, topic.label)) {
    return notThat(scene, topic, explanation, false);
  }
  const units = observationsOf(scene, 'action-unit', explanation.subject, explanation.range);
  const { pro } = argumentsFor(topic.label, units);
  const told = firstOfEach(pro).slice(0, 2);
  const cites = [...told.map(({ id }) => id), ...explanation.conclusion.cites];
  return {
    sentences: [
      said(
        `It reads like that: ${faceOf(scene, explanation.subject)} reads as ${readingPhrase(judgement)}, with ${confidenceWord(judgement.confidence)} confidence.`,
        cites,
        { ...contextOf(explanation), part: 'conclusion' },
      ),
      ...told.map((each) => said(each.text, [each.id], contextOf(explanation))),
      said('Whether that is also felt, no measurement of a face or a voice can tell.'),
      ...looseWord(topic),
    ],
    moments: told.map(momentOf),
    suggestions: [`Why ${labelWord(topic.label)}?`, `When does it read as ${labelWord(topic.label)}?`],
  };
};

/** The first stretch of each action unit. */
export const firstOfEach = (units: readonly UnitObservation[]): UnitObservation[] =>
  units.filter(({ au }, index) => units.findIndex((other) => other.au.code === au.code) === index);
