import { type Percepts, percepts as perceptsSchema } from '../../contracts/index.ts';
import { LIMITS } from '../../kit/limits.ts';
import { importInvalid } from './import-invalid.ts';

/**
 * Percepts that whyface (or somebody else) wrote, checked to the last column.
 *
 * @throws WhyfaceError `input-invalid` naming the place that does not fit
 */
export const perceptsOf = (value: unknown, name: string): Percepts => {
  const result = perceptsSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw importInvalid(
      `${name} is not valid whyface/percepts@1: ${(issue?.path ?? []).join('.')}: ${issue?.message ?? 'not understood'}.`,
      { path: (issue?.path ?? []).join('.') },
    );
  }
  const percepts = result.data;
  if (percepts.subjects.length > LIMITS.tablePeople) {
    throw importInvalid(`${name} holds more than ${LIMITS.tablePeople} people; keep those that matter.`);
  }
  const ids = percepts.subjects.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw importInvalid(`${name}: there are two people called ${twice}; each needs an id of its own.`);
  }
  if (percepts.frames.t.length !== percepts.frames.frame.length) {
    throw importInvalid(`${name}: frames.t and frames.frame differ in length.`);
  }
  for (const subject of percepts.subjects) {
    for (const [path, length] of lengthsOf(subject)) {
      if (length !== subject.t.length) {
        throw importInvalid(
          `${name}: ${subject.id}.${path} has ${length} entries, but there are ${subject.t.length} frames (t); columns are equally long.`,
          { path: `${subject.id}.${path}` },
        );
      }
    }
  }
  return { ...percepts, clip: { ...percepts.clip, kind: 'percepts' } };
};

/** Columns that may be empty as a whole: the source does not say where the face is. */
const MAY_BE_EMPTY = /^(?:box\.|interOcular$)/;

/** Every column of a person and its length, however deep it lies. */
function* lengthsOf(value: object, prefix = ''): Generator<readonly [path: string, length: number]> {
  for (const [key, entry] of Object.entries(value)) {
    const path = `${prefix}${key}`;
    if (Array.isArray(entry)) {
      if (entry.length > 0 || !MAY_BE_EMPTY.test(path)) {
        yield [path, entry.length];
      }
    } else if (typeof entry === 'object' && entry !== null) {
      yield* lengthsOf(entry, `${path}.`);
    }
  }
}
