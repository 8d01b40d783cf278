import { WhyfaceError } from '../../kit/error.ts';

const refuse = (message: string): WhyfaceError => new WhyfaceError({ code: 'forbidden', stage: 'present', message });

/**
 * A server without keys answers only to its own names: otherwise any web page could reach it by pointing a name of its
 * own at loopback (DNS rebinding).
 */
export const assertOwnHost = (host: string | undefined, allowed: ReadonlySet<string> | null): void => {
  if (allowed === null) {
    return;
  }
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (!allowed.has(name)) {
    throw refuse('This server answers only to the names it was started for; see --host.');
  }
};

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** Requests that change something and come from pages of other sites are refused. */
export const assertSameOrigin = (request: Request, allowed: readonly string[]): void => {
  if (isReading(request.method)) {
    return;
  }
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (origin !== null && allowed.includes(origin)) {
    return;
  }
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const foreign = origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (site === 'cross-site' || foreign) {
    throw refuse('Requests from pages of other sites are refused.');
  }
};
