import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { AppError } from '../library/errors.ts';
import { causeOf, reasonOf } from './reason.ts';

test('a reason is ours, and what the system says goes to the log', async () => {
  const missing = await readFile('/nowhere/at/all').catch((error: Error) => error);
  expect(reasonOf(missing)).toBe('the file is not where it was; bring it again');
  expect(causeOf(missing)).toBe(missing);
  expect(reasonOf(new TypeError('x is undefined'))).toMatch(/^the file is damaged .*save it anew/);
  expect(reasonOf('thrown')).toMatch(/save it anew/);
});

test('what a parser says is told as it says it; its cause is for the log', () => {
  const cause = new Error('bad XRef entry');
  const error = new AppError('unreadable-resource', 'it is damaged; export it anew', { cause });
  expect(reasonOf(error)).toBe('it is damaged; export it anew');
  expect(causeOf(error)).toBe(cause);
  expect(causeOf(new AppError('unreadable-resource', 'the file is empty'))).toBeUndefined();
});
