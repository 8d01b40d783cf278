/** SmolVLM on this machine, through transformers.js. */
import { z } from 'zod';
import type { VisionChat } from '../../../contracts/vision-models.ts';
import { throwIfAborted } from '../../../kit/abort.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { type HubModelName, hubModelInvalid, lookIntoHubFolder } from './hub-folder.ts';
import { hasExports, loadTransformers } from './transformers.ts';

type Pretrained = { local_files_only: boolean; dtype?: Record<string, string>; device?: string };
type Content = Array<{ type: 'image' } | { type: 'text'; text: string }>;
type Message = { role: 'system' | 'user'; content: Content };
type Inputs = Record<string, unknown>;
type Generated = { slice: (rows: null, columns: [number, null]) => unknown };

type Processor = {
  (text: string, images: unknown[], options: { do_image_splitting: boolean }): Promise<Inputs>;
  apply_chat_template: (messages: Message[], options: { add_generation_prompt: true }) => string;
  batch_decode: (tokens: unknown, options: { skip_special_tokens: true }) => string[];
};
type Model = { generate: (inputs: Inputs) => Promise<Generated> };
type Stopping = { interrupt: () => void };

/** What of `@huggingface/transformers` 4 is used. */
type VisionModule = {
  AutoProcessor: { from_pretrained: (model: string, options: Pretrained) => Promise<Processor> };
  AutoModelForImageTextToText: { from_pretrained: (model: string, options: Pretrained) => Promise<Model> };
  RawImage: { fromBlob: (blob: Blob) => Promise<unknown> };
  InterruptableStoppingCriteria: new () => Stopping;
};

const isVisionModule = (loaded: unknown): loaded is VisionModule =>
  hasExports(loaded, ['AutoProcessor', 'AutoModelForImageTextToText', 'RawImage', 'InterruptableStoppingCriteria']);

export type LocalVisionOptions = {
  /** `WHYFACE_VLM_MODEL`: a repository (`HuggingFaceTB/SmolVLM-256M-Instruct`), which lies in `folder`. */
  model: string;
  folder: string;
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

const GRAPHS = ['vision_encoder', 'embed_tokens', 'decoder_model_merged'] as const;
const shape = z.object({ input_ids: z.object({ dims: z.array(z.number()) }) });

/** A model that opens nothing before it is asked. Weights that are not there are never fetched in passing. */
export const createLocalVisionChat = ({ model, folder, load }: LocalVisionOptions): VisionChat => {
  const name: HubModelName = { model, folder, variable: 'WHYFACE_VLM_MODEL' };
  const look = async (): Promise<Record<string, string>> => {
    const { modelType, dtype } = await lookIntoHubFolder(name, GRAPHS);
    if (!/^(?:smolvlm|idefics3)$/.test(modelType)) {
      throw hubModelInvalid(name, `it is a ${modelType}, not SmolVLM`);
    }
    return dtype;
  };
  const invalid = (cause: unknown): never => {
    throw WhyfaceError.isInstance(cause)
      ? cause
      : hubModelInvalid(
          name,
          cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'its files do not fit together',
          cause,
        );
  };
  const open = async () => {
    const dtype = await look();
    const library = await loadTransformers(
      {
        folder,
        remote: false,
        need: { what: 'The reasoner vlm', otherwise: 'name a server in WHYFACE_VLM_BASE_URL' },
        load,
      },
      isVisionModule,
    );
    const pretrained: Pretrained = { local_files_only: true };
    const [processor, network] = await Promise.all([
      library.AutoProcessor.from_pretrained(model, pretrained),
      library.AutoModelForImageTextToText.from_pretrained(model, { ...pretrained, dtype, device: 'cpu' }),
    ]).catch(invalid);
    return { library, processor, network };
  };
  let opening: ReturnType<typeof open> | null = null;

  return {
    id: model,
    host: null,
    isServer: false,
    check: async () => {
      await look();
    },
    answer: async ({ system, question, pictures, maximumTokens }, { signal }) => {
      throwIfAborted(signal, 'reason');
      // A failure is not kept: the model may be pulled while a server runs.
      opening ??= open().catch((thrown: unknown) => {
        opening = null;
        throw thrown;
      });
      const { library, processor, network } = await opening;
      const stopping = new library.InterruptableStoppingCriteria();
      const stop = (): void => stopping.interrupt();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        const images = await Promise.all(
          pictures.map((jpeg) => library.RawImage.fromBlob(new Blob([new Uint8Array(jpeg)]))),
        );
        const messages: Message[] = [
          { role: 'system', content: [{ type: 'text', text: system }] },
          {
            role: 'user',
            content: [...images.map(() => ({ type: 'image' as const })), { type: 'text', text: question }],
          },
        ];
        const text = processor.apply_chat_template(messages, { add_generation_prompt: true });
        // One crop of a face needs no tiles: whole it is a quarter of the work.
        const inputs = await processor(text, images, { do_image_splitting: false });
        const asked = shape.parse(inputs).input_ids.dims.at(-1) ?? 0;
        const tokens = await network.generate({
          ...inputs,
          max_new_tokens: maximumTokens,
          do_sample: false,
          stopping_criteria: stopping,
        });
        throwIfAborted(signal, 'reason');
        const [answer = ''] = processor.batch_decode(tokens.slice(null, [asked, null]), { skip_special_tokens: true });
        return answer.trim();
      } catch (thrown) {
        return invalid(thrown);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
  };
};
