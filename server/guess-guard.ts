import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../library/errors.ts';

/** Enough for somebody who types badly, too few to guess a password. */
const WRONG_A_MINUTE = 10;

/**
 * Slows down whoever guesses the password of one account from one address. Only wrong passwords count: a whole class
 * signs in within a minute, from one address and perhaps with one shared account.
 */
export function createGuessGuard() {
  const limiter = new RateLimiterMemory({ points: WRONG_A_MINUTE, duration: 60 });
  return {
    /**
     * Runs `signIn` unless this account had too many wrong passwords from this address within the last minute.
     * @throws AppError `rate-limited` then, else whatever `signIn` throws.
     */
    async watch<T>(address: string, username: string, signIn: () => Promise<T>): Promise<T> {
      const key = `${address} ${username}`;
      const state = await limiter.get(key);
      if (state && state.consumedPoints >= WRONG_A_MINUTE) {
        throw new AppError(
          'rate-limited',
          'Too many wrong passwords for this account. Wait a minute and try again.',
        );
      }
      try {
        return await signIn();
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-signed-in') await limiter.penalty(key);
        throw error;
      }
    },
  };
}
