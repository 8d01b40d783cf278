import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { WhyfaceError } from '../../src/kit/error.ts';
import type { Judge } from './judge.ts';
import type { JudgePrompt } from './prompt.ts';

/** One raw answer of a judge, with all that it depends on. */
const reply = z.object({
  key: z.string(),
  judge: z.string(),
  temperature: z.number(),
  promptId: z.string(),
  promptSha256: z.string(),
  repeat: z.int().nonnegative(),
  reply: z.string(),
});
export type JudgeReply = z.infer<typeof reply>;

export type Ask = (prompt: JudgePrompt, text: string, repeat: number) => Promise<JudgeReply>;

export type RepliesOptions = {
  /** Whom to ask where no reply is stored; `null`: stored replies only. */
  judge: Judge | null;
  /** File of raw replies, one JSON a line; new ones are appended. */
  file?: string | undefined;
  /** Name and temperature under which stored replies are looked up when there is no judge. */
  recorded?: { model: string; temperature: number } | undefined;
  signal?: AbortSignal | undefined;
};

/** What an answer depends on: the judge, its temperature, the prompt as filled, and which repetition it is. */
export const replyKey = (
  model: string,
  temperature: number,
  prompt: JudgePrompt,
  text: string,
  repeat: number,
): string =>
  createHash('sha256')
    .update(JSON.stringify([model, temperature, prompt.sha256, text, repeat]))
    .digest('hex');

/**
 * Asks, and keeps what was answered: an interrupted run goes on where it stopped, and a finished one can be replayed to
 * the same numbers without the judge.
 */
export const createReplies = async ({
  judge,
  file,
  recorded,
  signal,
}: RepliesOptions): Promise<{ ask: Ask; judge: { model: string; temperature: number }; asked(): number }> => {
  const stored = new Map((file === undefined ? [] : await storedReplies(file)).map((entry) => [entry.key, entry]));
  const [first] = stored.values();
  const identity =
    judge ?? recorded ?? (first === undefined ? null : { model: first.judge, temperature: first.temperature });
  if (identity === null) {
    throw new WhyfaceError({
      code: 'usage',
      stage: 'eval',
      message: 'There is neither a judge (--judge) nor a file of its replies (--judge-replies).',
    });
  }
  const { model, temperature } = identity;
  let asked = 0;
  const ask: Ask = async (prompt, text, repeat) => {
    const key = replyKey(model, temperature, prompt, text, repeat);
    const known = stored.get(key);
    if (known !== undefined) {
      return known;
    }
    if (judge === null) {
      throw new WhyfaceError({
        code: 'service-unavailable',
        stage: 'eval',
        message: `The stored replies of ${model} hold no answer to one of the questions (prompt ${prompt.id}, version ${prompt.version}); name the judge with --judge to ask it.`,
      });
    }
    asked += 1;
    const entry: JudgeReply = {
      key,
      judge: model,
      temperature,
      promptId: prompt.id,
      promptSha256: prompt.sha256,
      repeat,
      reply: await judge.ask(text, { repeat, signal }),
    };
    stored.set(key, entry);
    if (file !== undefined) {
      await appendFile(file, `${JSON.stringify(entry)}\n`);
    }
    return entry;
  };
  return { ask, judge: { model, temperature }, asked: () => asked };
};

const storedReplies = async (path: string): Promise<JudgeReply[]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return reply.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      // A run that was killed leaves half a line.
      return [];
    }
  });
};
