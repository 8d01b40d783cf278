/**
 * The one guarded fetch: every way in that takes a web address goes through it. Off until hosts are allowed. The name is
 * looked up once and the connection goes to the address that was checked, so that a name cannot change its mind between
 * check and use; every redirect is checked anew.
 */
import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, request } from 'undici';
import { WhyfaceError } from './error.ts';

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export type SafeFetchOptions = {
  /** Host names that may be fetched from: `media.example.org`, or `.example.org` for all below it. */
  allowedHosts: readonly string[];
  /** Largest body, counted as it comes. */
  maximumBytes: number;
  /** From the first look-up to the last byte. */
  totalMs: number;
  /** Least bytes a second, over `rateWindowMs`. */
  minimumRate: number;
  rateWindowMs: number;
  maximumRedirects: number;
  /** For tests. */
  resolve?: Resolve | undefined;
  /** For tests: addresses that are not public and may be reached all the same. */
  permitAddress?: ((address: string) => boolean) | undefined;
};

export type SafeResponse = {
  /** After redirects. */
  url: URL;
  contentType: string | null;
  contentLength: number | null;
  body: AsyncIterable<Uint8Array>;
};

const refused = (message: string): WhyfaceError => new WhyfaceError({ code: 'url-refused', stage: 'input', message });
const failed = (message: string, cause?: unknown): WhyfaceError =>
  new WhyfaceError({ code: 'fetch-failed', stage: 'input', message, cause });

/** Whether an address is one of the public internet. Mapped and translated IPv4 is judged as the IPv4 it stands for. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const defaultResolve: Resolve = (host) => dns.lookup(host, { all: true, verbatim: true });

const isAllowed = (host: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => {
    const name = entry.toLowerCase();
    return name.startsWith('.') ? host.endsWith(name) && host.length > name.length : host === name;
  });

/** What may be told of an address: never its path, query or credentials. */
const placeOf = (url: URL): string => url.host.slice(0, 100);

const checkUrl = (text: string, base: URL | undefined, { allowedHosts }: SafeFetchOptions): URL => {
  if (allowedHosts.length === 0) {
    throw refused('This server fetches nothing from web addresses; send the file itself.');
  }
  if (!URL.canParse(text, base?.href)) {
    throw refused('That is no web address.');
  }
  const url = new URL(text, base?.href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(`Only http and https addresses are fetched, not ${url.protocol.slice(0, 20)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refused('Addresses with a user name or password are not fetched.');
  }
  const host = url.hostname.toLowerCase();
  // A trailing dot makes another name of the same host.
  if (host.endsWith('.') || !isAllowed(host, allowedHosts)) {
    throw refused(`The host ${placeOf(url)} is not among those this server fetches from.`);
  }
  return url;
};

const addressOf = async (url: URL, options: SafeFetchOptions): Promise<LookupAddress> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host);
  const found: readonly LookupAddress[] =
    literal === 0
      ? await (options.resolve ?? defaultResolve)(host).catch((cause: unknown) => {
          throw failed(`The host ${placeOf(url)} could not be found.`, cause);
        })
      : [{ address: host, family: literal }];
  // One private address among public ones is reason enough: which of them is used is not ours to say.
  const permitted = options.permitAddress ?? (() => false);
  const [first] = found;
  if (first === undefined || found.some(({ address }) => !isPublicAddress(address) && !permitted(address))) {
    throw refused(`The host ${placeOf(url)} does not lead to a public address.`);
  }
  return first;
};

/** Connects to this address whatever the name says now. */
const pinned = (address: LookupAddress): Agent =>
  new Agent({
    connect: {
      timeout: 10_000,
      lookup: (_host, options, callback) => {
        if (options.all === true) {
          callback(null, [address]);
        } else {
          callback(null, address.address, address.family);
        }
      },
    },
    headersTimeout: 15_000,
    bodyTimeout: 15_000,
  });

/**
 * Fetches from an allowed host. The body has to be read to its end, or its iterator closed.
 *
 * @throws WhyfaceError `url-refused`, `fetch-failed`, `media-too-large`, `deadline-exceeded`, `aborted`
 */
export const safeFetch = async (
  address: string,
  options: SafeFetchOptions,
  signal?: AbortSignal,
): Promise<SafeResponse> => {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const late = setTimeout(() => stop.abort(TOO_LATE), options.totalMs);
  late.unref();
  const settle = (): void => {
    clearTimeout(late);
    signal?.removeEventListener('abort', onAbort);
  };
  try {
    if (signal?.aborted === true) {
      throw aborted();
    }
    let url = checkUrl(address, undefined, options);
    for (let hop = 0; ; hop += 1) {
      const agent = pinned(await addressOf(url, options));
      const answer = await request(url, {
        dispatcher: agent,
        signal: stop.signal,
        // Uncompressed, so that the bytes counted are the bytes stored.
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'whyface' },
      }).catch((thrown: unknown) => {
        throw asFetchError(thrown, url, stop.signal);
      });
      if (!REDIRECTS.has(answer.statusCode)) {
        return toResponse(answer, url, options, { agent, settle, stop });
      }
      await answer.body.dump().catch(() => undefined);
      await agent.destroy();
      const { location } = answer.headers;
      if (hop >= options.maximumRedirects || typeof location !== 'string') {
        throw refused(`The host ${placeOf(url)} redirects too often, or nowhere.`);
      }
      url = checkUrl(location, url, options);
    }
  } catch (thrown) {
    settle();
    throw thrown;
  }
};

const TOO_LATE = Symbol('too-late');

const aborted = (): WhyfaceError => new WhyfaceError({ code: 'aborted', stage: 'input', message: 'Interrupted.' });

const asFetchError = (thrown: unknown, url: URL, signal: AbortSignal): WhyfaceError => {
  if (WhyfaceError.isInstance(thrown)) {
    return thrown;
  }
  if (signal.reason === TOO_LATE) {
    return new WhyfaceError({
      code: 'deadline-exceeded',
      stage: 'input',
      message: `The download from ${placeOf(url)} took too long and was given up.`,
    });
  }
  if (signal.aborted) {
    return aborted();
  }
  return failed(`The download from ${placeOf(url)} failed.`, thrown);
};

const toResponse = (
  answer: Dispatcher.ResponseData,
  url: URL,
  options: SafeFetchOptions,
  held: { agent: Agent; settle: () => void; stop: AbortController },
): SafeResponse => {
  const end = (): void => {
    held.settle();
    // The agent holds the one socket of this download.
    void held.agent.destroy();
  };
  const { statusCode, headers } = answer;
  const announced = Number(headers['content-length'] ?? Number.NaN);
  const encoding = headers['content-encoding'];
  const problem =
    statusCode < 200 || statusCode >= 300
      ? failed(`${placeOf(url)} answered ${statusCode}.`)
      : encoding !== undefined && encoding !== 'identity'
        ? failed(`${placeOf(url)} sent its answer compressed although it was asked not to.`)
        : announced > options.maximumBytes
          ? tooLarge(url, options)
          : null;
  if (problem !== null) {
    held.stop.abort();
    answer.body.on('error', () => undefined);
    end();
    throw problem;
  }
  const type = headers['content-type'];
  return {
    url,
    contentType: typeof type === 'string' ? type : null,
    contentLength: Number.isFinite(announced) ? announced : null,
    body: limited(answer.body, url, options, { ...held, end }),
  };
};

const tooLarge = (url: URL, { maximumBytes }: SafeFetchOptions): WhyfaceError =>
  new WhyfaceError({
    code: 'media-too-large',
    stage: 'input',
    message: `The file at ${placeOf(url)} has more than ${Math.floor(maximumBytes / 1024 / 1024)} MiB.`,
  });

async function* limited(
  source: AsyncIterable<Uint8Array>,
  url: URL,
  options: SafeFetchOptions,
  { stop, end }: { stop: AbortController; end: () => void },
): AsyncGenerator<Uint8Array> {
  let total = 0;
  let inWindow = 0;
  const slow = Symbol('slow');
  const watch = setInterval(() => {
    if (inWindow < (options.minimumRate * options.rateWindowMs) / 1000) {
      stop.abort(slow);
    }
    inWindow = 0;
  }, options.rateWindowMs);
  watch.unref();
  try {
    for await (const chunk of source) {
      total += chunk.byteLength;
      inWindow += chunk.byteLength;
      if (total > options.maximumBytes) {
        throw tooLarge(url, options);
      }
      yield chunk;
    }
  } catch (thrown) {
    if (stop.signal.reason === slow) {
      throw failed(`The download from ${placeOf(url)} was too slow and was given up.`);
    }
    throw asFetchError(thrown, url, stop.signal);
  } finally {
    clearInterval(watch);
    stop.abort();
    end();
  }
}
