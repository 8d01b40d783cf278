import { ACTION_UNIT_CODES, type TimeRange } from '../../../contracts/index.ts';
import { durationWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, faceOf, inside, listed, momentOf, span, theUnit } from '../words.ts';
import { changes } from './changes.ts';
import { readingPhrase } from './tell-reading.ts';

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
