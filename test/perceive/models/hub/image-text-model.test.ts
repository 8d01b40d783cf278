import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImageTextModel } from '../../../../src/perceive/models/hub/image-text-model.ts';
import {
  CLIP_MEAN,
  CLIP_PREPROCESSOR,
  CLIP_STD,
  clipFiles,
  clipTokenIds,
  ONE,
  placeWeight,
  rowOf,
  SIGLIP_LENGTH,
  SIGLIP_PREPROCESSOR,
  siglipFiles,
  siglipTokens,
  WIDTH,
} from '../../../fixtures/hub/image-text.ts';
import { writeHubModel } from '../../../fixtures/make-hub-models.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('image-text');
let made = 0;

/** A tiny model of its own, since transformers.js keeps what it has read. */
const modelOf = async (files: Record<string, string | Uint8Array>) => {
  made += 1;
  await writeHubModel(folder, `tiny/model-${made}`, files);
  return createImageTextModel({ model: `tiny/model-${made}`, folder });
};

type Colour = readonly [number, number, number];
/** Top left, top right, bottom left, bottom right of the middle of the picture. */
const QUARTERS: readonly Colour[] = [[200, 40, 10], [20, 160, 60], [30, 50, 220], [240, 230, 20]]; // biome-ignore format: one line
const MARGIN: Colour = [0, 0, 0];

/** 96 × 64: a square of four colours between two black margins, which the middle crop takes away. */
const picture = async (): Promise<Uint8Array> => {
  const pixels = new Uint8Array(96 * 64 * 3);
  for (let y = 0; y < 64; y += 1) {
    for (let x = 0; x < 96; x += 1) {
      const inside = x >= 16 && x < 80;
      const quarter = QUARTERS[(y < 32 ? 0 : 2) + (x < 48 ? 0 : 1)];
      pixels.set(inside && quarter !== undefined ? quarter : MARGIN, (y * 96 + x) * 3);
    }
  }
  const options = { raw: { width: 96, height: 64, channels: 3 } } as const;
  return new Uint8Array(await sharp(pixels, options).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
};

/** What the tiny vision tower was given: three colours of four quarters. */
const seenBy = async (model: ReturnType<typeof createImageTextModel>): Promise<number[]> => {
  const [vector = []] = await model.encodeImages([await picture()], {});
  return vector.slice(0, 12).map((value) => value / (vector[ONE] ?? 0));
};

const expected = (mean: readonly number[], deviation: readonly number[]): number[] =>
  [0, 1, 2].flatMap((channel) =>
    QUARTERS.map((colour) => ((colour[channel] ?? 0) / 255 - (mean[channel] ?? 0)) / (deviation[channel] ?? 1)),
  );

/** Resampling mixes the colours along the edges of the quarters. */
const FARTHEST = 0.12;
const farthest = (seen: readonly number[], wanted: readonly number[]): number =>
  Math.max(...seen.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))));

describe('a picture before CLIP', () => {
  it('is cropped to its middle, in red, green, blue, with the mean and deviation of the model', async () => {
    const seen = await seenBy(await modelOf(clipFiles()));
    expect(farthest(seen, expected(CLIP_MEAN, CLIP_STD))).toBeLessThan(FARTHEST);
  });

  it.each([
    ['blue, green, red', { do_flip_channel_order: true }],
    ['no mean and deviation', { do_normalize: false }],
    ["another model's mean", { image_mean: [0.5, 0.5, 0.5] }],
    ['no crop', { do_center_crop: false, size: { height: 32, width: 32 } }],
    ['values from 0 to 255', { do_rescale: false }],
  ])('would be told from one prepared with %s', async (_, change) => {
    const seen = await seenBy(await modelOf(clipFiles({ ...CLIP_PREPROCESSOR, ...change })));
    expect(farthest(seen, expected(CLIP_MEAN, CLIP_STD))).toBeGreaterThan(2 * FARTHEST);
  });

  it('is squeezed whole into the square of SigLIP', async () => {
    const seen = await seenBy(await modelOf(siglipFiles()));
    const half = [0.5, 0.5, 0.5];
    // A third of each quarter is black margin.
    const squeezed = expected(half, half).map((value) => ((value + 1) * 2) / 3 - 1);
    expect(farthest(seen, squeezed)).toBeLessThan(FARTHEST);
    const cropped = await seenBy(
      await modelOf(siglipFiles({ ...SIGLIP_PREPROCESSOR, do_center_crop: true, crop_size: 32, size: 32 })),
    );
    expect(farthest(cropped, squeezed)).toBeGreaterThan(2 * FARTHEST);
  });
});

const unit = (vector: readonly number[]): number[] => vector.map((value) => value / Math.hypot(...vector));
const textVector = (ids: readonly number[]): number[] =>
  unit(
    Array.from({ length: WIDTH }, (_, index) =>
      ids.reduce((sum, id, place) => sum + placeWeight(place) * (rowOf(id)[index] ?? 0), 0),
    ),
  );

const near = (vector: readonly number[] | undefined): unknown[] =>
  (vector ?? []).map((value) => expect.closeTo(value, 4));

describe('texts before CLIP', () => {
  it('are lower-cased, split into the tokens of the model in their order, between start and end, without padding', async () => {
    const ids = clipTokenIds();
    const id = (token: string): number => ids[token] ?? Number.NaN;
    const model = await modelOf(clipFiles());
    const { vectors } = await model.encodeTexts(['A happy face', 'face', 'face happy a'], {});
    const [start, end] = [id('<|startoftext|>'), id('<|endoftext|>')];
    const sentence = [start, id('a</w>'), id('happy</w>'), id('face</w>'), end];
    expect(vectors[0]).toEqual(near(textVector(sentence)));
    expect(vectors[1]).toEqual(near(textVector([start, id('face</w>'), end])));
    expect(vectors[2]).not.toEqual(near(vectors[0]));
  });

  it('are filled up to their full length for SigLIP', async () => {
    const tokens = siglipTokens();
    const ids = ['▁a', '▁happy', '▁face'].map((token) => tokens.indexOf(token));
    const filled = [...ids, ...Array.from({ length: SIGLIP_LENGTH - ids.length }, () => tokens.indexOf('</s>'))];
    const { vectors } = await (await modelOf(siglipFiles())).encodeTexts(['A happy face.'], {});
    expect(vectors[0]).toEqual(near(textVector(filled)));
    expect(vectors[0]).not.toEqual(near(textVector([...ids, tokens.indexOf('</s>')])));
  });

  it('say with which scale and bias the model makes logits, whatever config.json says', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `a photo of ${index} sad face`);
    expect(await (await modelOf(clipFiles())).encodeTexts(texts, {})).toMatchObject({
      scale: expect.closeTo(100, 2),
      bias: expect.closeTo(0, 2),
      link: 'softmax',
    });
    expect(await (await modelOf(siglipFiles())).encodeTexts(texts, {})).toMatchObject({
      scale: expect.closeTo(112.5, 2),
      bias: expect.closeTo(-12.75, 2),
      link: 'sigmoid',
    });
  });
});

describe('a model that cannot be used', () => {
  const absent = (overrides: object = {}) => createImageTextModel({ model: 'tiny/nobody', folder, ...overrides });

  it('is named with the folder and the command that brings it, before anything is opened', async () => {
    await expect(absent().check()).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/tiny\/nobody is not in .*whyface models pull tiny\/nobody/),
    });
    await expect(absent({ model: '../etc/passwd' }).check()).rejects.toMatchObject({ code: 'config-invalid' });
  });

  it('says what to install where transformers.js is missing', async () => {
    await writeHubModel(folder, 'tiny/whole', clipFiles());
    const model = createImageTextModel({ model: 'tiny/whole', folder, load: () => Promise.reject(new Error('no')) });
    await expect(model.encodeTexts(['a'], {})).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('npm install @huggingface/transformers'),
    });
  });

  it('is called damaged or of the wrong kind, in one sentence', async () => {
    await writeHubModel(folder, 'tiny/broken', clipFiles());
    await writeFile(join(folder, 'tiny/broken/onnx/model.onnx'), 'not a graph');
    const broken = createImageTextModel({ model: 'tiny/broken', folder });
    await expect(broken.encodeTexts(['a face'], {})).rejects.toMatchObject({ code: 'model-invalid' });
    await writeHubModel(folder, 'tiny/other', { ...clipFiles(), 'config.json': '{"model_type":"bert"}' });
    await expect(createImageTextModel({ model: 'tiny/other', folder }).check()).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('it is a bert'),
    });
    await rm(join(folder, 'tiny/other/onnx'), { recursive: true });
    await writeFile(join(folder, 'tiny/other/config.json'), '{"model_type":"clip"}');
    await expect(createImageTextModel({ model: 'tiny/other', folder }).check()).rejects.toMatchObject({
      code: 'model-missing',
    });
  });
});
