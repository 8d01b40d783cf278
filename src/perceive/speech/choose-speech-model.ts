import { lookIntoHubFolder } from '../models/hub/hub-folder.ts';
import { loadManifest, type ModelManifest } from '../models/manifest.ts';
import { SPEECH_GRAPHS } from './transformers-recogniser.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with a speech model named in it: the one that was named, else the first of the manifest that lies in the
 * model folder, else none.
 */
export const chooseSpeechModel = async (
  environment: Environment,
  folder: string,
  manifest?: ModelManifest,
): Promise<Environment> => {
  if ((environment.WHYFACE_ASR_BASE_URL ?? '') !== '' || (environment.WHYFACE_ASR_MODEL ?? '') !== '') {
    return environment;
  }
  const { hub } = manifest ?? (await loadManifest());
  for (const { repository, variable, task } of hub) {
    const isThere =
      task === 'speech recognition' &&
      (await lookIntoHubFolder({ model: repository, folder, variable }, SPEECH_GRAPHS).then(
        () => true,
        // Half a model is as good as none here; named, it would be an error.
        () => false,
      ));
    if (isThere) {
      return { ...environment, WHYFACE_ASR_MODEL: repository };
    }
  }
  return environment;
};
