import { toWhyfaceError, type WhyfaceError } from '../../kit/error.ts';
import type { OnProgress } from '../../kit/progress.ts';
import type { Renderer } from '../outcome.ts';
import { type CliIo, isReaderGone } from './cli-io.ts';
import { type ExitStatus, exitStatusOf, worse } from './exit-status.ts';
import type { Input } from './inputs.ts';
import type { Notes } from './notes.ts';
import type { Output } from './output.ts';

export type InputContext = { signal: AbortSignal; onProgress: OnProgress; part: string | undefined };

/** What became of one input: an outcome to show, and an error where it (also) failed. */
export type Attempt<Outcome> = { outcome: Outcome; error: WhyfaceError | null };

export type RunInputs<Outcome> = {
  inputs: readonly Input[];
  renderer: Renderer<Outcome>;
  output: Output;
  notes: Notes;
  io: CliIo;
  attempt(input: string, path: string, context: InputContext): Promise<Attempt<Outcome>>;
  /** The outcome of an input that failed with nothing to show. */
  failed(input: string, error: WhyfaceError): Outcome;
};

/**
 * Takes the inputs one after another: each is out before the next starts, one that fails never stops the others, and
 * an interruption keeps what is done. Answers with the exit status.
 *
 * @throws WhyfaceError `output-unwritable`, `storage-full`
 */
export const runInputs = async <Outcome>(run: RunInputs<Outcome>): Promise<ExitStatus> => {
  const { inputs, renderer, output, notes, io } = run;
  const signal = io.interruption.signal;
  let status: ExitStatus = 0;
  let done = 0;
  try {
    await output.write(renderer.begin());
    for (const [index, input] of inputs.entries()) {
      if (signal.aborted) {
        break;
      }
      notes.begin(input.input, index + 1, inputs.length);
      const attempt = await attemptInput(run, input);
      notes.end();
      if (attempt === null) {
        break;
      }
      if (attempt.error !== null) {
        notes.error(namedMessage(input.input, attempt.error));
        status = worse(status, exitStatusOf(attempt.error));
      }
      for (const piece of renderer.add(attempt.outcome)) {
        await output.write(piece);
      }
      done += 1;
    }
    await output.write(renderer.end());
    await output.finish();
  } catch (thrown) {
    await output.discard();
    throw thrown;
  } finally {
    notes.end();
  }
  if (signal.aborted && !isReaderGone(io)) {
    notes.error(
      done === 0 ? 'Interrupted; nothing was done.' : `Interrupted; ${done} of ${inputs.length} done, which is kept.`,
    );
    return 130;
  }
  return status;
};

/** `null`: interrupted. */
const attemptInput = async <Outcome>(run: RunInputs<Outcome>, input: Input): Promise<Attempt<Outcome> | null> => {
  const signal = run.io.interruption.signal;
  const fail = (error: WhyfaceError): Attempt<Outcome> => ({ outcome: run.failed(input.input, error), error });
  if (input.path === null) {
    return fail(input.error);
  }
  try {
    return await run.attempt(input.input, input.path, { signal, onProgress: run.notes.progress, part: input.part });
  } catch (thrown) {
    return signal.aborted ? null : fail(toWhyfaceError(thrown, 'input'));
  }
};

/** The message, with the input before it where it does not name it itself. */
export const namedMessage = (input: string, error: WhyfaceError): string => {
  const name = input.split(/[\\/]/).at(-1) ?? input;
  return error.message.includes(name) ? error.message : `${input}: ${error.message}`;
};
