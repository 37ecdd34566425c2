import { Redis } from 'ioredis';
import type { Db } from '../db.ts';

const SERVER = process.env.TEST_REDIS_URL;

/** As many as test/services/start.sh configures; the numbers wrap around long after their users are gone. */
const DATABASES = 1000;

/**
 * An empty database of the Redis of TEST_REDIS_URL, of this caller's own; undefined without that, and the queue then
 * lives in the test database.
 */
export async function freshRedisUrl(): Promise<string | undefined> {
  if (!SERVER) return undefined;
  const redis = new Redis(SERVER);
  try {
    // Database 0 only holds the counter, so that test files that run side by side get different numbers.
    const number = 1 + ((await redis.incr('last-test-database')) % (DATABASES - 1));
    await redis.select(number);
    await redis.flushdb();
    return `${SERVER}/${number}`;
  } finally {
    redis.disconnect();
  }
}

/** Drops every job of the queue at `redisUrl`, or of the one in the database of `db`. */
export async function emptyQueue(db: Db, redisUrl: string | undefined): Promise<void> {
  if (!redisUrl) {
    await db.query('delete from bullmq.job');
    return;
  }
  const redis = new Redis(redisUrl);
  try {
    await redis.flushdb();
  } finally {
    redis.disconnect();
  }
}
