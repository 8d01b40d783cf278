/** The models that look at pictures for a reasoner, as the environment names them. Node only. */
import { createImageTextModel } from '../perceive/models/hub/image-text-model.ts';
import { modelsFolder } from '../perceive/models/index.ts';
import type { PictureModels } from './reasoners.ts';

type Places = { env: Readonly<Record<string, string | undefined>>; modelsDir?: string | undefined };

const DEFAULT_CLIP = 'Xenova/clip-vit-base-patch16';

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** `WHYFACE_CLIP_MODEL` names CLIP or SigLIP, by its repository. Nothing is opened before it is used. */
export const pictureModelsOf = ({ env, modelsDir }: Places): PictureModels => ({
  imageText: () =>
    createImageTextModel({
      model: given(env.WHYFACE_CLIP_MODEL) ?? DEFAULT_CLIP,
      folder: modelsFolder(env, modelsDir),
    }),
});
