import { ACTION_UNIT_CODES, type ActionUnitCode, type Side, type TimeRange } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { durationWord, timeWord } from '../../../facs/time-words.ts';
import { aside, type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import type { Topic } from '../understand/topics.ts';
import {
  around,
  capitalized,
  inside,
  levelWord,
  listed,
  momentOf,
  movement,
  nameOf,
  span,
  theUnit,
  theUnits,
} from '../words.ts';

/** Episodes told one by one; of more, the strongest, the first and the last. */
const MOST_TOLD = 4;

export type UnitTopic = Extract<Topic, { kind: 'unit' | 'region' }>;

export const unitTopicsOf = (asked: Asked): UnitTopic[] =>
  asked.topics.filter((topic): topic is UnitTopic => topic.kind === 'unit' || topic.kind === 'region');

const sideOf = (topic: UnitTopic): Side | null => (topic.kind === 'unit' ? topic.side : null);

const wanted = (asked: Asked, topic: UnitTopic, range: TimeRange = asked.range) => ({
  subject: asked.everybody ? undefined : asked.subject,
  range,
  codes: topic.codes,
  side: sideOf(topic),
});

const tell = (observation: UnitObservation, lead = ''): DraftSentence =>
  said(lead === '' ? observation.text : `${lead}${inside(observation.text)}`, [observation.id], {
    subject: observation.subject,
  });

/** What the episodes are, one by one or the most telling of them. */
const tellEpisodes = (scene: Scene, present: readonly UnitObservation[], lead: string): DraftSentence[] => {
  const [first] = present;
  if (first === undefined) {
    return [];
  }
  if (present.length <= MOST_TOLD) {
    return present.map((observation, index) => tell(observation, index === 0 ? lead : ''));
  }
  const strongest = strongestOf(present) ?? first;
  const last = present.at(-1) ?? first;
  const whole = around(present) ?? scene.whole;
  const ids = present.map(({ id }) => id);
  const chosen = [first, strongest, last].filter((each, index, all) => all.indexOf(each) === index);
  return [
    said(
      `${lead}${lead === '' ? capitalized(`${present.length} stretches are recorded`) : `in ${present.length} stretches`}, the first beginning at ${timeWord(whole.startMs)} and the last ending at ${timeWord(whole.endMs)}.`,
      ids,
    ),
    ...chosen.map((each) =>
      tell(each, each === strongest ? 'The strongest: ' : each === first ? 'The first: ' : 'The last: '),
    ),
  ];
};

/** What is known where the movement was not found: an absence, something hidden, not measured, or simply nothing. */
export const tellAbsence = (scene: Scene, asked: Asked, topic: UnitTopic, lead = 'No: '): DraftSentence[] => {
  if (scene.people.length === 0) {
    return [aside('No face is in view here, so nothing can be said of its movements.')];
  }
  const { absent, untold } = unitsOf(scene, wanted(asked, topic));
  if (absent.length > 0) {
    const [first, ...more] = absent.slice(0, 2);
    return first === undefined ? [] : [tell(first, lead), ...more.map((each) => tell(each))];
  }
  if (untold.length > 0) {
    return untold.slice(0, 2).map((each) => tell(each));
  }
  const elsewhere = unitsOf(scene, wanted(asked, topic, scene.whole)).present;
  if (asked.timed && elsewhere.length > 0) {
    const near = nearestTo(elsewhere, asked.range);
    return [tell(near, elsewhere.length === 1 ? 'Not then; only at another time: ' : 'Not then; the nearest: ')];
  }
  const gap = scene.analysis.notMeasured.find(({ what }) =>
    topic.codes.some((code) => new RegExp(`\\b${code}\\b`).test(what)),
  );
  if (gap !== undefined) {
    return [said(`That cannot be told, because it was not measured (${gap.what}): ${gap.why}`)];
  }
  const reached = reachedInFrames(scene, asked, topic);
  return [
    said(
      `Nothing is recorded of "${topic.words}" ${asked.timed ? 'at that time' : 'here'}: it was looked for, and never rose above its threshold long enough to count.${reached}`,
    ),
  ];
};

/** How far the frame-by-frame values go, where they are still at hand. */
const reachedInFrames = (scene: Scene, asked: Asked, topic: UnitTopic): string => {
  const subject = scene.percepts?.subjects.find(({ id }) => id === asked.subject);
  const values = topic.codes.flatMap((code) => {
    const column = subject?.actionUnits[code];
    const within = (column?.both ?? []).filter((_, index) => {
      const ms = subject?.t[index] ?? 0;
      return scene.timeless || (ms >= asked.range.startMs && ms < asked.range.endMs);
    });
    return within.flatMap((value) => (value === null ? [] : [value]));
  });
  return values.length === 0 ? '' : ` Frame by frame the most is ${Math.max(...values).toFixed(1)} of 5.`;
};

const nearestTo = (units: readonly UnitObservation[], { startMs, endMs }: TimeRange): UnitObservation => {
  const apart = ({ range }: UnitObservation): number => Math.max(0, range.startMs - endMs, startMs - range.endMs);
  return units.reduce((best, unit) => (apart(unit) < apart(best) ? unit : best));
};

/** "does she smile?", "are the brows raised at 0:03?" */
export const whetherUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all: UnitObservation[] = [];
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present, absent } = unitsOf(scene, wanted(asked, topic));
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
    return [...tellEpisodes(scene, present, lead), ...missing.map((each) => tell(each))];
  });
  return { sentences, moments: all.slice(0, MOST_TOLD).map(momentOf), suggestions: followUps(topics, all) };
};

const followUps = (topics: readonly UnitTopic[], found: readonly UnitObservation[]): string[] => {
  const [topic] = topics;
  if (topic === undefined) {
    return [];
  }
  const noun = actionUnit(found[0]?.au.code ?? topic.codes[0] ?? 'AU12').noun;
  return found.length > 0
    ? [`How strong is the ${noun}?`, `What if the ${noun} were absent?`]
    : ['What do you see instead?'];
};

/** "when does she smile?" */
export const whenUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, wanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, wanted(asked, topic));
    return present.length === 0 ? tellAbsence(scene, asked, topic, 'Never: ') : tellEpisodes(scene, present, '');
  });
  return { sentences, moments: all.slice(0, 6).map(momentOf), suggestions: followUps(topics, all) };
};

/** "when did the smile begin?", "when does he stop frowning?" */
export const whenUnitChanges = (asked: Asked, scene: Scene): Reply => {
  const stops = asked.question.cues.has('stop') || asked.question.cues.has('fall');
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, wanted(asked, topic)).present);
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

/** "how strong is the smile?" */
export const howStrongUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const all = topics.flatMap((topic) => unitsOf(scene, wanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, wanted(asked, topic));
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
    return present.slice(0, 1).map((each) => tell(each));
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

/** "how long does the smile last?" */
export const howLongUnit = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  if (scene.timeless) {
    return { sentences: [said('This is a photo, so nothing in it has a length.')], kind: 'beyond' };
  }
  const all = topics.flatMap((topic) => unitsOf(scene, wanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, wanted(asked, topic));
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
  const all = topics.flatMap((topic) => unitsOf(scene, wanted(asked, topic)).present);
  const sentences = topics.flatMap((topic): DraftSentence[] => {
    const { present } = unitsOf(scene, wanted(asked, topic));
    const times = present.length === 1 ? 'Once' : present.length === 2 ? 'Twice' : `${present.length} times`;
    return present.length === 0
      ? tellAbsence(scene, asked, topic, 'Never: ')
      : tellEpisodes(scene, present, `${times}: `);
  });
  return { sentences, moments: all.slice(0, 6).map(momentOf), suggestions: followUps(topics, all) };
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
    sentences: [...told, ...missing].map((each) => tell(each)),
    moments: told.map(momentOf),
    suggestions: followUps(topics, told),
  };
};

/** The strongest stretch of each unit, in the order of strength. */
const oneEach = (present: readonly UnitObservation[]): UnitObservation[] => {
  const codes: ActionUnitCode[] = [...new Set(present.map(({ au }) => au.code))];
  return codes
    .flatMap((code) => strongestOf(present.filter(({ au }) => au.code === code)) ?? [])
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0));
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
        ...absent.slice(0, 3).map((each) => tell(each)),
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
      tell(
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
        ...found.slice(0, MOST_TOLD).map((each) => tell(each)),
        said('That says how brief they are, and not that anything was held back.'),
      ],
      moments: found.slice(0, MOST_TOLD).map(momentOf),
    };
  }
  const gap = scene.analysis.notMeasured.find(({ what }) => what.includes('micro'));
  const reason = scene.timeless
    ? 'This is a photo, and brevity needs a clip.'
    : gap === undefined
      ? 'None: no movement here is as brief as half a second with a quick onset.'
      : `They cannot be told here. ${gap.why}`;
  return { sentences: [said(reason)] };
};

/** "is the smile lopsided?", "which side is stronger?" */
export const sides = (asked: Asked, scene: Scene): Reply => {
  const topics = unitTopicsOf(asked);
  const codes = topics.length > 0 ? topics.flatMap((topic) => topic.codes) : ACTION_UNIT_CODES;
  const { present } = unitsOf(scene, {
    subject: asked.everybody ? undefined : asked.subject,
    range: asked.range,
    codes,
  });
  const oneSided = present.filter(({ au }) => au.side !== 'both');
  const [topic] = topics;
  if (present.length === 0) {
    return {
      sentences:
        topic === undefined ? [said('No movement of the face is recorded there.')] : tellAbsence(scene, asked, topic),
    };
  }
  const sided = present.filter(({ au }) => actionUnit(au.code).oneSide !== null);
  const even = strongestOf(sided.filter(({ au }) => au.side === 'both'));
  const lead = topics.length > 0 && oneSided.length > 0 ? 'Yes, on one side: ' : '';
  const told = oneSided.slice(0, 3).map((each, index) => tell(each, index === 0 ? lead : ''));
  const both =
    even === null || (topics.length === 0 && told.length > 0)
      ? []
      : [
          said(
            `${capitalized(theUnit(even.au.code))} acts on both sides${told.length > 0 ? ' at other times' : ''}${bySides(scene, even)}.`,
            [even.id],
            { subject: even.subject },
          ),
        ];
  const none = told.length + both.length > 0 ? [] : [said(`Sides are not told apart for ${theUnits(codes)}.`)];
  return {
    sentences: [...told, ...both, ...none, said("Left and right are always the person's own.")],
    moments: [...oneSided.slice(0, 3), ...(even === null ? [] : [even])].map(momentOf),
  };
};

/** The level of each side at the apex, from the frames. */
const bySides = (scene: Scene, { au, subject }: UnitObservation): string => {
  const person = scene.percepts?.subjects.find(({ id }) => id === subject);
  const column = person?.actionUnits[au.code];
  const index = person === undefined ? -1 : person.t.findIndex((ms) => ms >= (au.apexMs ?? 0));
  const [left, right] = [column?.left?.[index], column?.right?.[index]];
  return left === undefined || left === null || right === undefined || right === null
    ? ''
    : `, ${left.toFixed(1)} left and ${right.toFixed(1)} right at its strongest`;
};
