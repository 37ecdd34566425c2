import { randomInt } from 'node:crypto';

/* What a pupil types to sign in, read so that how it is typed does not matter. */

/** A code as it is stored: without spaces and dashes, in capital letters of half width. */
export const readCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What makes a name the same name within a class: its letters and digits, whatever their case and width. */
export const nameKeyOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** A PIN without the spaces that it is easier to read with. */
export const readPin = (typed: string): string => typed.replace(/\s/gu, '');

/** Six digits: enough where guessing is slow, few enough for a child. */
export const newPin = (): string => `${randomInt(1_000_000)}`.padStart(6, '0');
