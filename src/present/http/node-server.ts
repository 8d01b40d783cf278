/** The listening server: its own limits in time and number, and a stop that lets running work end. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import type { App } from './services.ts';

export type RunningServer = {
  /** Where it listens: with port 0 the one it was given. */
  url: string;
  port: number;
  /** No new connections; open requests may end within `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

const listenError = (thrown: unknown, host: string, port: number): WhyfaceError => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const why =
    code === 'EADDRINUSE'
      ? 'is in use by another program; choose another --port'
      : code === 'EACCES'
        ? 'needs more rights; choose a --port above 1023'
        : `cannot be listened on (${code || 'unknown reason'}); check --host`;
  return new WhyfaceError({
    code: 'config-invalid',
    stage: 'config',
    message: `${host}:${port} ${why}.`,
    cause: thrown,
  });
};

/** @throws WhyfaceError `config-invalid` where it cannot listen */
export const listen = async (
  app: App,
  { host, port }: { host: string; port: number },
  times: { headMs: number; checkMs: number } = { headMs: LIMITS.requestHeadMs, checkMs: 2_000 },
): Promise<RunningServer> => {
  const listener = getRequestListener(app.fetch);
  const server: Server = createServer(
    {
      headersTimeout: times.headMs,
      requestTimeout: LIMITS.requestMs,
      keepAliveTimeout: 5_000,
      // How often the two above are looked after; 30 s by default.
      connectionsCheckingInterval: times.checkMs,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void listener(request, response),
  );
  server.maxConnections = LIMITS.connections;
  server.on('clientError', (failure: NodeJS.ErrnoException, socket) => {
    if (failure.code === 'ECONNRESET' || !socket.writable) {
      return;
    }
    const status = failure.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    // Not only ended: who sends for ever does not close its side.
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (thrown) => reject(listenError(thrown, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = isAddress(address) ? address.port : port;
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${actual}`,
    port: actual,
    stop: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatient);
    },
  };
};

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
