/** The models that look at pictures for a reasoner, as the environment names them. Node only. */
import { createImageTextModel } from '../perceive/models/hub/image-text-model.ts';
import { createLocalVisionChat } from '../perceive/models/hub/vision-chat.ts';
import { modelsFolder } from '../perceive/models/index.ts';
import type { PictureModels } from './reasoners.ts';

type Places = { env: Readonly<Record<string, string | undefined>>; modelsDir?: string | undefined };

const DEFAULT_CLIP = 'Xenova/clip-vit-base-patch16';
const DEFAULT_VLM = 'HuggingFaceTB/SmolVLM-256M-Instruct';

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** `WHYFACE_CLIP_MODEL` names CLIP or SigLIP, `WHYFACE_VLM_MODEL` SmolVLM, by repository. Nothing is opened before it is used. */
export const pictureModelsOf = ({ env, modelsDir }: Places): PictureModels => ({
  imageText: () =>
    createImageTextModel({
      model: given(env.WHYFACE_CLIP_MODEL) ?? DEFAULT_CLIP,
      folder: modelsFolder(env, modelsDir),
    }),
  visionChat: () =>
    createLocalVisionChat({
      model: given(env.WHYFACE_VLM_MODEL) ?? DEFAULT_VLM,
      folder: modelsFolder(env, modelsDir),
    }),
});
