/** The manifest of models (`models/manifest.json`): what there is, where it comes from, and how it is known again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../kit/package-root.ts';
import { modelInvalid } from './import/model-invalid.ts';

const identifier = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
/** A plain file name: a manifest never leads out of the model folder. */
const fileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'a plain file name');

export const modelDigest = z
  .string()
  .regex(/^(sha256:[0-9a-f]{64}|git-blob:[0-9a-f]{40})$/)
  .describe('sha256 of the file, or the SHA-1 that git gives it as a blob');

const tensor = z.object({
  name: z.string(),
  type: z.enum(['float32', 'int64']),
  dims: z.array(z.union([z.int().positive(), z.string()])).describe('Sizes; a name where the size is free'),
  meaning: z.string(),
});

const sourceFile = z.object({
  name: fileName,
  bytes: z.int().positive().nullable().describe('null where the publisher states a digest only'),
  digest: modelDigest,
  source: z
    .string()
    .regex(/^(npm:|repo:|https:\/\/)/)
    .describe('npm:<package>/<path>, repo:<path in this package>, or an https address'),
});

const graph = z.object({
  name: identifier,
  file: fileName.describe('The file that holds it'),
  import: z
    .object({
      range: z
        .tuple([z.int().nonnegative(), z.int().positive()])
        .optional()
        .describe('First byte, byte after the last'),
      member: z.string().optional().describe('Name inside the zip archive'),
      openBatch: z.boolean().default(true),
      digest: modelDigest.describe('The imported ONNX file, which is byte-stable'),
    })
    .nullable()
    .describe('How the TensorFlow Lite graph is found in the file; null when the file is ONNX already'),
  inputs: z.array(tensor).min(1),
  outputs: z.array(tensor).min(1),
});

export const modelEntry = z.object({
  id: identifier,
  task: z.string(),
  about: z.string(),
  version: z.string(),
  licence: z.string(),
  optional: z.boolean().describe('true when whyface works without it'),
  files: z.array(sourceFile).min(1),
  graphs: z.array(graph).min(1),
});

/** A model of the hub, used through transformers.js from `<folder>/<organisation>/<repository>` when it lies there. */
export const hubEntry = z.object({
  id: identifier,
  task: z.enum(['speech recognition', 'pictures beside texts', 'words about pictures']),
  about: z.string(),
  licence: z.string(),
  repository: z.string().regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, 'organisation/repository'),
  variable: z
    .string()
    .regex(/^WHYFACE_[A-Z_]+$/)
    .describe('Environment variable that names another'),
  files: z
    .array(z.string().regex(/^(?:[A-Za-z0-9_][\w.-]*\/)*[A-Za-z0-9_][\w.-]*$/, 'a path below the repository'))
    .default([])
    .describe('What is fetched; the hub states their digests'),
});
export type HubEntry = z.infer<typeof hubEntry>;

export const modelManifest = z
  .object({
    schema: z.literal('whyface/models@1'),
    models: z.array(modelEntry),
    hub: z.array(hubEntry).default([]).describe('In the order of preference'),
  })
  .superRefine(({ models, hub }, context) => {
    const ids = [...models, ...hub].map(({ id }) => id);
    const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
    if (repeated !== undefined) {
      context.addIssue({ code: 'custom', message: `two models are called ${repeated}` });
    }
    for (const { id, files, graphs } of models) {
      const stray = graphs.find(({ file }) => !files.some(({ name }) => name === file));
      if (stray !== undefined) {
        context.addIssue({ code: 'custom', message: `the graph ${id}/${stray.name} names a file that is not listed` });
      }
    }
  });

export type ModelEntry = z.infer<typeof modelEntry>;
export type ModelFile = z.infer<typeof sourceFile>;
export type ModelGraph = z.infer<typeof graph>;
export type ModelManifest = z.infer<typeof modelManifest>;

/**
 * @param value parsed JSON
 * @throws WhyfaceError `model-invalid`
 */
export const parseManifest = (value: unknown): ModelManifest => {
  const result = modelManifest.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw modelInvalid(`models/manifest.json is not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
  }
  return result.data;
};

/** The manifest that comes with this copy of whyface. */
export const loadManifest = async (root: string = packageRoot()): Promise<ModelManifest> => {
  const path = join(root, 'models', 'manifest.json');
  try {
    return parseManifest(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if (cause instanceof SyntaxError || (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) {
      throw modelInvalid(`${path} is missing or not JSON; install whyface again.`, { path }, cause);
    }
    throw cause;
  }
};
