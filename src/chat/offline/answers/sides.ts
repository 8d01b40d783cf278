import { ACTION_UNIT_CODES } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { said } from '../../draft.ts';
import { type Scene, strongestOf, type UnitObservation, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { capitalized, momentOf, theUnit, theUnits } from '../words.ts';
import { tellAbsence, tellUnit } from './tell-units.ts';

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
  const told = oneSided.slice(0, 3).map((each, index) => tellUnit(each, index === 0 ? lead : ''));
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
