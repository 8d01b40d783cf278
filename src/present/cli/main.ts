import { CommanderError } from 'commander';
import { toWhyfaceError } from '../../kit/error.ts';
import { plain } from '../view/plain.ts';
import { type CliIo, isReaderGone, READER_GONE } from './cli-io.ts';
import { type ExitStatus, exitStatusOf } from './exit-status.ts';
import { isBrokenPipe } from './output.ts';
import { createProgram } from './program.ts';

/** Runs one command line, without the program's name. Never throws; answers with the exit status. */
export const main = async (args: readonly string[], io: CliIo): Promise<ExitStatus> => {
  let status: ExitStatus = 0;
  const program = createProgram(io, (result) => {
    status = result;
  });
  if (args.length === 0) {
    io.stderr.write(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      return thrown.exitCode === 0 ? 0 : 2;
    }
    const error = toWhyfaceError(thrown, 'present');
    if (io.interruption.signal.aborted) {
      return isReaderGone(io) ? status : 130;
    }
    io.stderr.write(`whyface: ${plain(error.message)}\n`);
    if (error.code === 'internal') {
      io.stderr.write('whyface: This is a fault in whyface; please report it with the command that led to it.\n');
    }
    return exitStatusOf(error);
  }
};

/** Runs the command line of this process and ends it. */
export const runFromShell = async (): Promise<void> => {
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) {
      // A second Ctrl-C: the person does not want to wait for anything.
      process.exit(130);
    }
    interruption.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, interrupt);
  }
  process.stdout.on('error', (failure) => {
    if (isBrokenPipe(failure)) {
      interruption.abort(READER_GONE);
    }
  });
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (thrown) => {
    process.stderr.write(`whyface: ${plain(toWhyfaceError(thrown, 'present').message)}\n`);
    process.exit(70);
  });
  const { stdin, stdout, stderr, env } = process;
  const status = await main(process.argv.slice(2), { stdin, stdout, stderr, env, interruption });
  await Promise.all([flushed(stdout), flushed(stderr)]);
  // Native sessions and sockets of dependencies must not keep a finished command alive.
  process.exit(status);
};

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  stream.destroyed || stream.writableEnded
    ? Promise.resolve()
    : new Promise((resolve) => {
        stream.write('', () => resolve());
      });
