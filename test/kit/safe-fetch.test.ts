import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, type Resolve, type SafeFetchOptions, safeFetch } from '../../src/kit/safe-fetch.ts';

/** What the fake server does, by path. */
const ANSWERS: Record<string, RequestListener> = {
  '/clip': (_, response) => response.end('bytes of a clip'),
  '/to-loopback': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end(),
  '/to-other': (_, response) => response.writeHead(302, { location: 'http://other.example/' }).end(),
  '/to-private': (_, response) => response.writeHead(302, { location: `http://private.example:${port}/clip` }).end(),
  '/to-clip': (_, response) => response.writeHead(307, { location: '/clip' }).end(),
  '/round': (_, response) => response.writeHead(301, { location: '/round' }).end(),
  '/drip': (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/endless': (_, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) {
        // Until the reader is full.
      }
    };
    response.on('drain', more);
    more();
  },
  '/lies': (_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('too little');
    setTimeout(() => response.destroy(), 20);
  },
  '/huge': (_, response) => response.writeHead(200, { 'content-length': String(10 ** 12) }).end(),
  '/bomb': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
  '/missing': (_, response) => response.writeHead(404).end('no'),
};

let server: Server;
let port = 0;
const hits: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    (ANSWERS[request.url ?? ''] ?? ANSWERS['/missing'])?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** `media.example` leads to the fake server; the test permits that one address, as if it were a public one. */
const resolve: Resolve = async (host) =>
  host === 'private.example' ? [{ address: '10.0.0.7', family: 4 }] : [{ address: '127.0.0.1', family: 4 }];

const options = (change: Partial<SafeFetchOptions> = {}): SafeFetchOptions => ({
  allowedHosts: ['media.example', '.cdn.example', 'private.example'],
  maximumBytes: 1_000_000,
  totalMs: 5_000,
  minimumRate: 1_000,
  rateWindowMs: 300,
  maximumRedirects: 3,
  resolve,
  permitAddress: (address) => address === '127.0.0.1',
  ...change,
});

const read = async (path: string, change: Partial<SafeFetchOptions> = {}, signal?: AbortSignal): Promise<string> => {
  const url = path.startsWith('/') ? `http://media.example:${port}${path}` : path;
  const { body } = await safeFetch(url, options(change), signal);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fetched',
    (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)),
  );

describe('N2: addresses that are not fetched', () => {
  it('knows public addresses from all others', () => {
    const others = [
      '127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1',
      '255.255.255.255', '192.0.2.1', '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1',
      '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'not an address',
    ]; // biome-ignore format: one table
    expect(others.filter(isPublicAddress)).toEqual([]);
    expect(
      ['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1', '::ffff:8.8.8.8'].filter((each) => !isPublicAddress(each)),
    ).toEqual([]);
  });

  it('refuses every way of writing an address or a host that is not allowed, without a connection', async () => {
    const before = hits.length;
    const refused = [
      'http://127.0.0.1/', 'http://localhost/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/', 'http://[::1]/',
      'http://[::ffff:127.0.0.1]/', 'http://[64:ff9b::7f00:1]/', 'http://169.254.169.254/latest/meta-data', 'http://printer.local/',
      'http://media.example./', 'http://media.example@evil.example/', 'http://user:word@media.example/', 'http://evil.example#media.example',
      'http://xmedia.example/', 'http://cdn.example/', 'file:///etc/passwd', 'gopher://media.example/', 'data:text/plain,x', 'ftp://media.example/',
      '//media.example/', 'media.example/clip', '', 'http://',
    ]; // biome-ignore format: one table
    const codes = await Promise.all(refused.map(async (url) => [url, await codeOf(safeFetch(url, options()))]));
    expect(codes.filter(([, code]) => code !== 'url-refused')).toEqual([]);
    expect(await codeOf(safeFetch('http://media.example/', options({ allowedHosts: [] })))).toBe('url-refused');
    expect(await codeOf(safeFetch('http://media.example/', options({ permitAddress: undefined })))).toBe('url-refused');
    expect(hits.length).toBe(before);
  });

  it('looks a name up once, so that it cannot be public first and private second', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    let lookups = 0;
    const turncoat: Resolve = async () => {
      lookups += 1;
      return [{ address: answers[Math.min(lookups, 2) - 1] ?? '', family: 4 }];
    };
    const before = hits.length;
    // The connection goes to the address that was checked, which answers nobody here.
    await codeOf(read('/clip', { resolve: turncoat, permitAddress: undefined, totalMs: 300 }));
    expect(lookups).toBe(1);
    expect(hits.length).toBe(before);
    const mixed: Resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await codeOf(read('/clip', { resolve: mixed, permitAddress: undefined }))).toBe('url-refused');
  });

  it('checks every redirect as if it had been asked for', async () => {
    expect(await read('/to-clip')).toBe('bytes of a clip');
    for (const path of ['/to-loopback', '/to-other', '/to-private', '/round']) {
      expect([path, await codeOf(read(path))]).toEqual([path, 'url-refused']);
    }
  });
});

describe('N3: downloads that do not end well', () => {
  it('gives up what drips, never ends, takes too long, lies about its length, or unfolds', async () => {
    expect(await codeOf(read('/drip'))).toBe('fetch-failed');
    expect(await codeOf(read('/endless'))).toBe('media-too-large');
    expect(await codeOf(read('/drip', { minimumRate: 0, totalMs: 200 }))).toBe('deadline-exceeded');
    expect(await codeOf(read('/lies'))).toBe('fetch-failed');
    expect(await codeOf(read('/huge'))).toBe('media-too-large');
    expect(await codeOf(read('/bomb'))).toBe('fetch-failed');
    expect(await codeOf(read('/missing'))).toBe('fetch-failed');
  });

  it('stops when told to, and tells nobody paths or queries', async () => {
    const stop = new AbortController();
    const reading = codeOf(read('/drip', { minimumRate: 0 }, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await reading).toBe('aborted');
    await expect(read(`http://media.example:${port}/missing?token=SECRET`)).rejects.toMatchObject({
      message: expect.not.stringContaining('SECRET'),
    });
  });
});
