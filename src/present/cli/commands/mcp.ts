import { once } from 'node:events';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { ANSWERERS, chooseAnswerer } from '../../../chat/index.ts';
import { purpose as purposes } from '../../../contracts/index.ts';
import { createPipeline } from '../../../pipeline.ts';
import { localBackend } from '../../mcp/local-backend.ts';
import { createWhyfaceMcp } from '../../mcp/server.ts';
import { plain } from '../../view/plain.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { choiceOf, usageError } from '../options.ts';

export type McpFlags = { purpose?: string; modelsDir?: string; answerer?: string };

/** `whyface mcp`: MCP over stdin and stdout, until the client goes. Nothing else is ever written to stdout. */
export const mcpCommand = async (flags: McpFlags, io: CliIo): Promise<ExitStatus> => {
  const { stdin, stdout, env, interruption } = io;
  if (stdin === undefined) {
    throw usageError('There is no input to read messages from.');
  }
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options) ?? 'unspecified';
  const answerer = chooseAnswerer(choiceOf(flags.answerer, '--answerer', ANSWERERS) ?? 'auto', { env });
  const pipeline = createPipeline({ env, modelsDir: flags.modelsDir });
  try {
    const backend = localBackend(pipeline, purpose);
    const server = serveStdio(() => createWhyfaceMcp(backend, answerer), {
      transport: new StdioServerTransport(stdin, stdout),
      onerror: (error) => {
        io.stderr.write(`whyface: ${plain(error.message)}\n`);
      },
    });
    const ended = new AbortController();
    const { signal } = ended;
    await Promise.race([
      once(stdin, 'end', { signal }),
      once(stdin, 'close', { signal }),
      once(interruption.signal, 'abort', { signal }),
    ]).catch(() => undefined);
    ended.abort();
    await server.close();
    return interruption.signal.aborted ? 130 : 0;
  } finally {
    await pipeline.close();
  }
};
