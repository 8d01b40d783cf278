/** A model of the hub on this disk: `<folder>/<organisation>/<repository>` with config.json and onnx/. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WhyfaceError } from '../../../kit/error.ts';
import { modelInvalid } from '../import/model-invalid.ts';

/** What a repository is called; never a path that leads elsewhere. */
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/;

/** How transformers.js calls the kinds of weights, and what the files are called. Smaller ones before larger. */
const WEIGHTS = [
  { dtype: 'q8', suffix: '_quantized' },
  { dtype: 'int8', suffix: '_int8' },
  { dtype: 'uint8', suffix: '_uint8' },
  { dtype: 'fp32', suffix: '' },
  { dtype: 'fp16', suffix: '_fp16' },
  { dtype: 'q4', suffix: '_q4' },
  { dtype: 'bnb4', suffix: '_bnb4' },
  { dtype: 'q4f16', suffix: '_q4f16' },
] as const;

export type HubFolder = {
  modelType: string;
  /** For each graph that was asked for, the kind of weights that is there. */
  dtype: Record<string, string>;
};

export type HubModelName = {
  /** Repository, or its folder below `folder`. */
  model: string;
  folder: string;
  /** The variable that names it: `WHYFACE_CLIP_MODEL`. */
  variable: string;
};

export const hubModelMissing = ({ model, folder, variable }: HubModelName, cause?: unknown): WhyfaceError =>
  new WhyfaceError({
    code: 'model-missing',
    stage: 'models',
    message: `The model ${model} is not in ${folder}; run 'whyface models pull ${model}', copy its files there, or name another in ${variable}.`,
    details: { model, folder },
    cause,
  });

export const hubModelInvalid = ({ model, folder }: HubModelName, why: string, cause?: unknown): WhyfaceError =>
  modelInvalid(
    `The model ${model} in ${folder} cannot be used: ${why}; delete its folder and pull it again.`,
    { model },
    cause,
  );

const config = z.object({ model_type: z.string() });

/**
 * Looks what is there, and opens nothing.
 *
 * @param graphs file names below onnx/ without kind and extension: `model`, `vision_encoder`
 * @throws WhyfaceError `config-invalid` for a name that is none, `model-missing`, `model-invalid`
 */
export const lookIntoHubFolder = async (name: HubModelName, graphs: readonly string[]): Promise<HubFolder> => {
  if (!REPOSITORY.test(name.model) || name.model.includes('..')) {
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message: `${name.variable} names a model as "organisation/repository", not "${name.model}".`,
    });
  }
  const place = join(name.folder, ...name.model.split('/'));
  const text = await readFile(join(place, 'config.json'), 'utf8').catch((cause: unknown) => {
    throw hubModelMissing(name, cause);
  });
  const parsed = config.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw hubModelInvalid(name, 'config.json names no model_type');
  }
  const files = await readdir(join(place, 'onnx')).catch((cause: unknown) => {
    throw hubModelMissing(name, cause);
  });
  const dtype: Record<string, string> = {};
  for (const graph of graphs) {
    const weights = WEIGHTS.find(({ suffix }) => files.includes(`${graph}${suffix}.onnx`));
    if (weights === undefined) {
      throw hubModelInvalid(name, `onnx/${graph}.onnx, in whatever kind of weights, is missing`);
    }
    dtype[graph] = weights.dtype;
  }
  return { modelType: parsed.data.model_type, dtype };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
