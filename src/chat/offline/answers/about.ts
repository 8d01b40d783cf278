import { said } from '../../draft.ts';
import { gapsOf, observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { momentOf } from '../words.ts';
import { term } from './clip-facts.ts';
import { aboutUnits } from './units.ts';
import { howItSounds } from './voice.ts';

const KINDS = ['head', 'gaze', 'blink'] as const;
type Kind = (typeof KINDS)[number];

const kindOf = (asked: Asked): Kind | null =>
  KINDS.find((kind) => asked.topics.some((topic) => topic.kind === kind)) ?? null;

/** Head, gaze and blinks, however they are asked about. */
export const aboutHeadGazeBlink = (asked: Asked, scene: Scene): Reply | null => {
  const kind = kindOf(asked);
  if (kind === null || asked.topics.some((topic) => topic.kind === 'unit')) {
    return null;
  }
  const found = observationsOf(scene, kind, asked.everybody ? undefined : asked.subject, asked.range);
  const topic = asked.topics.find((each) => each.kind === kind);
  const movement = topic?.kind === 'head' ? topic.movement : null;
  const matching = found.filter((each) =>
    each.kind === 'head'
      ? movement === null || each.head.movement === movement
      : each.kind === 'gaze'
        ? topic?.kind !== 'gaze' ||
          topic.direction === null ||
          each.gaze.direction === topic.direction ||
          topic.direction === 'away'
        : true,
  );
  const told = matching.length > 0 ? matching : found;
  if (told.length === 0) {
    const gap = gapsOf(scene, asked.everybody ? null : asked.subject).find(
      ({ what }) => what.includes(kind) || (kind === 'blink' && what.includes('blink')),
    );
    return {
      kind: 'beyond',
      sentences: [
        said(
          gap === undefined
            ? `Nothing is recorded of the ${kind === 'blink' ? 'lids blinking' : kind} there.`
            : gap.why,
        ),
      ],
    };
  }
  const asks =
    asked.intent === 'whether' &&
    topic?.kind !== 'blink' &&
    (movement !== null || (topic?.kind === 'gaze' && topic.direction !== null));
  const lead = !asks ? '' : matching.length > 0 ? 'Yes: ' : 'No such movement; what is recorded: ';
  return {
    sentences: told
      .slice(0, 4)
      .map((each, index) =>
        said(
          index === 0 && lead !== ''
            ? `${lead}${/^P\d/.test(each.text) ? each.text : each.text.charAt(0).toLowerCase() + each.text.slice(1)}`
            : each.text,
          [each.id],
          { subject: each.subject },
        ),
      ),
    moments: told
      .filter(({ range }) => range.endMs - range.startMs < scene.whole.endMs * 0.8)
      .slice(0, 3)
      .map(momentOf),
    suggestions: ['What happens around it?', 'Give me a summary'],
  };
};

/** "what's the arousal?" */
const aboutAffect = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return { kind: 'beyond', sentences: [said('There is no face and no voice there that could be read.')] };
  }
  const { judgement } = explanation;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
  const dimensions = asked.topics.flatMap((topic) => (topic.kind === 'affect' ? [topic.dimension] : []));
  const sources = observationsOf(scene, 'affect', undefined, asked.range).filter(
    ({ subject }) => subject === null || subject === explanation.subject,
  );
  return {
    sentences: [
      ...dimensions.map((dimension) =>
        said(
          `The reading has ${dimension === 'valence' ? 'a valence' : 'an arousal'} of ${signed(judgement[dimension])}.`,
          sources.map(({ id }) => id).slice(0, 3),
          { judgement, part: 'interpretation', subject: explanation.subject, range: explanation.range },
        ),
      ),
      said('The scale goes from −1 (unpleasant, calm) to +1 (pleasant, roused).', [], { part: 'alternatives' }),
    ],
    suggestions: ['How does it read?', 'How sure are you?'],
  };
};

/** "what is o12?" */
const aboutObservations = (asked: Asked, scene: Scene): Reply => ({
  sentences: asked.topics.flatMap((topic) => {
    const found = topic.kind === 'observation' ? scene.byId.get(topic.id) : undefined;
    return topic.kind !== 'observation'
      ? []
      : found === undefined
        ? [said(`There is no observation with the number ${topic.id.slice(1)}.`)]
        : [
            said(found.text, [found.id], { subject: found.subject }),
            said(
              `It comes from ${found.source}, with a confidence of ${Math.round(found.confidence * 100)} %.`,
              [found.id],
              { subject: found.subject, part: 'alternatives' },
            ),
          ];
  }),
  moments: asked.topics
    .flatMap((topic) => (topic.kind === 'observation' ? (scene.byId.get(topic.id) ?? []) : []))
    .map(momentOf),
});

/** "what about the mouth?", "where is she looking?", "tell me about o5" */
export const about = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (asked.topics.some(({ kind }) => kind === 'observation')) {
    return aboutObservations(asked, scene);
  }
  if (asked.topics.some(({ kind }) => kind === 'affect')) {
    return aboutAffect(asked, scene);
  }
  if (asked.topics.some(({ kind }) => kind === 'unmeasured-unit')) {
    return term(asked);
  }
  return (
    aboutHeadGazeBlink(asked, scene) ??
    (asked.topics.some(({ kind }) => kind === 'voice') ? howItSounds(asked, scene) : aboutUnits(asked, scene))
  );
};
