import { ACTION_UNIT_CODES, type Observation, type TimeRange } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { durationWord, timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, faceOf, inside, listed, momentOf, movement, nameOf, percent, span, theUnit } from '../words.ts';
import { componentsOf } from './arguments.ts';
import { labelTopicOf, readingPhrase } from './reading.ts';
import { tellAbsence, unitTopicsOf } from './units.ts';

/** What happens this near to a change counts as around it. */
const NEAR_MS = 900;
/** Words this long before a change are still worth a look. */
const HEARD_BEFORE_MS = 2500;
/** A stretch that begins this soon after another of the same unit continues it. */
const CONTINUES_MS = 350;

const LIMIT = 'That is what happens around it; what caused it in the person, no measurement shows.';

type Turn = { unit: UnitObservation; ms: number; stops: boolean; next: UnitObservation | null };

/** "why did she stop smiling at 0:12?", "why does he start to frown?" */
export const whyChange = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (scene.timeless) {
    return { kind: 'beyond', sentences: [said('This is a photo, so nothing in it begins or ends.')] };
  }
  const label = labelTopicOf(asked);
  const topics = unitTopicsOf(asked);
  const [topic] = topics;
  if (topic === undefined && label === null) {
    return changes(asked, scene);
  }
  const stops = asked.question.cues.has('stop') || asked.question.cues.has('fall');
  const codes = topic?.codes ?? codesOf(asked, scene);
  const turn = turnNear(scene, asked, codes, stops);
  if (turn === null) {
    const { present } = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes });
    const held = strongestOf(present);
    if (held !== null) {
      return {
        sentences: [
          said(`It does not ${stops ? 'stop' : 'begin'} in view: ${inside(held.text)}`, [held.id], {
            subject: held.subject,
          }),
        ],
        moments: [momentOf(held)],
      };
    }
    return {
      sentences:
        topic === undefined
          ? [said('Nothing like that is recorded.')]
          : tellAbsence(scene, { ...asked, range: scene.whole, timed: false }, topic, 'It does not happen: '),
    };
  }
  const around: TimeRange = { startMs: Math.max(0, turn.ms - NEAR_MS), endMs: turn.ms + NEAR_MS };
  const company = companionsOf(scene, turn);
  const heard = heardBefore(scene, turn.ms);
  const shift = await shiftAt(scene, asked.subject, turn.ms);
  return {
    sentences: [...turnSentences(scene, turn, asked), ...company, ...heard, ...shift, said(LIMIT)],
    moments: [momentOf(turn.unit), ...(turn.next === null ? [] : [momentOf(turn.next)])],
    focus: around,
    suggestions: [`What happens at ${timeWord(turn.ms)}?`, 'And before that?', 'What was said?'],
  };
};

/** The units that carry the label of the question. */
const codesOf = (asked: Asked, scene: Scene): readonly UnitObservation['au']['code'][] => {
  const components = componentsOf(labelTopicOf(asked)?.label ?? 'happiness');
  const carriers = {
    happiness: ['AU12'],
    anger: ['AU4', 'AU23'],
    sadness: ['AU15', 'AU1'],
    fear: ['AU20', 'AU5'],
    surprise: ['AU2', 'AU26'],
    disgust: ['AU9', 'AU10'],
    contempt: ['AU14'],
    neutral: [],
  } as const;
  const codes = components.flatMap((label) => carriers[label]);
  const seen = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes: [...codes] }).present;
  return seen.length > 0 ? codes : ACTION_UNIT_CODES;
};

const turnNear = (
  scene: Scene,
  asked: Asked,
  codes: readonly UnitObservation['au']['code'][],
  stops: boolean,
): Turn | null => {
  const { present } = unitsOf(scene, { subject: asked.subject, range: scene.whole, codes });
  const inView = (unit: UnitObservation): boolean =>
    stops ? unit.range.endMs < scene.whole.endMs - 60 : unit.range.startMs > 60;
  const wanted = asked.timed ? (asked.range.startMs + asked.range.endMs) / 2 : null;
  const turns = present.filter(inView).map((unit): Turn => {
    const ms = stops ? unit.range.endMs : unit.range.startMs;
    const next = stops
      ? (present.find(
          (other) =>
            other !== unit && other.au.code === unit.au.code && Math.abs(other.range.startMs - ms) <= CONTINUES_MS,
        ) ?? null)
      : null;
    return { unit, ms, stops, next };
  });
  if (wanted !== null) {
    return turns.reduce<Turn | null>(
      (best, turn) => (best === null || Math.abs(turn.ms - wanted) < Math.abs(best.ms - wanted) ? turn : best),
      null,
    );
  }
  const weight = ({ unit, next }: Turn): number =>
    (unit.au.intensity ?? 0) * Math.sqrt(unit.range.endMs - unit.range.startMs) * (next === null ? 1 : 0.5);
  return turns.reduce<Turn | null>((best, turn) => (best === null || weight(turn) > weight(best) ? turn : best), null);
};

const turnSentences = (scene: Scene, { unit, ms, stops, next }: Turn, asked: Asked): DraftSentence[] => {
  const whose = scene.people.length > 1 && unit.subject !== null ? `${unit.subject}'s ` : 'The ';
  const noun = `${whose}${movement(unit).replace(/^the /, '')} (${unit.au.code})`;
  const where =
    asked.timed && Math.abs(ms - (asked.range.startMs + asked.range.endMs) / 2) > 1500
      ? `There is no such change at ${timeWord((asked.range.startMs + asked.range.endMs) / 2)}; the nearest is here.`
      : null;
  const told = stops
    ? said(`${noun} ends at ${timeWord(ms)}.`, [unit.id], { subject: unit.subject })
    : said(`${noun} begins at ${timeWord(ms)}.`, [unit.id], { subject: unit.subject });
  const goesOn =
    next === null
      ? []
      : [said(`It does not stop altogether: ${inside(next.text)}`, [next.id], { subject: next.subject })];
  return [...(where === null ? [] : [said(where)]), told, ...goesOn];
};

/** What else the same person does just then. */
const companionsOf = (scene: Scene, { unit, ms }: Turn): DraftSentence[] => {
  const others = observationsOf(scene, 'action-unit', unit.subject, {
    startMs: Math.max(0, ms - NEAR_MS),
    endMs: ms + NEAR_MS,
  }).filter((other) => other.au.status === 'present' && other.au.code !== unit.au.code);
  const near = (at: number): boolean => Math.abs(at - ms) <= NEAR_MS && at > 60 && at < scene.whole.endMs - 60;
  const begin = others
    .filter(({ range }) => near(range.startMs))
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 2);
  const end = others
    .filter((other) => near(other.range.endMs) && !near(other.range.startMs))
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 1);
  const moved = [
    ...observationsOf(scene, 'head', unit.subject, scene.whole),
    ...observationsOf(scene, 'gaze', unit.subject, scene.whole),
  ].filter(({ range }) => near(range.startMs) && range.endMs - range.startMs < scene.whole.endMs * 0.8);
  const beginning = begin.map((each) =>
    said(`Around then, ${movement(each)} (${each.au.code}) begins, at ${timeWord(each.range.startMs)}.`, [each.id], {
      subject: each.subject,
    }),
  );
  const ending = end.map((each) =>
    said(
      `${capitalized(movement(each))} (${each.au.code}) ends near it, at ${timeWord(each.range.endMs)}.`,
      [each.id],
      { subject: each.subject },
    ),
  );
  return [
    ...beginning,
    ...ending,
    ...moved.slice(0, 1).map((each) => said(each.text, [each.id], { subject: each.subject })),
  ];
};

/** What is said or sounds just before. */
const heardBefore = (scene: Scene, ms: number): DraftSentence[] => {
  const speech = observationsOf(scene, 'speech', undefined, {
    startMs: Math.max(0, ms - HEARD_BEFORE_MS),
    endMs: ms + 300,
  }).slice(-2);
  return speech.map((each) => said(each.text, [each.id], { subject: each.subject }));
};

/** How the reading differs on the two sides of a moment. */
const shiftAt = async (scene: Scene, subject: string | null, ms: number): Promise<DraftSentence[]> => {
  if (!scene.mayInfer) {
    return [];
  }
  const [before, after] = await Promise.all([
    scene.explain(subject, { startMs: Math.max(0, ms - 1500), endMs: Math.max(1, ms - 100) }),
    scene.explain(subject, { startMs: ms + 100, endMs: Math.min(scene.whole.endMs, ms + 1600) }),
  ]);
  if (before === null || after === null || before.judgement.abstained || after.judgement.abstained) {
    return [];
  }
  const same = before.judgement.expression.label === after.judgement.expression.label;
  const text = same
    ? `The reading stays ${after.judgement.expression.label} across it.`
    : `The reading goes from ${before.judgement.expression.label} before it to ${after.judgement.expression.label} after it.`;
  return [said(text, [...before.conclusion.cites, ...after.conclusion.cites], { part: 'alternatives', subject })];
};

type Event = { ms: number; text: string; id: string; worth: number; subject: string | null; observation: Observation };

/** Beginnings and ends of movements, turns of head and gaze, words, within a range, in their order. */
export const eventsIn = (scene: Scene, subject: string | null | undefined, range: TimeRange): Event[] => {
  const isInside = (ms: number): boolean =>
    ms > Math.max(60, range.startMs - 40) && ms <= range.endMs && ms < scene.whole.endMs - 60;
  const units = unitsOf(scene, { subject, range, codes: ACTION_UNIT_CODES }).present.flatMap((unit): Event[] => {
    const base = { id: unit.id, subject: unit.subject, observation: unit };
    const noun = `${scene.people.length > 1 && unit.subject !== null ? `${unit.subject}'s ${movement(unit).replace(/^the /, '')}` : movement(unit)} (${unit.au.code})`;
    const worth = unit.au.intensity ?? 0;
    if (isInside(unit.range.startMs) && isInside(unit.range.endMs)) {
      return [{ ...base, ms: unit.range.startMs, text: unit.text, worth: worth * 1.1 }];
    }
    return [
      ...(isInside(unit.range.startMs)
        ? [{ ...base, ms: unit.range.startMs, text: `${noun} begins at ${timeWord(unit.range.startMs)}`, worth }]
        : []),
      ...(isInside(unit.range.endMs)
        ? [{ ...base, ms: unit.range.endMs, text: `${noun} ends at ${timeWord(unit.range.endMs)}`, worth: worth * 0.8 }]
        : []),
    ];
  });
  const others = (['head', 'gaze', 'speech'] as const)
    .flatMap((kind) => observationsOf(scene, kind, subject, range))
    .filter((each) => isInside(each.range.startMs) && each.range.endMs - each.range.startMs < scene.whole.endMs * 0.9)
    .map(
      (each): Event => ({
        ms: each.range.startMs,
        text: each.text,
        id: each.id,
        worth: each.kind === 'speech' ? 6 : 2,
        subject: each.subject,
        observation: each,
      }),
    );
  return [...units, ...others].sort((a, b) => a.ms - b.ms);
};

const MOST_EVENTS = 6;

/** "what changed between 2 and 4 seconds?", "what changed?" */
export const changes = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (scene.timeless) {
    return {
      kind: 'beyond',
      sentences: [said('This is a photo: there is nothing before or after it to compare it with.')],
    };
  }
  const { startMs, endMs } = spanOf(asked, scene);
  const events = eventsIn(scene, asked.everybody ? undefined : asked.subject, { startMs, endMs });
  const told = [...events]
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_EVENTS)
    .sort((a, b) => a.ms - b.ms);
  const readings = await turnOfReading(scene, asked, { startMs, endMs });
  const lead =
    told.length === 0
      ? [
          said(
            `Nothing begins or ends between ${timeWord(startMs)} and ${timeWord(endMs)}: what is there at the start of it is there at its end.`,
          ),
        ]
      : [];
  return {
    sentences: [
      ...lead,
      ...told.map(({ text, id, subject }) =>
        said(/[.!?"]$/.test(text) ? text : `${capitalized(text)}.`, [id], { subject }),
      ),
      ...(events.length > told.length
        ? [
            said(
              events.length - told.length === 1
                ? 'One smaller change is left out.'
                : `${events.length - told.length} smaller changes are left out.`,
            ),
          ]
        : []),
      ...readings,
    ],
    moments: told.slice(0, 4).map(({ observation }) => momentOf(observation)),
    focus: { startMs, endMs },
    suggestions: ['Why did the reading change?', 'What was said?'],
  };
};

const spanOf = (asked: Asked, scene: Scene): TimeRange => {
  const [first, second] = asked.times;
  if (first !== undefined && second !== undefined) {
    const starts = Math.min(middle(first.range), middle(second.range));
    const ends = Math.max(middle(first.range), middle(second.range));
    return { startMs: Math.round(starts), endMs: Math.round(ends) };
  }
  return asked.timed ? asked.range : scene.whole;
};

const middle = ({ startMs, endMs }: TimeRange): number => (startMs + endMs) / 2;

const turnOfReading = async (scene: Scene, asked: Asked, { startMs, endMs }: TimeRange): Promise<DraftSentence[]> => {
  if (!scene.mayInfer || asked.everybody) {
    return [];
  }
  const room = Math.max(400, Math.min(1000, (endMs - startMs) / 3));
  const [before, after] = await Promise.all([
    scene.explain(asked.subject, { startMs, endMs: Math.round(startMs + room) }),
    scene.explain(asked.subject, { startMs: Math.max(0, Math.round(endMs - room)), endMs }),
  ]);
  if (before === null || after === null || before.judgement.abstained || after.judgement.abstained) {
    return [];
  }
  const [one, other] = [readingPhrase(before.judgement), readingPhrase(after.judgement)];
  const same = before.judgement.expression.label === after.judgement.expression.label;
  return [
    said(
      same
        ? `The reading is ${before.judgement.expression.label} at both ends.`
        : `The reading goes from ${one} to ${other}.`,
      [...before.conclusion.cites, ...after.conclusion.cites],
      { part: 'alternatives', subject: asked.subject },
    ),
  ];
};

/** "compare P1 and P2", "compare 0:01 and 0:05", "what is the difference between the start and the end?" */
export const compare = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const people =
    asked.named.length > 1
      ? asked.named
      : asked.everybody && scene.people.length > 1
        ? scene.people.slice(0, 3).map(({ id }) => id)
        : [];
  const ranges = rangesOf(asked);
  if (people.length > 1) {
    return compareSides(
      scene,
      people.slice(0, 3).map((subject) => ({ name: subject, subject, range: asked.range })),
    );
  }
  if (ranges.length > 1) {
    const parts = ranges
      .slice(0, 3)
      .map((range, index) => ({ name: PARTS[index] ?? 'Then', subject: asked.subject, range }));
    const compared = await compareSides(scene, parts);
    const which = parts.map(({ name, range }) => `${inside(name)} ${span(scene, range)}`);
    return {
      ...compared,
      sentences: [
        said(`${capitalized(listed(which.map((each) => each.replace(/^in /, ''))))}:`, [], { part: 'alternatives' }),
        ...compared.sentences,
      ],
    };
  }
  const [first, second] = asked.topics.flatMap((topic) => (topic.kind === 'unit' ? [topic] : []));
  if (first !== undefined && second !== undefined) {
    return compareUnits(asked, scene, [first.codes, second.codes]);
  }
  return scene.people.length > 1
    ? compareSides(
        scene,
        scene.people.slice(0, 3).map(({ id }) => ({ name: id, subject: id, range: asked.range })),
      )
    : changes(asked, scene);
};

const rangesOf = (asked: Asked): TimeRange[] => {
  const [only] = asked.times;
  if (asked.times.length === 1 && only?.ends !== null && only !== undefined && only.shape === 'range') {
    return only.ends.map((ms) => ({ startMs: Math.max(0, ms - 500), endMs: ms + 500 }));
  }
  return asked.times.map(({ range }) => range);
};

const PARTS = ['In the one', 'In the other', 'In the third'] as const;

type SideOf = { name: string; subject: string | null; range: TimeRange };

/** Each by its reading, then what only one of them has. */
const compareSides = async (scene: Scene, sides: readonly SideOf[]): Promise<Reply> => {
  const told = await Promise.all(
    sides.map(async (side): Promise<DraftSentence[]> => {
      const explanation = scene.mayInfer ? await scene.explain(side.subject, side.range) : null;
      if (explanation === null) {
        return [said(`${side.name}: ${scene.mayInfer ? 'nobody is to be seen or heard' : 'no reading is given'}.`)];
      }
      const { judgement } = explanation;
      const cites = [
        ...new Set([...explanation.conclusion.cites, ...explanation.keyObservations.flatMap((each) => each.cites)]),
      ].slice(0, 6);
      const text = judgement.abstained
        ? `${side.name}: no reading; ${inside(judgement.reason)}`
        : side.name === side.subject
          ? `${faceOf(scene, side.subject)} reads as ${readingPhrase(judgement)}.`
          : `${side.name}: ${faceOf(scene, side.subject)} reads as ${readingPhrase(judgement)}.`;
      return [said(text, cites, { subject: side.subject, range: side.range, judgement, part: 'alternatives' })];
    }),
  );
  const shown = sides.map(
    (side) => unitsOf(scene, { subject: side.subject, range: side.range, codes: ACTION_UNIT_CODES }).present,
  );
  const only = shown.map((units, index) => {
    const elsewhere = new Set(
      shown.filter((_, other) => other !== index).flatMap((other) => other.map(({ au }) => au.code)),
    );
    return units.filter(
      ({ au }, at) => !elsewhere.has(au.code) && units.findIndex((each) => each.au.code === au.code) === at,
    );
  });
  const differences = only.flatMap((units, index): DraftSentence[] => {
    const side = sides[index];
    const strongest = [...units].sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0)).slice(0, 3);
    return side === undefined || strongest.length === 0
      ? []
      : [
          said(
            `${side.name} only: ${listed(strongest.map(({ au }) => theUnit(au.code)))}.`,
            strongest.map(({ id }) => id),
            { subject: side.subject, range: side.range },
          ),
        ];
  });
  const shared = commonOf(shown);
  const both =
    shared.length === 0
      ? []
      : [
          said(
            `In ${sides.length === 2 ? 'both' : 'all'}: ${listed(shared.slice(0, 3).map((units) => theUnit(units[0]?.au.code ?? 'AU12')))}.`,
            shared.slice(0, 3).flatMap((units) => units.map(({ id }) => id)),
            { subject: null },
          ),
        ];
  return {
    sentences: [...told.flat(), ...differences, ...both],
    moments: only.flatMap((units) => units.slice(0, 1)).map(momentOf),
    suggestions: ['What changed in between?', 'How sure are you?'],
  };
};

/** For each unit that every side has, its strongest stretch on each side. */
const commonOf = (shown: readonly (readonly UnitObservation[])[]): UnitObservation[][] => {
  const [first = []] = shown;
  return [...new Set(first.map(({ au }) => au.code))].flatMap((code) => {
    const each = shown.map((units) => strongestOf(units.filter(({ au }) => au.code === code)));
    const found = each.filter((unit) => unit !== null);
    return found.length === shown.length ? [found] : [];
  });
};

const compareUnits = (
  asked: Asked,
  scene: Scene,
  [one, other]: readonly [readonly UnitObservation['au']['code'][], readonly UnitObservation['au']['code'][]],
): Reply => {
  const pick = (codes: readonly UnitObservation['au']['code'][]): UnitObservation | null =>
    strongestOf(unitsOf(scene, { subject: asked.subject, range: asked.range, codes }).present);
  const [first, second] = [pick(one), pick(other)];
  if (first === null || second === null) {
    const there = first ?? second;
    return {
      sentences:
        there === null
          ? [said('Neither of them is recorded.')]
          : [said(`Only one of them is recorded: ${inside(there.text)}`, [there.id], { subject: there.subject })],
    };
  }
  const [strong, weak] = (first.au.intensity ?? 0) >= (second.au.intensity ?? 0) ? [first, second] : [second, first];
  const text = `${capitalized(theUnit(strong.au.code))} is stronger than ${theUnit(weak.au.code)}: ${(strong.au.intensity ?? 0).toFixed(1)} against ${(weak.au.intensity ?? 0).toFixed(1)} of 5.`;
  const apart = scene.timeless
    ? null
    : Math.abs((first.au.apexMs ?? first.range.startMs) - (second.au.apexMs ?? second.range.startMs));
  return {
    sentences: [
      said(text, [strong.id, weak.id]),
      ...(apart === null
        ? []
        : [said(apart < 200 ? 'They peak together.' : `Their peaks lie ${durationWord(apart)} apart.`, [])]),
      ...[first, second].map((each) => said(each.text, [each.id], { subject: each.subject })),
    ],
    moments: [strong, weak].map(momentOf),
  };
};

/** "what happens at 0:02?", "and before that?" */
export const describe = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const subject = asked.everybody ? undefined : asked.subject;
  const { present, absent } = unitsOf(scene, { subject, range: asked.range, codes: ACTION_UNIT_CODES });
  const fresh = asked.intent === 'more' ? present.filter(({ id }) => asked.memory?.cited.has(id) !== true) : present;
  const ranked = fresh.filter(
    ({ au }, index) =>
      fresh.findIndex((each) => each.au.code === au.code && each.subject === fresh[index]?.subject) === index ||
      fresh.length <= 5,
  );
  const units = [...ranked]
    .sort((a, b) => (b.au.intensity ?? 0) * b.confidence - (a.au.intensity ?? 0) * a.confidence)
    .slice(0, 5)
    .sort((a, b) => a.range.startMs - b.range.startMs);
  const beside = (['speech', 'head', 'gaze', 'voice'] as const)
    .flatMap((kind) =>
      observationsOf(scene, kind, kind === 'speech' || kind === 'voice' ? undefined : subject, asked.range),
    )
    .filter(
      ({ range, id }) =>
        (!asked.timed || scene.timeless || range.endMs - range.startMs < scene.whole.endMs * 0.8) &&
        !(asked.intent === 'more' && asked.memory?.cited.has(id) === true),
    );
  const other = [
    ...beside.filter(({ kind }) => kind === 'speech').slice(0, 2),
    ...beside.filter(({ kind }) => kind !== 'speech').slice(0, 2),
  ];
  const told = [...units, ...other];
  if (told.length === 0) {
    const none = absent.slice(0, 2);
    const when = asked.timed ? ` ${span(scene, asked.range)}` : '';
    return {
      sentences: [
        said(
          asked.intent === 'more'
            ? 'That was all that is recorded of movement, voice and words.'
            : `${capitalized(nameOf(scene, asked.subject))} shows no movement above its threshold${when}, and nothing else is recorded for that time.`,
        ),
        ...none.map((each) => said(each.text, [each.id], { subject: each.subject })),
      ],
      suggestions: ['Give me a summary', 'What was not measured?'],
    };
  }
  return {
    sentences: told.map((each) => said(each.text, [each.id], { subject: each.subject })),
    moments: units.slice(0, 4).map(momentOf),
    suggestions: scene.mayInfer ? ['How does that read?', 'And after that?'] : ['And after that?'],
  };
};

/** "what is the strongest moment?" */
export const strongestMoment = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const subject = asked.everybody ? (scene.people[0]?.id ?? null) : asked.subject;
  const { present } = unitsOf(scene, { subject, range: asked.range, codes: ACTION_UNIT_CODES });
  if (present.length === 0) {
    return { sentences: [said('No movement of the face is recorded there.')] };
  }
  if (!scene.mayInfer || scene.timeless) {
    const strongest = strongestOf(present);
    return {
      sentences:
        strongest === null ? [] : [said(`The strongest: ${inside(strongest.text)}`, [strongest.id], { subject })],
      moments: strongest === null ? [] : [momentOf(strongest)],
    };
  }
  const { key, label, scores } = scene.reading(subject, asked.range);
  const { ms } = key.moment;
  const there = present
    .filter(({ range }) => range.startMs <= ms && ms < range.endMs)
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 3);
  const range: TimeRange = { startMs: Math.max(0, ms - 500), endMs: Math.min(scene.whole.endMs, ms + 500) };
  return {
    sentences: [
      said(
        `${capitalized(faceOf(scene, subject))} says most around ${timeWord(ms)}, where ${label} has most for it (${percent(scores.expression[label])} over the clip).`,
        [],
        { part: 'alternatives' },
      ),
      ...there.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ],
    moments: [{ subject, range, text: `The strongest moment: ${label}`, cites: there.map(({ id }) => id) }],
    focus: range,
    suggestions: [`What happens at ${timeWord(ms)}?`, `Why ${label}?`],
  };
};

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
