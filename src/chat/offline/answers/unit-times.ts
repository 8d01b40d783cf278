import { ACTION_UNIT_CODES } from '../../../contracts/index.ts';
import { durationWord, timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { gapsOf, observationsOf, type Scene, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { capitalized, momentOf, movement, span } from '../words.ts';
import { followUps, MOST_TOLD, tellAbsence, tellEpisodes, tellUnit, unitsWanted } from './tell-units.ts';

/** "when does she smile?" */
export const whenUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, unitsWanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, unitsWanted(asked, topic));
    return present.length === 0 ? tellAbsence(scene, asked, topic, 'Never: ') : tellEpisodes(scene, present, '');
  });
  return { sentences, moments: all.slice(0, 6).map(momentOf), suggestions: followUps(topics, all) };
};

/** "when did the smile begin?", "when does he stop frowning?" */
export const whenUnitChanges = (asked: Asked, scene: Scene): Reply => {
  const stops = asked.question.cues.has('stop') || asked.question.cues.has('fall');
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, unitsWanted(asked, topic)).present);
  if (all.length === 0) {
    return whenUnit(asked, scene);
  }
  const sentences = all
    .slice(0, MOST_TOLD)
    .map((observation) =>
      said(changeText(scene, observation, stops), [observation.id], { subject: observation.subject }),
    );
  const more = all.length > MOST_TOLD ? [said(`${all.length - MOST_TOLD} later stretches follow.`)] : [];
  return {
    sentences: [...sentences, ...more],
    moments: all.slice(0, MOST_TOLD).map(momentOf),
    suggestions: followUps(topics, all),
  };
};

const changeText = (scene: Scene, observation: UnitObservation, stops: boolean): string => {
  const { au, range } = observation;
  const noun = `${capitalized(movement(observation))} (${au.code})`;
  if (stops) {
    return au.offsetMs === null || range.endMs >= scene.whole.endMs - 60
      ? `${noun} is still there at the end.`
      : `${noun} ends at ${timeWord(range.endMs)}.`;
  }
  const peak = au.apexMs === null || scene.timeless ? '' : ` and is strongest at ${timeWord(au.apexMs)}`;
  return range.startMs <= 60
    ? `${noun} is there from the start${peak}.`
    : `${noun} begins at ${timeWord(range.startMs)}${peak}.`;
};

/** "how long does the smile last?" */
export const howLongUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  if (scene.timeless) {
    return { sentences: [said('This is a photo, so nothing in it has a length.')], kind: 'beyond' };
  }
  const all = topics.flatMap((topic) => unitsOf(scene, unitsWanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, unitsWanted(asked, topic));
    if (present.length === 0) {
      return tellAbsence(scene, asked, topic, 'No time at all: ');
    }
    const long = [...present].sort((a, b) => b.range.endMs - b.range.startMs - (a.range.endMs - a.range.startMs));
    const told = long.slice(0, 3).map((each, index) => {
      const lasts = durationWord(each.range.endMs - each.range.startMs);
      const lead = index === 0 && long.length > 1 ? 'The longest: ' : '';
      const text = `${movement(each)} (${each.au.code}) lasts ${lasts}, ${span(scene, each.range)}`;
      return said(`${lead === '' ? capitalized(text) : `${lead}${text}`}.`, [each.id], { subject: each.subject });
    });
    return long.length > 3 ? [...told, said(`${long.length - 3} shorter stretches come on top.`)] : told;
  });
  return { sentences, moments: all.slice(0, MOST_TOLD).map(momentOf), suggestions: followUps(topics, all) };
};

/** "how often does he raise his brows?" */
export const howOftenUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, unitsWanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, unitsWanted(asked, topic));
    const times = present.length === 1 ? 'Once' : present.length === 2 ? 'Twice' : `${present.length} times`;
    return present.length === 0
      ? tellAbsence(scene, asked, topic, 'Never: ')
      : tellEpisodes(scene, present, `${times}: `);
  });
  return { sentences, moments: all.slice(0, 6).map(momentOf), suggestions: followUps(topics, all) };
};

/** "what comes first?", "what is the last movement?" */
export const endmost = (asked: Asked, scene: Scene, which: 'first' | 'last'): Reply => {
  const topics = unitTopicsOf(asked);
  const codes = topics.length > 0 ? topics.flatMap((topic) => topic.codes) : ACTION_UNIT_CODES;
  const { present } = unitsOf(scene, {
    subject: asked.everybody ? undefined : asked.subject,
    range: asked.range,
    codes,
  });
  if (present.length === 0) {
    const [topic] = topics;
    return {
      sentences:
        topic === undefined ? [said('No movement of the face is recorded there.')] : tellAbsence(scene, asked, topic),
    };
  }
  const ordered = which === 'first' ? present : [...present].sort((a, b) => b.range.startMs - a.range.startMs);
  const told = ordered.slice(0, 2);
  return {
    sentences: told.map((each, index) =>
      tellUnit(
        each,
        index === 0 ? (which === 'first' ? 'First: ' : 'Last: ') : which === 'first' ? 'Then: ' : 'Before it: ',
      ),
    ),
    moments: told.map(momentOf),
    suggestions: ['What is the strongest moment?', 'What changed between the start and the end?'],
  };
};

/** "any micro-expressions?" */
export const micros = (asked: Asked, scene: Scene): Reply => {
  const found = observationsOf(scene, 'action-unit', asked.everybody ? undefined : asked.subject, asked.range).filter(
    ({ au }) => au.micro,
  );
  if (found.length > 0) {
    return {
      sentences: [
        said(
          `${found.length === 1 ? 'One movement is' : `${found.length} movements are`} brief enough to count as ${found.length === 1 ? 'a micro-expression' : 'micro-expressions'}: at most half a second, and quick to set in.`,
          found.map(({ id }) => id),
          { subject: null },
        ),
        ...found.slice(0, MOST_TOLD).map((each) => tellUnit(each)),
        said('That says how brief they are, and not that anything was held back.'),
      ],
      moments: found.slice(0, MOST_TOLD).map(momentOf),
    };
  }
  const gap = gapsOf(scene, asked.everybody ? null : asked.subject).find(({ what }) => what.includes('micro'));
  const reason = scene.timeless
    ? 'This is a photo, and brevity needs a clip.'
    : gap === undefined
      ? 'None: no movement here is as brief as half a second with a quick onset.'
      : `They cannot be told here. ${gap.why}`;
  return { sentences: [said(reason)] };
};
