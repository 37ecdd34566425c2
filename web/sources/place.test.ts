import { expect, it } from 'vitest';
import { placeOf, quoteSpan } from './place.ts';

it('leads to a passage and its quote, whatever the id contains', () => {
  const address = new URL(
    placeOf({ resourceId: 'zh/勾股?#%2F', passageId: '7', quote: { start: 3, length: 4 } }),
    'http://x',
  );
  expect(decodeURIComponent(address.pathname.slice('/resources/'.length))).toBe('zh/勾股?#%2F');
  expect(address.pathname.split('/')).toHaveLength(3);
  expect(address.searchParams.get('passage')).toBe('7');
  expect(quoteSpan(address.searchParams.get('quote'))).toEqual({ start: 3, end: 7 });
});

it('takes no quote from an address that has none', () => {
  for (const value of [null, '', '3', '3-', 'a-b', '3-4-5', '-1-2']) expect(quoteSpan(value)).toBeUndefined();
});
