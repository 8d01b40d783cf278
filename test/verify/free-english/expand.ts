import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Analysis, actionUnitCode, analysis as analysisSchema } from '../../../src/contracts/index.ts';
import { ACTION_UNITS, letterOf } from '../../../src/facs/index.ts';
import { ROOT } from '../../support/shared.ts';

const actionUnitShort = z.object({
  au: actionUnitCode,
  side: z.enum(['both', 'left', 'right']).default('both'),
  level: z.number().nullable().default(null),
  status: z.enum(['present', 'below-threshold', 'not-visible', 'not-measured']).default('present'),
  apexMs: z.number().optional(),
  micro: z.boolean().default(false),
});
const otherShort = z.looseObject({
  kind: z.enum(['head', 'gaze', 'blink', 'voice', 'speech', 'quality', 'expression']),
});
const short = z.tuple([z.string(), z.string().nullable(), z.int(), z.int(), z.union([actionUnitShort, otherShort])]);
const sentence = z.object({
  text: z.string(),
  cites: z.array(z.string()),
  part: z.enum(['key-observations', 'interpretation', 'conclusion']).default('key-observations'),
});
const sceneFile = z.object({
  title: z.string(),
  kind: z.enum(['image', 'video', 'audio']),
  durationMs: z.int(),
  scope: z.string().nullable(),
  observations: z.array(short),
  originals: z.array(sentence),
  wrong: z.array(sentence.extend({ why: z.string() })),
});
/** Further sentences about the scene of another set: `folder/name`. */
const furtherFile = z.object({
  title: z.string(),
  scene: z.string(),
  originals: z.array(sentence),
  wrong: z.array(sentence.extend({ why: z.string() })),
});

export type FreeEnglishScene = { title: string; scope: string | null; analysis: Analysis } & Pick<
  z.infer<typeof sceneFile>,
  'originals' | 'wrong'
>;

const expandObservation = ([id, subject, startMs, endMs, body]: z.infer<typeof short>, image: boolean): unknown => {
  const common = { id, subject, range: { startMs, endMs }, confidence: 0.9, source: 'made-up', text: 'made up' };
  if ('kind' in body) {
    const { kind, ...value } = body;
    return { ...common, kind, [kind]: value };
  }
  const present = body.status === 'present';
  return {
    ...common,
    kind: 'action-unit',
    au: {
      code: body.au,
      name: ACTION_UNITS[body.au].name,
      status: body.status,
      side: body.side,
      intensity: body.level,
      letter: present && body.level !== null ? letterOf(body.level) : null,
      onsetMs: image || !present ? null : startMs,
      apexMs: image || !present ? null : (body.apexMs ?? Math.round((startMs + endMs) / 2)),
      offsetMs: image || !present ? null : endMs,
      micro: body.micro,
      overBaseline: image ? null : body.level,
    },
  };
};

/** The scenes of a folder beside this file, each as a full analysis with its sentences. */
export const readScenes = (folder: string): FreeEnglishScene[] =>
  readdirSync(join(ROOT, 'test/verify', folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readScene(join(ROOT, 'test/verify', folder, name)));

const readSceneFile = (path: string): z.infer<typeof sceneFile> =>
  sceneFile.parse(JSON.parse(readFileSync(path, 'utf8')));

const readScene = (path: string): FreeEnglishScene => {
  const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const further = furtherFile.safeParse(written);
  const file = further.success
    ? { ...readSceneFile(join(ROOT, 'test/verify', `${further.data.scene}.json`)), ...further.data }
    : sceneFile.parse(written);
  const image = file.kind === 'image';
  const subjects = [...new Set(file.observations.flatMap(([, subject]) => subject ?? []))].sort();
  const analysis = analysisSchema.parse({
    schema: 'whyface/analysis@1',
    id: '0123456789abcdef',
    clip: {
      digest: 'a'.repeat(64),
      kind: file.kind,
      durationMs: file.durationMs,
      width: file.kind === 'audio' ? null : 640,
      height: file.kind === 'audio' ? null : 480,
      fps: file.kind === 'video' ? 25 : null,
      hasAudio: !image,
      hasSpeech: null,
    },
    subjects: subjects.map((id) => ({
      id,
      firstMs: 0,
      lastMs: file.durationMs,
      frames: image ? 1 : 200,
      speaks: null,
    })),
    observations: file.observations.map((entry) => expandObservation(entry, image)),
    notMeasured: [],
    warnings: [],
    models: [],
    sampling: { fps: image ? 0 : 25, frames: image ? 1 : 200 },
    timings: {},
  });
  return { title: file.title, scope: file.scope, analysis, originals: file.originals, wrong: file.wrong };
};
