import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createLocalVisionChat } from '../../../../src/perceive/models/hub/vision-chat.ts';
import { SMOLVLM_PREPROCESSOR, smolvlmFiles } from '../../../fixtures/hub/smolvlm.ts';
import { writeHubModel } from '../../../fixtures/make-hub-models.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('vision-chat');
let made = 0;

const chatWith = async (files: Record<string, string | Uint8Array>) => {
  made += 1;
  await writeHubModel(folder, `tiny/vision-${made}`, files);
  return createLocalVisionChat({ model: `tiny/vision-${made}`, folder });
};

const plain = async (r: number, g: number, b: number): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } })
      .jpeg({ quality: 100 })
      .toBuffer(),
  );

type Chat = ReturnType<typeof createLocalVisionChat>;
const ask = (chat: Chat, pictures: Uint8Array[], maximumTokens = 60): Promise<string> =>
  chat.answer({ system: 'You look at pictures.', question: 'What is in it?', pictures, maximumTokens }, {});

describe('SmolVLM on this machine', () => {
  it('sees the picture in its colours, around its mean, and keeps it in its cache to the end of the answer', async () => {
    const chat = await chatWith(smolvlmFiles());
    const answers = [
      [await plain(220, 30, 30), 'red', 'anger'],
      [await plain(30, 200, 40), 'green', 'happiness'],
      [await plain(30, 20, 220), 'blue', 'sadness'],
      [await plain(128, 128, 128), 'grey', 'neutral'],
    ] as const;
    for (const [picture, colour, label] of answers) {
      expect(await ask(chat, [picture])).toBe(
        `The lip corners are pulled up.\nThe wall is ${colour}.\nIt reads as ${label}.`,
      );
    }
  });

  it.each([
    ['blue, green, red', { do_flip_channel_order: true }, [220, 30, 30], 'red', 'blue'],
    ['no mean and deviation', { do_normalize: false }, [128, 128, 128], 'grey', 'red'],
    ['values from 0 to 255', { do_rescale: false }, [128, 128, 128], 'grey', 'red red'],
  ] as const)('would answer otherwise to a picture prepared with %s', async (_, change, colour, right, wrong) => {
    const chat = await chatWith(smolvlmFiles({ ...SMOLVLM_PREPROCESSOR, ...change }));
    const answer = await ask(chat, [await plain(colour[0], colour[1], colour[2])]);
    expect(answer).toContain(wrong);
    expect(answer).not.toContain(`The wall is ${right}`);
  });

  it('sees several pictures in their places, and stops at the length it is given', async () => {
    const chat = await chatWith(smolvlmFiles());
    const red = await plain(220, 30, 30);
    expect(await ask(chat, [red, red, await plain(30, 20, 220)])).toContain('red');
    expect(await ask(chat, [red], 3)).toBe('The lip corners');
    expect(await ask(chat, [red])).toContain('It reads as anger.');
  });

  it('is called damaged where the text and the picture do not fit together', async () => {
    const chat = await chatWith(smolvlmFiles(SMOLVLM_PREPROCESSOR, 3));
    await expect(ask(chat, [await plain(9, 9, 9)])).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('stops when it is told to', async () => {
    const chat = await chatWith(smolvlmFiles());
    const request = { system: '', question: 'What?', pictures: [], maximumTokens: 5 };
    await expect(chat.answer(request, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('is named, with the command that brings it, where it or a part of it is missing', async () => {
    await expect(createLocalVisionChat({ model: 'tiny/none', folder }).check()).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/whyface models pull tiny\/none.*WHYFACE_VLM_MODEL/),
    });
    await writeHubModel(folder, 'tiny/part', smolvlmFiles());
    await rm(join(folder, 'tiny/part/onnx/embed_tokens.onnx'));
    await expect(createLocalVisionChat({ model: 'tiny/part', folder }).check()).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('embed_tokens'),
    });
    await writeHubModel(folder, 'tiny/damaged', smolvlmFiles());
    await writeFile(join(folder, 'tiny/damaged/onnx/decoder_model_merged.onnx'), 'no graph');
    const damaged = createLocalVisionChat({ model: 'tiny/damaged', folder });
    await expect(ask(damaged, [await plain(1, 2, 3)])).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('is there once it is there, without a new start', async () => {
    const late = createLocalVisionChat({ model: 'tiny/late', folder });
    await expect(ask(late, [await plain(220, 30, 30)])).rejects.toMatchObject({ code: 'model-missing' });
    await writeHubModel(folder, 'tiny/late', smolvlmFiles());
    expect(await ask(late, [await plain(220, 30, 30)])).toContain('red');
  });
});
