import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { type Scene, strongestOf, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { labelTopicOf, unitTopicsOf } from '../topics-of.ts';
import type { Person } from '../understand/persons.ts';
import { faceOf, listed, momentOf, nameOf, percent } from '../words.ts';
import { shareOf } from './arguments.ts';
import { readingPhrase } from './tell-reading.ts';
import { tellAbsence } from './tell-units.ts';
import { whoSpeaks } from './voice.ts';

/** "how many people are there?" */
export const whoIsThere = (scene: Scene): Reply => {
  const { people, analysis } = scene;
  if (people.length === 0) {
    return {
      sentences: [said(analysis.clip.hasAudio ? 'Nobody is in view; there is only sound.' : 'Nobody is in view.')],
    };
  }
  const many =
    people.length === 1
      ? 'One person is in view.'
      : `${people.length} people are in view: ${listed(people.map(({ id }) => id))}.`;
  const when = people.slice(0, 6).map(({ id, place }): DraftSentence => {
    const subject = analysis.subjects.find((each) => each.id === id);
    const where =
      place === null || people.length < 2
        ? ''
        : place < 0.4
          ? ', on the left of the picture'
          : place > 0.6
            ? ', on the right of the picture'
            : ', in the middle of the picture';
    const time =
      scene.timeless || subject === undefined
        ? ''
        : ` from ${timeWord(subject.firstMs)} to ${timeWord(subject.lastMs)}`;
    return said(`${id} is seen${time}${where}.`, [], { part: 'alternatives', subject: id });
  });
  return {
    sentences: [
      said(many),
      ...(scene.timeless && (people.length === 1 || people.every(({ place }) => place === null)) ? [] : when),
      said('They are only numbered; who they are is not looked at.'),
    ],
    suggestions:
      people.length > 1 ? ['Who smiles most?', 'Compare P1 and P2', 'Who speaks?'] : ['How does the person look?'],
  };
};

/** "who smiles most?", "who looks angry?", "who speaks?" */
export const who = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const label = labelTopicOf(asked);
  const [topic] = unitTopicsOf(asked);
  if (topic === undefined && label === null && asked.question.cues.has('speak')) {
    return whoSpeaks({ ...asked, everybody: true }, scene);
  }
  if (topic === undefined && label === null && asked.question.cues.has('say')) {
    return whoSpeaks({ ...asked, everybody: true }, scene);
  }
  if (topic !== undefined) {
    return whoMoves(asked, scene);
  }
  const ranked = await Promise.all(
    scene.people.map(async ({ id }) => {
      const explanation = await scene.explain(id, asked.range);
      return explanation === null
        ? null
        : {
            id,
            explanation,
            share: label === null ? explanation.judgement.confidence : shareOf(explanation.judgement, label.label),
          };
    }),
  );
  const found = ranked.filter((each) => each !== null).sort((a, b) => b.share - a.share);
  const [first] = found;
  if (first === undefined) {
    return { kind: 'beyond', sentences: [said('Nobody can be read there.')] };
  }
  const told = found.slice(0, 4).map(({ id, explanation, share }, index): DraftSentence => {
    const { judgement } = explanation;
    const cites = [...explanation.conclusion.cites, ...explanation.keyObservations.flatMap((each) => each.cites)].slice(
      0,
      5,
    );
    const { abstained, reason } = judgement;
    const text = abstained
      ? `${faceOf(scene, id)} gives no reading, with ${label === null ? percent(judgement.confidence) : `${percent(share)} for ${label.label.replaceAll('-', ' ')}`}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
      : label === null || judgement.expression.label === label.label
        ? `${index === 0 && label !== null && found.length > 1 ? `${id} first of all: ` : ''}${faceOf(scene, id)} reads as ${readingPhrase(judgement)}.`
        : `${faceOf(scene, id)} reads as ${readingPhrase(judgement)}, with ${percent(share)} for ${label.label.replaceAll('-', ' ')}.`;
    return said(text.charAt(0).toUpperCase() + text.slice(1), cites, {
      subject: id,
      range: explanation.range,
      judgement,
      part: 'alternatives',
    });
  });
  const none =
    label !== null &&
    found.every(
      ({ explanation }) =>
        explanation.judgement.abstained ||
        (explanation.judgement.expression.label !== label.label &&
          explanation.judgement.compound.label !== label.label),
    );
  return {
    sentences: [
      ...(none
        ? [
            said(
              `Nobody is read as ${label.label.replaceAll('-', ' ')} here; in the order of what each has of it:`,
              [],
              { part: 'alternatives' },
            ),
          ]
        : []),
      ...told,
    ],
    suggestions: [`Why does ${first.id} look like that?`, 'How sure are you?'],
  };
};

const whoMoves = (asked: Asked, scene: Scene): Reply => {
  const [topic] = unitTopicsOf(asked);
  if (topic === undefined) {
    return { sentences: [] };
  }
  const strongest = (person: Person) =>
    strongestOf(
      unitsOf(scene, {
        subject: person.id,
        range: asked.range,
        codes: topic.codes,
        side: topic.kind === 'unit' ? topic.side : null,
      }).present,
    );
  const found = scene.people
    .flatMap((person) => strongest(person) ?? [])
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0));
  if (found.length === 0) {
    return {
      sentences: [said('Nobody:'), ...tellAbsence(scene, { ...asked, everybody: true }, topic, '')].slice(0, 4),
    };
  }
  const rest = scene.people.filter(({ id }) => !found.some(({ subject }) => subject === id)).map(({ id }) => id);
  const superlative = asked.question.cues.has('more') && found.length > 1;
  const [first] = found;
  return {
    sentences: [
      ...(superlative && first !== undefined
        ? [
            said(
              `Strongest in ${nameOf(scene, first.subject)}, with ${(first.au.intensity ?? 0).toFixed(1)} of 5.`,
              [first.id],
              { part: 'alternatives', subject: first.subject },
            ),
          ]
        : []),
      ...found.slice(0, 4).map((each) => said(each.text, [each.id], { subject: each.subject })),
      ...(rest.length === 0 || scene.people.length < 2
        ? []
        : [said(`It is not recorded of ${listed(rest.slice(0, 6))}.`, [], { part: 'alternatives' })]),
    ],
    moments: found.slice(0, 4).map(momentOf),
    suggestions: first === undefined ? [] : [`Why does ${first.subject ?? 'the voice'} do that?`],
  };
};
