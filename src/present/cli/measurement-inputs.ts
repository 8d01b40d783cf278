import { toWhyfaceError } from '../../kit/error.ts';
import type { Pipeline } from '../../pipeline.ts';
import type { CliIo } from './cli-io.ts';
import type { Input } from './inputs.ts';

/** Where a file of measurements holds several inputs, each is an input of its own, named as the table names it. */
export const expandMeasurements = async (inputs: readonly Input[], pipeline: Pipeline, io: CliIo): Promise<Input[]> => {
  const expanded: Input[] = [];
  for (const input of inputs) {
    expanded.push(...(await partsOf(input, pipeline, io)));
  }
  return expanded;
};

const partsOf = async (input: Input, pipeline: Pipeline, io: CliIo): Promise<Input[]> => {
  const { path } = input;
  if (path === null || !/\.(?:csv|tsv|txt|json)$/i.test(path)) {
    return [input];
  }
  try {
    const parts = await pipeline.parts(path, { signal: io.interruption.signal });
    return parts === null || parts.length < 2
      ? [input]
      : parts.map((part) => ({ input: `${input.input}#${part}`, path, error: null, part }));
  } catch (thrown) {
    // Told when its turn comes, as with every other input.
    return [{ input: input.input, path: null, error: toWhyfaceError(thrown, 'input') }];
  }
};
