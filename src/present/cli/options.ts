import { resolve } from 'node:path';
import type { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';
import type { Input } from './inputs.ts';

/** What `explain` and `observe` have in common. */
export type CommonFlags = {
  fps?: string;
  purpose?: string;
  transcript?: string;
  modelsDir?: string;
  output?: string;
  quiet?: boolean;
};

export const usageError = (message: string): WhyfaceError =>
  new WhyfaceError({ code: 'usage', stage: 'input', message });

/** Seconds (`12.5`) or minutes and seconds (`1:02.3`) as milliseconds. */
export const millisecondsOf = (text: string | undefined, flag: string): number | undefined => {
  if (text === undefined) {
    return undefined;
  }
  const match = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (match === null) {
    throw usageError(`${flag} is a time in seconds (12.5) or minutes and seconds (1:02.5), not "${text}".`);
  }
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
};

/** `all`, or a number of frames a second. */
export const fpsOf = (text: string | undefined): number | 'all' | undefined => {
  if (text === undefined || text === 'all') {
    return text;
  }
  const number = Number(text);
  if (!(number > 0 && number <= 30)) {
    throw usageError(`--fps is a number above 0 and up to 30, or "all", not "${text}".`);
  }
  return number;
};

/** The value if it is one of the choices. */
export const choiceOf = <Choice extends string>(
  value: string | undefined,
  flag: string,
  choices: readonly Choice[],
): Choice | undefined => {
  const found = choices.find((choice) => choice === value);
  if (value !== undefined && found === undefined) {
    throw usageError(`${flag} is one of ${choices.join(', ')}, not "${value}".`);
  }
  return found;
};

/** Options read by their schema; what it refuses is wrong usage. */
export const optionsOf = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issue = result.error.issues[0];
  throw usageError(`--${issue?.path.join('.') ?? 'option'}: ${issue?.message ?? 'not understood'}.`);
};

/** A transcript holds the words of one clip. */
export const transcriptOf = (flags: CommonFlags, inputs: readonly Input[]): string | undefined => {
  if (flags.transcript !== undefined && inputs.length !== 1) {
    throw usageError(
      `--transcript is for one input, not ${inputs.length}; lay the words beside the clips instead (clip.vtt beside clip.mp4).`,
    );
  }
  return flags.transcript;
};

/** The output must not take the place of an input. */
export const refuseOverwriting = (output: string | undefined, inputs: readonly Input[]): void => {
  if (output !== undefined && inputs.some(({ path }) => path !== null && resolve(path) === resolve(output))) {
    throw usageError(`The output ${output} would overwrite an input; name another file.`);
  }
};
