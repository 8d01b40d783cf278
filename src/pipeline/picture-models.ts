/** The models that look at pictures for a reasoner, as the environment names them. Node only. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createImageTextModel } from '../perceive/models/hub/image-text-model.ts';
import { createLocalVisionChat } from '../perceive/models/hub/vision-chat.ts';
import { modelsFolder } from '../perceive/models/index.ts';
import type { PictureModels } from './reasoners.ts';

type Places = { env: Readonly<Record<string, string | undefined>>; modelsDir?: string | undefined };

/** In the order of preference; all of them in models/manifest.json. */
export const IMAGE_TEXT_MODELS = ['Xenova/clip-vit-base-patch16', 'Xenova/siglip-base-patch16-224'] as const;
export const VISION_MODELS = ['HuggingFaceTB/SmolVLM-256M-Instruct'] as const;

/** The one that is named, else the first that lies in the folder, else the first: it is then said to be missing. */
const chosen = (named: string | undefined, known: readonly [string, ...string[]], folder: string): string =>
  named !== undefined && named !== ''
    ? named
    : (known.find((model) => existsSync(join(folder, ...model.split('/'), 'config.json'))) ?? known[0]);

/** `WHYFACE_CLIP_MODEL` names CLIP or SigLIP, `WHYFACE_VLM_MODEL` SmolVLM, by repository. Nothing is opened before it is used. */
export const pictureModelsOf = ({ env, modelsDir }: Places): PictureModels => {
  const folder = modelsFolder(env, modelsDir);
  return {
    imageText: () => createImageTextModel({ model: chosen(env.WHYFACE_CLIP_MODEL, IMAGE_TEXT_MODELS, folder), folder }),
    visionChat: () => createLocalVisionChat({ model: chosen(env.WHYFACE_VLM_MODEL, VISION_MODELS, folder), folder }),
  };
};
