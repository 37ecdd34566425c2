import { lookup as resolveName } from 'node:dns/promises';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, messageOf } from '../library/errors.ts';
import { inflated } from './web/inflate.ts';
import { isPublicAddress } from './web/public-address.ts';
import { retryAfterMs } from './web/retry-after.ts';

/** What servers see of us; robots.txt may name it. */
export const AGENT = 'zhujiao';
const USER_AGENT = `${AGENT}/0.1 (learning resources for a school library; reads robots.txt)`;

const MOST_REDIRECTS = 5;
const MOST_RETRIES = 3;
/** Who wants to be left alone for longer is left alone: the next run will ask again. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** Finds all addresses of a host. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export interface FetchOptions {
  /** Most bytes of the body, after it is inflated. */
  limit: number;
  /** Longest that the whole answer may take. */
  withinMs: number;
  /** Media types that are taken (lower case, without parameters); empty where the server names none. */
  accepts: (mediaType: string) => boolean;
  /** Asked before each request, the first and those of redirects; it throws where the address must not be read. */
  mayRead?: ((url: URL) => Promise<void> | void) | undefined;
  /** The server need only answer when the content has changed since. */
  since?: { etag?: string | undefined; modified?: string | undefined } | undefined;
}

/** An answer whose body still has to be read (or destroyed), within the limits that were asked for. */
export interface Fetched {
  /** Where it was found in the end. */
  url: URL;
  /** True when it has not changed since; there is no body then. */
  same: boolean;
  mediaType: string;
  charset: string | undefined;
  etag: string | undefined;
  modified: string | undefined;
  body: Readable;
}

export interface Fetcher {
  /**
   * @throws AppError `unreadable-resource` with the reason; its `details.status` is the server's where it refused.
   */
  fetch(address: URL, options: FetchOptions): Promise<Fetched>;
  /** No two requests to a host are closer than this. */
  slowDown(host: string, ms: number): void;
}

/**
 * A client for addresses that strangers may have chosen. It connects only to public addresses, and to exactly the one
 * that it has checked: the check is the resolver of the connection itself, so that no second look-up can answer
 * otherwise. `privateHosts` are exempt: the operator vouches for them by name.
 */
export function createFetcher({
  privateHosts,
  delayMs = 1_000,
  resolve = host => resolveName(host, { all: true, verbatim: true }),
}: {
  privateHosts: string[];
  delayMs?: number;
  resolve?: Resolve;
}): Fetcher {
  const vouched = new Set(privateHosts.map(host => plainHost(host)));
  const isVouched = (host: string) => vouched.has(plainHost(host));
  const delays = new Map<string, number>();
  const turns = new Map<string, number>();

  /** Requests to a host take their turns. */
  async function awaitTurn(host: string): Promise<void> {
    const now = Date.now();
    const turn = Math.max(now, turns.get(host) ?? 0);
    turns.set(host, turn + (delays.get(host) ?? delayMs));
    if (turn > now) await pause(turn - now);
  }

  const lookup: LookupFunction = (host, options, callback) => {
    resolve(host)
      .then(addresses => {
        if (addresses.length === 0) throw unreadable(`the host ${host} has no address`);
        if (!isVouched(host) && !addresses.every(({ address }) => isPublicAddress(address))) {
          throw notPublic(host);
        }
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first!.address, first!.family);
      })
      .catch(error => callback(error, '', 0));
  };

  async function follow(address: URL, options: FetchOptions): Promise<Fetched> {
    let url = address;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      checkAddress(url, isVouched);
      await options.mayRead?.(url);
      await awaitTurn(url.host);
      const signal = AbortSignal.timeout(options.withinMs);
      const response = await send(url, { lookup, signal, agent: false, headers: headersFor(options) });
      const { statusCode = 0, headers } = response;
      if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) {
        return take(url, response, options, signal);
      }
      response.destroy();
      if (!URL.canParse(headers.location, url.href)) {
        throw unreadable('it leads on to an address that is none');
      }
      const next = new URL(headers.location, url);
      // A stranger's redirect must not choose among the hosts that the operator vouches for.
      if (next.hostname !== url.hostname && isVouched(next.hostname)) throw notPublic(next.hostname);
      url = next;
    }
    throw unreadable(`it leads on more than ${MOST_REDIRECTS} times`);
  }

  return {
    slowDown(host, ms) {
      delays.set(host, Math.max(ms, delayMs));
    },
    async fetch(address, options) {
      for (let tries = 0; ; tries++) {
        try {
          return await follow(address, options);
        } catch (error) {
          const wait = waitFor(error, tries, delayMs);
          if (wait === undefined) throw wrapped(error, address);
          await pause(wait);
        }
      }
    },
  };
}

/** Only a server that is too busy is asked again, when it says or after a while. */
function waitFor(error: unknown, tries: number, delayMs: number): number | undefined {
  const { status, retryMs } = (error as AppError).details ?? {};
  if ((status !== 429 && status !== 503) || tries >= MOST_RETRIES) return undefined;
  const wait = (retryMs as number | undefined) ?? delayMs * 2 ** (tries + 1);
  return wait > LONGEST_WAIT_MS ? undefined : wait;
}

/** @throws AppError where an address must not even be looked up. */
function checkAddress(url: URL, isVouched: (host: string) => boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw unreadable(`"${url.protocol}" is no address that is read; use http or https`);
  }
  if (url.username !== '' || url.password !== '') {
    throw unreadable('an address must not hold a user name or password');
  }
  const host = plainHost(url.hostname);
  // No look-up happens for an address in numbers, so it is judged here. Odd notations are plain ones by now.
  if (isIP(host) !== 0 && !isVouched(host) && !isPublicAddress(host)) throw notPublic(url.hostname);
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}

function headersFor({ since }: FetchOptions): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...(since?.etag && { 'if-none-match': since.etag }),
    ...(since?.modified && { 'if-modified-since': since.modified }),
  };
}

function send(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    send(url, options, resolve).on('error', reject).end();
  });
}

function take(url: URL, response: IncomingMessage, options: FetchOptions, signal: AbortSignal): Fetched {
  const { statusCode = 0, headers } = response;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const same = statusCode === 304;
  try {
    if (!same && statusCode !== 200) throw refusal(statusCode, headers['retry-after']);
    if (!same && !options.accepts(mediaType)) {
      throw unreadable(`it is ${mediaType || 'of no named type'}, which is not read here`);
    }
    const { etag, 'last-modified': modified } = headers;
    const body = inflated(response, headers['content-encoding'], options.limit, signal);
    const charset = /charset\s*=\s*["']?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1];
    if (same) body.resume();
    return { url, same, mediaType, charset, etag, modified, body };
  } catch (error) {
    response.destroy();
    throw error;
  }
}

function refusal(status: number, retryAfter: string | undefined): AppError {
  const retryMs = retryAfterMs(retryAfter);
  const later = retryMs === undefined ? '' : `; it wants to be asked again in ${Math.ceil(retryMs / 1000)} s`;
  return unreadable(`the server answers with status ${status}${later}`, { status, retryMs });
}

function notPublic(host: string): AppError {
  return unreadable(
    `the host ${host} is not on the public internet. If it is your own, name it in ZHUJIAO_ALLOW_PRIVATE_HOSTS`,
  );
}

/** Faults of the network as they are told to the operator; never an address of the inside. */
function wrapped(error: unknown, { host }: URL): unknown {
  if (error instanceof AppError) return error;
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'TimeoutError' || name === 'AbortError')
    return unreadable(`${host} takes too long to answer`, { unreachable: true });
  return unreadable(`${host} cannot be reached (${code ?? messageOf(error)})`, { unreachable: true });
}

function unreadable(reason: string, details?: Record<string, unknown>): AppError {
  return new AppError('unreadable-resource', reason, details ? { details } : {});
}
