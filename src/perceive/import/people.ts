import type { Warning } from '../../contracts/index.ts';
import { LIMITS } from '../../kit/limits.ts';
import { importInvalid } from './import-invalid.ts';
import type { Sample } from './sample.ts';

export type Seen = Sample & { values: Float32Array };
export type PersonSamples = { id: string; samples: Seen[] };
export type People = { people: PersonSamples[]; warnings: Warning[] };

/** Where the face of a sample is; `null` where the table does not say. */
export type CentreOf = (sample: Seen) => readonly [x: number, y: number, size: number] | null;

/** Samples in order of frames, by person: as the table names them, or by where they are. */
export const peopleOf = (samples: readonly Sample[], name: string, centreOf: CentreOf): People => {
  const seen = samples.flatMap((sample) => (sample.values === null ? [] : [{ ...sample, values: sample.values }]));
  const named = seen.some(({ face }) => face !== null);
  const { groups, warnings } = named ? byName(seen, name) : byPlace(seen, name, centreOf);
  const keys = [...groups.keys()];
  // Whyface's own tables call people P1, P2 … already.
  const keep = keys.every((key) => /^P[1-9]\d{0,5}$/.test(key));
  const people = [...groups].map(([key, group], index) => ({ id: keep ? key : `P${index + 1}`, samples: group }));
  return { people, warnings };
};

type Grouped = { groups: Map<string, Seen[]>; warnings: Warning[] };

const byName = (seen: readonly Seen[], name: string): Grouped => {
  const groups = new Map<string, Seen[]>();
  for (const sample of seen) {
    const key = sample.face ?? 'unnamed';
    const group = groups.get(key);
    if (group?.at(-1)?.frame === sample.frame) {
      throw importInvalid(
        `${name}, line ${sample.line}: the face "${key.slice(0, 40)}" is there twice in frame ${sample.frame}; each face needs an id of its own.`,
        { line: sample.line },
      );
    }
    add(groups, key, sample, name);
  }
  return { groups, warnings: [] };
};

const add = (groups: Map<string, Seen[]>, key: string, sample: Seen, name: string): void => {
  const group = groups.get(key);
  if (group !== undefined) {
    group.push(sample);
    return;
  }
  if (groups.size >= LIMITS.tablePeople) {
    throw importInvalid(
      `${name}, line ${sample.line}: more than ${LIMITS.tablePeople} different faces in one input; keep those that matter.`,
      { line: sample.line },
    );
  }
  groups.set(key, [sample]);
};

/** How far (in face sizes) a face may have moved since it was last seen. */
const REACH = 1;

/** Each face goes on as the nearest one that was last seen; where nobody says where faces are, as the one in that row. */
const byPlace = (seen: readonly Seen[], name: string, centreOf: CentreOf): Grouped => {
  const groups = new Map<string, Seen[]>();
  let unplaced = false;
  for (const frame of framesOf(seen)) {
    const free = new Set(groups.keys());
    for (const sample of frame) {
      const here = centreOf(sample);
      unplaced ||= here === null && frame.length > 1;
      const nearest = [...free]
        .map((key) => ({ key, far: farFrom(here, groups.get(key)?.at(-1), centreOf) }))
        .sort((a, b) => a.far - b.far)[0];
      const key = nearest !== undefined && nearest.far <= REACH ? nearest.key : `${groups.size + 1}`;
      free.delete(key);
      add(groups, key, sample, name);
    }
  }
  const message = `${name} shows several faces a frame, but neither who nor where they are: each row of a frame was taken for the same person as in the frame before.`;
  return { groups, warnings: unplaced ? [{ code: 'faces-unlinked', message }] : [] };
};

const farFrom = (here: ReturnType<CentreOf>, last: Seen | undefined, centreOf: CentreOf): number => {
  const there = last === undefined ? null : centreOf(last);
  // Unplaced faces follow each other in the order of their rows.
  return here === null || there === null
    ? 0
    : Math.hypot(here[0] - there[0], here[1] - there[1]) / Math.max(1, there[2]);
};

function* framesOf(seen: readonly Seen[]): Generator<Seen[]> {
  let frame: Seen[] = [];
  for (const sample of seen) {
    if (frame[0] !== undefined && frame[0].frame !== sample.frame) {
      yield frame;
      frame = [];
    }
    frame.push(sample);
  }
  if (frame.length > 0) {
    yield frame;
  }
}
