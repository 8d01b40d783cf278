import { ACTION_UNIT_CODES } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { levelWord, listed, momentOf, nameOf, span } from '../words.ts';
import { followUps, MOST_TOLD, oneEach, tellAbsence, tellEpisodes, tellUnit, unitsWanted } from './tell-units.ts';

/** "does she smile?", "are the brows raised at 0:03?" */
export const whetherUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all: UnitObservation[] = [];
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present, absent } = unitsOf(scene, unitsWanted(asked, topic));
    all.push(...present);
    if (present.length === 0) {
      return tellAbsence(scene, asked, topic);
    }
    const shaky = present.every(({ confidence }) => confidence < 0.5);
    const lead = shaky ? 'Probably, though measured with low confidence: ' : 'Yes: ';
    const missing =
      topic.kind === 'unit' && topic.codes.length > 1
        ? absent.filter(({ au }) => !present.some((each) => each.au.code === au.code)).slice(0, 1)
        : [];
    return [...tellEpisodes(scene, present, lead), ...missing.map((each) => tellUnit(each))];
  });
  return { sentences, moments: all.slice(0, MOST_TOLD).map(momentOf), suggestions: followUps(topics, all) };
};

/** "how strong is the smile?" */
export const howStrongUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, unitsWanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, unitsWanted(asked, topic));
    const codes = [...new Set(present.map(({ au }) => au.code))];
    if (codes.length === 0) {
      return tellAbsence(scene, asked, topic, 'Not measurably: ');
    }
    return codes.slice(0, 3).flatMap((code) =>
      strengthOf(
        scene,
        present.filter(({ au }) => au.code === code),
      ),
    );
  });
  const scale =
    all.length === 0 ? [] : [said('The levels go from A, a trace, over B, C and D to E, the most that a face can do.')];
  return {
    sentences: [...sentences, ...scale],
    moments: all.slice(0, MOST_TOLD).map(momentOf),
    suggestions: followUps(topics, all),
  };
};

const strengthOf = (scene: Scene, present: readonly UnitObservation[]): DraftSentence[] => {
  const strongest = strongestOf(present);
  const intensity = strongest?.au.intensity ?? null;
  if (strongest === null || intensity === null) {
    return present.slice(0, 1).map((each) => tellUnit(each));
  }
  const { au, id, subject } = strongest;
  const when = au.apexMs === null || scene.timeless ? '' : ` at ${timeWord(au.apexMs)}`;
  const weakest = present.reduce((low, each) => ((each.au.intensity ?? 5) < (low.au.intensity ?? 5) ? each : low));
  const whose =
    scene.people.length > 1 && subject !== null
      ? `${subject}'s ${actionUnit(au.code).noun}`
      : `The ${actionUnit(au.code).noun}`;
  const side = au.side === 'both' ? '' : `, on the ${au.side} side`;
  return [
    said(
      `${whose} (${au.code}) is ${levelWord(strongest)} at its strongest${when}${side}: ${intensity.toFixed(1)} of 5.`,
      [id],
      { subject },
    ),
    ...(present.length > 1 && weakest.id !== id
      ? [
          said(
            `It is recorded in ${present.length} stretches; the weakest of them is ${levelWord(weakest)}, ${span(scene, weakest.range)} (${au.code}).`,
            [weakest.id],
            { subject: weakest.subject },
          ),
        ]
      : []),
  ];
};

/** "what about the mouth?", "tell me about AU12" */
export const aboutUnits = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const codes = [...new Set(topics.flatMap((topic) => topic.codes))];
  const { present, absent } = unitsOf(scene, {
    subject: asked.everybody ? undefined : asked.subject,
    range: asked.range,
    codes,
  });
  const told = oneEach(present).slice(0, MOST_TOLD);
  const missing = absent
    .filter(({ au }) => !present.some((each) => each.au.code === au.code))
    .slice(0, told.length > 2 ? 1 : 2);
  const [topic] = topics;
  if (told.length + missing.length === 0 && topic !== undefined) {
    return { sentences: tellAbsence(scene, asked, topic) };
  }
  return {
    sentences: [...told, ...missing].map((each) => tellUnit(each)),
    moments: told.map(momentOf),
    suggestions: followUps(topics, told),
  };
};

/** "which action units are active?" */
export const listUnits = (asked: Asked, scene: Scene): Reply => {
  const { present, absent } = unitsOf(scene, {
    subject: asked.everybody ? undefined : asked.subject,
    range: asked.range,
    codes: ACTION_UNIT_CODES,
  });
  const strongest = oneEach(present);
  if (strongest.length === 0) {
    return {
      sentences: [
        said(`No movement of the face is recorded ${asked.timed ? 'there' : 'here'}.`),
        ...absent.slice(0, 3).map((each) => tellUnit(each)),
      ],
    };
  }
  const named = listed(
    strongest.map(({ au }) => `${actionUnit(au.code).noun} (${au.code}${au.letter === null ? '' : `, ${au.letter}`})`),
  );
  const who =
    scene.people.length > 1 && !asked.everybody
      ? `${nameOf(scene, asked.subject)} shows`
      : 'These movements are recorded:';
  return {
    sentences: [
      said(
        `${who} ${named}.`,
        strongest.map(({ id }) => id),
        { subject: asked.everybody ? null : asked.subject },
      ),
      ...(absent.length === 0
        ? []
        : [
            said(
              `Looked for and not found: ${listed(absent.slice(0, 5).map(({ au }) => `no ${actionUnit(au.code).noun} (${au.code})`))}.`,
              absent.slice(0, 5).map(({ id }) => id),
              { subject: asked.everybody ? null : asked.subject },
            ),
          ]),
    ],
    moments: strongest.slice(0, MOST_TOLD).map(momentOf),
    suggestions: strongest.slice(0, 2).map(({ au }) => `When is there ${actionUnit(au.code).noun}?`),
  };
};
