/** Landmarks and blendshapes against what Google's own programs answer on the same pictures. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BLENDSHAPE_NAMES } from '../../../src/perceive/face/blendshapes.ts';
import type { FaceEngine } from '../../../src/perceive/face/face-engine.ts';
import { type FoundFace, findFacesInPhoto } from '../../../src/perceive/face/find-faces.ts';
import { headGeometry } from '../../../src/perceive/face/head-pose.ts';
import { SHARED } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, pictureAt } from '../support/engine.ts';

const point = z.tuple([z.number(), z.number(), z.number()]);
const tasksFace = z.object({
  landmarks: z.array(point),
  blendshapes: z.record(z.string(), z.number()),
  matrix: z.array(z.number()),
});
const answers = z.record(
  z.string(),
  z.object({
    width: z.number(),
    height: z.number(),
    faces: z.array(
      z.union([
        tasksFace,
        z.array(point).transform((landmarks) => tasksFace.parse({ landmarks, blendshapes: {}, matrix: [] })),
      ]),
    ),
  }),
);
type Answers = z.infer<typeof answers>;
type ReferenceFace = Answers[string]['faces'][number];

const shared = SHARED ?? '';

const readAnswers = (folder: string, file: string): Answers =>
  answers.parse(JSON.parse(readFileSync(join(shared, 'reference', folder, file), 'utf8')));

const picturePath = (name: string): string =>
  [
    join(shared, name),
    join(shared, 'media/faces/misc', name),
    join(shared, 'media/faces/muxspace', name),
    join(shared, 'reference/mediapipe_tasks/frames', name),
  ].find(existsSync) ?? name;

const pixels = ({ landmarks }: ReferenceFace, width: number, height: number): Float32Array =>
  Float32Array.from(landmarks.flatMap(([x, y, z]) => [x * width, y * height, z * width]));

/** Distances of all points over the inter-ocular distance. */
const errorsOf = (found: Float32Array, reference: Float32Array): number[] => {
  const at = (points: Float32Array, index: number): [number, number] => [
    points[index * 3] ?? Number.NaN,
    points[index * 3 + 1] ?? Number.NaN,
  ];
  const distance = ([ax, ay]: [number, number], [bx, by]: [number, number]): number => Math.hypot(ax - bx, ay - by);
  const interOcular = distance(at(reference, 33), at(reference, 263));
  return Array.from({ length: 478 }, (_, index) => distance(at(found, index), at(reference, index)) / interOcular);
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;

type Comparison = { points: number[]; blendshapes: number[]; rotations: number[]; pictures: number; complete: number };

const compare = async (engine: FaceEngine, folder: string, file: string): Promise<Comparison> => {
  const result: Comparison = { points: [], blendshapes: [], rotations: [], pictures: 0, complete: 0 };
  for (const [name, { width, height, faces }] of Object.entries(readAnswers(folder, file))) {
    if (faces.length === 0) {
      continue;
    }
    const found = await findFacesInPhoto(await pictureAt(picturePath(name)), engine);
    result.pictures += 1;
    let missing = 0;
    for (const face of faces) {
      const reference = pixels(face, width, height);
      const nearest = found
        .map((candidate): [FoundFace, number[]] => [candidate, errorsOf(candidate.landmarks, reference)])
        .toSorted(([, one], [, other]) => (one[4] ?? 0) - (other[4] ?? 0))[0];
      if (nearest === undefined || (nearest[1][4] ?? 1) > 0.5) {
        missing += 1;
        continue;
      }
      const [match, errors] = nearest;
      result.points.push(...errors);
      if (engine.blendshapes !== null) {
        const scores = await engine.blendshapes(match.landmarks);
        for (const [index, shape] of BLENDSHAPE_NAMES.entries()) {
          result.blendshapes.push(Math.abs((scores[index] ?? Number.NaN) - (face.blendshapes[shape] ?? Number.NaN)));
        }
      }
    }
    result.complete += missing === 0 ? 1 : 0;
  }
  return result;
};

const models = temporaryFolder('reference');

describe.skipIf(SHARED === null)('against MediaPipe (data beside the repository)', () => {
  it('npm models: landmarks within 1 % (median) and 3 % (95th percentile) of the inter-ocular distance', async () => {
    const engine = await engineIn(models);
    for (const file of ['faces.json', 'frames.json']) {
      const { points, pictures, complete } = await compare(engine, 'mediapipe_face_mesh', file);
      expect(quantile(points, 0.5), file).toBeLessThanOrEqual(0.01);
      expect(quantile(points, 0.95), file).toBeLessThanOrEqual(0.03);
      expect(complete / pictures, file).toBeGreaterThanOrEqual(0.97);
    }
  }, 240_000);

  it('the bundle: landmarks within 0.5 % and 1.5 %, blendshapes within 0.02 and 0.08', async () => {
    const engine = await engineIn(models, join(shared, 'models'));
    for (const file of ['faces.json', 'frames.json']) {
      const { points, blendshapes, pictures, complete } = await compare(engine, 'mediapipe_tasks', file);
      expect(quantile(points, 0.5), file).toBeLessThanOrEqual(0.005);
      expect(quantile(points, 0.95), file).toBeLessThanOrEqual(0.015);
      expect(quantile(blendshapes, 0.5), file).toBeLessThanOrEqual(0.02);
      expect(quantile(blendshapes, 0.95), file).toBeLessThanOrEqual(0.08);
      expect(complete / pictures, file).toBeGreaterThanOrEqual(0.97);
    }
  }, 240_000);

  it("gives the pose of Google's face geometry for the same landmarks", () => {
    const angles = Object.values(readAnswers('mediapipe_tasks', 'faces.json')).flatMap(({ width, height, faces }) =>
      faces.map((face) => {
        const { rotation } = headGeometry(pixels(face, width, height), width, height);
        // Column-major, scale near 1.
        const trace = rotation.reduce((sum, value, index) => {
          const expected = face.matrix[(index % 3) * 4 + Math.floor(index / 3)] ?? Number.NaN;
          return sum + value * expected;
        }, 0);
        return (Math.acos(Math.min(1, (trace - 1) / 2)) * 180) / Math.PI;
      }),
    );
    expect(quantile(angles, 0.5)).toBeLessThan(0.5);
    expect(quantile(angles, 0.99)).toBeLessThan(1.5);
  });

  it('finds everybody in the group pictures', async () => {
    const engine = await engineIn(models);
    // Counted by eye: faces that are turned to the camera far enough for both eyes or a profile to be seen.
    const counts = { 'human_stock-group-2.jpg': 4, 'pyfeat_multi_face.jpg': 5, 'human_group-2.jpg': 3 };
    for (const [name, count] of Object.entries(counts)) {
      const faces = await findFacesInPhoto(await pictureAt(picturePath(name)), engine);
      expect(faces.length, name).toBe(count);
    }
    const crowd = await findFacesInPhoto(await pictureAt(picturePath('human_stock-group-1.jpg')), engine);
    expect(crowd.length).toBeGreaterThanOrEqual(14);
  }, 60_000);

  it('loses no face that fills its picture', async () => {
    const engine = await engineIn(models);
    const folder = join(shared, 'media/faces/muxspace');
    const names = readdirSync(folder).filter((_, index) => index % 4 === 0);
    const empty: string[] = [];
    for (const name of names) {
      if ((await findFacesInPhoto(await pictureAt(join(folder, name)), engine)).length !== 1) {
        empty.push(name);
      }
    }
    expect(empty).toEqual([]);
  }, 60_000);
});
