import { Writable } from 'node:stream';
import type { CliIo } from '../../src/present/cli/cli-io.ts';
import { main } from '../../src/present/cli/main.ts';

const collector = (): { stream: Writable; text: () => string } => {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
};

/** The command line in this process: what it wrote, and the status it would end with. */
export const runMain = async (
  args: readonly string[],
  env: CliIo['env'] = {},
): Promise<{ status: number; stdout: string; stderr: string }> => {
  const [stdout, stderr] = [collector(), collector()];
  const status = await main(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    interruption: new AbortController(),
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
};
