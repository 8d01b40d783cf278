import { mean } from '../metrics/set-overlap.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { filled, type JudgePrompt, readPrompt } from './prompt.ts';
import { type Ask, createReplies, type RepliesOptions } from './replies.ts';
import { namedScore, publishedScore } from './score-of-reply.ts';

export type JudgedOptions = RepliesOptions & {
  /** Lowest score that the prompt names: 1 in the published prompt, 0 in what papers say of it. */
  low: 0 | 1;
  /** How often each question is asked. */
  repeats: number;
  /** Folder of prompts; the package's own unless told. */
  prompts?: string | undefined;
  onClip?: ((clip: string, done: number, total: number) => void) | undefined;
};

export type JudgedScore = {
  /** Mean over the clips, on the scale. */
  clue: number;
  label: number;
  /** Standard deviation of the mean over the repeats; `null` for one. */
  clueSpread: number | null;
  labelSpread: number | null;
  clips: number;
  judge: { model: string; temperature: number };
  scale: { low: number; high: number };
  prompts: Array<{ id: string; version: string; sha256: string }>;
  asked: number;
  problems: Problem[];
};

type Question = { clip: string; truth: string; prediction: string };

/**
 * Clue and label overlap of EMER v1: the judge scores the overlap of two descriptions, and of the emotion words that it
 * first took from each. Replies are read as the published code reads them; where that differs from the score that the
 * reply names, it is reported.
 */
export const judgedOverlap = async (clips: readonly Question[], options: JudgedOptions): Promise<JudgedScore> => {
  const [clue, summary, label] = await Promise.all([
    readPrompt('emer-clue-overlap', options.prompts),
    readPrompt('emer-label-summary', options.prompts),
    readPrompt('emer-label-overlap', options.prompts),
  ]);
  const replies = await createReplies(options);
  const low = String(options.low);
  const quirks: string[] = [];
  const unscored: string[] = [];
  const runs: Array<{ clue: number[]; label: number[] }> = [];
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    const run: { clue: number[]; label: number[] } = { clue: [], label: [] };
    for (const [index, { clip, truth, prediction }] of clips.entries()) {
      options.signal?.throwIfAborted();
      options.onClip?.(clip, repeat * clips.length + index, options.repeats * clips.length);
      const score = async (prompt: JudgePrompt, values: Record<string, string>, into: number[]): Promise<void> => {
        const { reply } = await replies.ask(prompt, filled(prompt, { low, ...values }), repeat);
        const read = publishedScore(reply);
        if (read === null) {
          unscored.push(clip);
          return;
        }
        if (namedScore(reply, options.low) !== read) {
          quirks.push(clip);
        }
        into.push(read);
      };
      await score(clue, { truth, prediction }, run.clue);
      const [actual, predicted] = [
        await words(replies.ask, summary, truth, repeat),
        await words(replies.ask, summary, prediction, repeat),
      ];
      await score(label, { truth: actual, prediction: predicted }, run.label);
    }
    runs.push(run);
  }
  const [clues, labels] = [runs.map((run) => mean(run.clue)), runs.map((run) => mean(run.label))];
  return {
    clue: mean(clues),
    label: mean(labels),
    clueSpread: spread(clues),
    labelSpread: spread(labels),
    clips: clips.length,
    judge: replies.judge,
    scale: { low: options.low, high: 10 },
    prompts: [clue, summary, label].map(({ id, version, sha256 }) => ({ id, version, sha256 })),
    asked: replies.asked(),
    problems: problemsOf([
      problemOf(
        'unscored',
        'judge',
        unscored,
        'Replies without a number are left out (the published code stops here).',
      ),
      problemOf(
        'malformed-row',
        'judge',
        quirks,
        'The first number of the reply is not the score that it names; the first one counts, as in the published code.',
      ),
    ]),
  };
};

const words = async (ask: Ask, prompt: JudgePrompt, description: string, repeat: number): Promise<string> =>
  (await ask(prompt, filled(prompt, { description }), repeat)).reply.trim();

const spread = (values: readonly number[]): number | null => {
  if (values.length < 2) {
    return null;
  }
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
};
