import { AppError } from '../../library/errors.ts';
import { AGENT, type Fetcher } from '../safe-fetch.ts';
import { bytesOf } from './inflate.ts';
import { EVERYTHING, NOTHING, type Robots, readRobots } from './robots.ts';

/** Search engines read as much. */
const LARGEST_ROBOTS = 500 * 1024;
const WITHIN_MS = 30_000;
const LONGEST_DELAY_S = 60;

/**
 * Asks each site once what it allows. A site without robots.txt allows everything, one that does not answer nothing.
 * The returned function throws an AppError `forbidden` for a page that must not be read.
 */
export function askRobots(fetcher: Fetcher): (url: URL) => Promise<void> {
  const sites = new Map<string, Promise<Robots>>();
  return async url => {
    let site = sites.get(url.origin);
    if (!site) {
      site = robotsOf(fetcher, url);
      sites.set(url.origin, site);
    }
    const robots = await site;
    if (robots === NOTHING) {
      throw new AppError('unreadable-resource', `${url.host} does not tell what it allows (robots.txt)`);
    }
    if (!robots.allows(url)) throw new AppError('forbidden', 'the robots.txt of the site does not allow it');
  };
}

async function robotsOf(fetcher: Fetcher, { origin, host }: URL): Promise<Robots> {
  try {
    const { body } = await fetcher.fetch(new URL('/robots.txt', origin), {
      limit: LARGEST_ROBOTS,
      withinMs: WITHIN_MS,
      accepts: () => true,
    });
    const robots = readRobots((await bytesOf(body)).toString('utf8'), AGENT);
    if (robots.delay) fetcher.slowDown(host, Math.min(robots.delay, LONGEST_DELAY_S) * 1000);
    return robots;
  } catch (error) {
    const status = (error as AppError).details?.status;
    if (typeof status === 'number' && status < 500 && status !== 429) return EVERYTHING;
    // A host that must not be connected to at all says so better than "does not tell".
    if (status === undefined && error instanceof AppError) throw error;
    return NOTHING;
  }
}
