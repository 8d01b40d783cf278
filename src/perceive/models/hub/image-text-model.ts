/** CLIP and SigLIP on this machine, through transformers.js. */
import type { EncodedTexts, ImageTextModel } from '../../../contracts/vision-models.ts';
import { throwIfAborted } from '../../../kit/abort.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { type HubModelName, hubModelInvalid, lookIntoHubFolder } from './hub-folder.ts';
import { dot, rowsOf, unitVector } from './tensors.ts';
import { hasExports, loadTransformers } from './transformers.ts';

type Inputs = Record<string, unknown>;
type Pretrained = { local_files_only: boolean; dtype?: Record<string, string>; device?: string };
type Callable<Arguments extends unknown[]> = (...given: Arguments) => Promise<Inputs> | Inputs;
type Loader<Arguments extends unknown[]> = {
  from_pretrained: (model: string, options: Pretrained) => Promise<Callable<Arguments>>;
};

/** What of `@huggingface/transformers` 4 is used. */
type ImageTextModule = {
  AutoTokenizer: Loader<[string[], { padding: true | 'max_length'; truncation: true }]>;
  AutoProcessor: Loader<[unknown[]]>;
  AutoModel: Loader<[Inputs]>;
  RawImage: { fromBlob: (blob: Blob) => Promise<unknown>; new (data: Uint8Array, width: number, height: number, channels: number): unknown };
}; // biome-ignore format: one table

const isImageTextModule = (loaded: unknown): loaded is ImageTextModule =>
  hasExports(loaded, ['AutoTokenizer', 'AutoProcessor', 'AutoModel', 'RawImage']);

export type ImageTextOptions = {
  /** `WHYFACE_CLIP_MODEL`: a repository (`Xenova/clip-vit-base-patch16`), which lies in `folder`. */
  model: string;
  folder: string;
  /** For tests. */
  load?: (() => Promise<unknown>) | undefined;
};

/** Texts in one run of the graph: beyond it memory grows and nothing gets faster on a processor. */
const TEXTS_AT_ONCE = 16;
/** The graph wants a picture beside the texts, and the other way round. */
const BLANK = { side: 32, grey: 128 };
const ANY_TEXT = 'a photo of a face';

type Run = { images: number[][]; texts: number[][]; logits: number[][]; link: EncodedTexts['link'] };

/** A model that opens nothing before it is asked. Weights that are not there are never fetched in passing. */
export const createImageTextModel = (options: ImageTextOptions): ImageTextModel => {
  const name: HubModelName = { model: options.model, folder: options.folder, variable: 'WHYFACE_CLIP_MODEL' };
  const look = async () => {
    const { modelType, dtype } = await lookIntoHubFolder(name, ['model']);
    if (!/^(?:clip|siglip2?)$/.test(modelType)) {
      throw hubModelInvalid(name, `it is a ${modelType}, not CLIP or SigLIP`);
    }
    return { dtype, link: modelType === 'clip' ? ('softmax' as const) : ('sigmoid' as const) };
  };
  const invalid = (cause: unknown): never => {
    throw WhyfaceError.isInstance(cause)
      ? cause
      : hubModelInvalid(
          name,
          cause instanceof Error ? firstLine(cause.message) : 'its files do not fit together',
          cause,
        );
  };

  const open = async () => {
    const { dtype, link } = await look();
    const library = await loadTransformers(
      {
        folder: options.folder,
        remote: false,
        need: { what: 'The reasoner clip', otherwise: 'use --reasoner facs' },
        load: options.load,
      },
      isImageTextModule,
    );
    const pretrained: Pretrained = { local_files_only: true };
    const [tokenizer, processor, model] = await Promise.all([
      library.AutoTokenizer.from_pretrained(options.model, pretrained),
      library.AutoProcessor.from_pretrained(options.model, pretrained),
      library.AutoModel.from_pretrained(options.model, { ...pretrained, dtype, device: 'cpu' }),
    ]).catch(invalid);
    return { library, tokenizer, processor, model, link };
  };
  let opening: ReturnType<typeof open> | null = null;

  const run = async (texts: readonly string[], jpegs: readonly Uint8Array[]): Promise<Run> => {
    // A failure is not kept: the model may be pulled while a server runs.
    opening ??= open().catch((thrown: unknown) => {
      opening = null;
      throw thrown;
    });
    const { library, tokenizer, processor, model, link } = await opening;
    try {
      const { RawImage } = library;
      const images =
        jpegs.length === 0
          ? [new RawImage(new Uint8Array(3 * BLANK.side ** 2).fill(BLANK.grey), BLANK.side, BLANK.side, 3)]
          : await Promise.all(jpegs.map((jpeg) => RawImage.fromBlob(new Blob([new Uint8Array(jpeg)]))));
      // SigLIP was trained on texts filled up to its full length, and reads shorter ones wrongly.
      const padding = link === 'sigmoid' ? 'max_length' : true;
      const tokens = await tokenizer([...texts], { padding, truncation: true });
      const answer = await model({ ...tokens, ...(await processor(images)) });
      const logits = rowsOf(answer.logits_per_image, images.length);
      const imageRows = rowsOf(answer.image_embeds, images.length)?.map(unitVector);
      const textRows = rowsOf(answer.text_embeds, texts.length)?.map(unitVector);
      if (logits === null || !isWhole(imageRows) || !isWhole(textRows)) {
        throw hubModelInvalid(name, 'it gives no embeddings of pictures and texts');
      }
      return { images: imageRows, texts: textRows, logits, link };
    } catch (thrown) {
      return invalid(thrown);
    }
  };

  return {
    id: options.model,
    check: async () => {
      await look();
    },
    encodeTexts: async (texts, { signal }) => {
      const runs: Run[] = [];
      // No line goes through one point: the last text is one of its own.
      const asked = [...texts, ANY_TEXT];
      for (let start = 0; start < asked.length; start += TEXTS_AT_ONCE) {
        throwIfAborted(signal, 'reason');
        runs.push(await run(asked.slice(start, start + TEXTS_AT_ONCE), []));
      }
      const line = lineThrough(runs);
      const [first] = runs;
      if (line === null || first === undefined) {
        throw hubModelInvalid(name, 'its logits are no straight function of how well pictures and texts fit');
      }
      return {
        vectors: runs.flatMap((each) => each.texts).slice(0, texts.length),
        ...line,
        link: first.link,
      } satisfies EncodedTexts;
    },
    encodeImages: async (jpegs, { signal }) => {
      throwIfAborted(signal, 'reason');
      return jpegs.length === 0 ? [] : (await run([ANY_TEXT], jpegs)).images;
    },
  };
};

const isWhole = (rows: Array<number[] | null> | undefined): rows is number[][] =>
  rows?.every((row) => row !== null) === true;

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/\.$/, '').slice(0, 200) ?? '';

/** Farthest that a logit may lie off the line, as a share of the scale: 8-bit weights round a little. */
const STRAIGHT = 1e-2;

/**
 * The scale and the bias with which the model turns cosines into logits, read from its own answers: exports do not keep
 * the trained values in config.json (`logit_scale_init_value` is the one before training).
 */
const lineThrough = (runs: readonly Run[]): { scale: number; bias: number } | null => {
  const points = runs.flatMap(({ images, texts, logits }) =>
    images.flatMap((image, row) =>
      texts.map((text, column) => ({ x: dot(image, text), y: logits[row]?.[column] ?? 0 })),
    ),
  );
  const mean = (pick: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const spread = mean(({ x }) => (x - meanX) ** 2);
  const scale = spread > 0 ? mean(({ x, y }) => (x - meanX) * (y - meanY)) / spread : 0;
  const bias = meanY - scale * meanX;
  const isStraight = points.every(({ x, y }) => Math.abs(scale * x + bias - y) <= STRAIGHT * Math.max(scale, 1));
  return scale > 0 && isStraight ? { scale, bias } : null;
};
