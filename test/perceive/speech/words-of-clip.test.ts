import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClipFacts } from '../../../src/contracts/index.ts';
import { guessLanguage } from '../../../src/perceive/speech/language.ts';
import { type Words, wordsOfClip } from '../../../src/perceive/speech/words-of-clip.ts';

const clip: ClipFacts = {
  digest: 'ab'.repeat(32),
  kind: 'video',
  durationMs: 6000,
  width: 640,
  height: 360,
  fps: 25,
  hasAudio: true,
  hasSpeech: null,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whyface-words-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const words = (transcript?: string): Promise<Words> =>
  wordsOfClip({ path: join(folder, 'clip.mp4'), clip, transcript: transcript && join(folder, transcript) });

const srt = (text: string): string => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;

describe('the words of a clip', () => {
  it('are those of the file beside it that carries its name', async () => {
    await put('clip.srt', srt('From the file beside it.'));
    await put('other.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nNot mine.\n');
    expect(await words()).toMatchObject({
      speech: {
        source: { kind: 'sidecar', format: 'srt', name: 'clip.srt' },
        cues: [{ text: 'From the file beside it.' }],
      },
      warnings: [],
    });
  });

  it('are those of the file that was named, before the one beside it', async () => {
    await put('clip.srt', srt('Beside.'));
    await put('named.txt', 'Named.');
    expect(await words('named.txt')).toMatchObject({
      speech: { timed: false, source: { kind: 'transcript' }, cues: [{ startMs: 0, endMs: 6000, text: 'Named.' }] },
    });
  });

  it('take the language from the name, unless the words are in another, which is told', async () => {
    await put('clip.en.srt', srt('Ich habe das nicht gewusst, und du hast es mir nicht gesagt.'));
    const { speech, warnings } = await words();
    expect(speech?.language).toBe('de');
    expect(warnings).toMatchObject([{ code: 'transcript-language', message: expect.stringContaining('German') }]);
  });

  it('that are not English are asked about where nothing says what is spoken, and not where the file does', async () => {
    const german = 'Ich habe das nicht gewusst, und du hast es mir nicht gesagt.';
    await put('clip.srt', srt(german));
    expect(await words()).toMatchObject({
      speech: { language: 'de' },
      warnings: [{ code: 'transcript-language-unknown', message: expect.stringContaining('clip.de.srt') }],
    });
    await rm(join(folder, 'clip.srt'));
    await put('clip.de.srt', srt(german));
    expect((await words()).warnings).toEqual([]);
  });

  it('are unknown where nothing lies beside it; JSON that is no transcript is passed over', async () => {
    await put('clip.json', '{"schema": "whyface/analysis@1"}');
    expect(await words()).toEqual({ speech: null, warnings: [] });
  });

  it('are left out with a warning where the file beside it cannot be used, and are an error where it was named', async () => {
    await put('clip.srt', '\u0000\u0001\u0002binary');
    expect(await words()).toMatchObject({ speech: null, warnings: [{ code: 'transcript-unreadable' }] });
    await expect(words('clip.srt')).rejects.toMatchObject({ code: 'input-invalid' });
    await expect(words('missing.srt')).rejects.toMatchObject({ code: 'input-not-found' });
  });

  it('cannot be given to a picture', async () => {
    const picture = { ...clip, kind: 'image' as const, durationMs: 0 };
    await expect(wordsOfClip({ path: 'a.png', clip: picture, transcript: 'a.srt' })).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(wordsOfClip({ path: 'a.png', clip: picture })).resolves.toEqual({ speech: null, warnings: [] });
  });
});

describe('the language of a text', () => {
  it.each([
    ['en', 'I did not expect that, but it is what you said.'],
    ['de', 'Das habe ich nicht erwartet, aber du hast es ja gesagt.'],
    ['fr', "Je ne m'y attendais pas, mais c'est ce que tu as dit."],
    ['es', 'No me lo esperaba, pero es lo que tú dijiste.'],
    ['ja', 'それは思っていませんでした。'],
    ['zh', '我没想到会这样。'],
    [null, 'Whoa!'],
    [null, 'Anna 12 %%%'],
  ])('is %s for "%s"', (language, text) => {
    expect(guessLanguage(text)).toBe(language);
  });
});
