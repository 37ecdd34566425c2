import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { noteAnswer, tick } from './progress.ts';
import type { Step } from './steps.ts';

/** What stands on the screen for so long, looked for so often, counts as seen. */
const SEEN_MS = 1_500;
const LOOK_MS = 500;

/** Ticks the steps that are not done yet as soon as the app shows that they are. */
export function useSigns(accountId: string, open: Step<string>[]): void {
  const client = useQueryClient();
  const [path] = useLocation();
  const search = useSearch();
  const address = search === '' ? path : `${path}?${search}`;

  useEffect(() => {
    if (/^\/ask\/./.test(path)) noteAnswer(accountId, path);
    for (const { name, signs } of open)
      if (signs.some(sign => 'opened' in sign && sign.opened.test(address))) tick(accountId, name);
  }, [accountId, open, path, address]);

  useEffect(
    () =>
      client.getMutationCache().subscribe(event => {
        if (event.type !== 'updated' || event.action.type !== 'success') return;
        const what = event.mutation.options.mutationKey?.[0];
        for (const { name, at, signs } of open)
          if (at.test(path) && signs.some(sign => 'sent' in sign && sign.sent === what))
            tick(accountId, name);
      }),
    [client, accountId, open, path],
  );

  useEffect(() => {
    const sights = open.flatMap(({ name, at, signs }) =>
      at.test(path)
        ? signs.flatMap(sign => ('seen' in sign ? [{ name, selector: sign.seen, ms: 0 }] : []))
        : [],
    );
    if (sights.length === 0) return;
    const timer = setInterval(() => {
      for (const sight of sights) {
        sight.ms = isOnScreen(sight.selector) ? sight.ms + LOOK_MS : 0;
        if (sight.ms >= SEEN_MS) tick(accountId, sight.name);
      }
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [accountId, open, path]);
}

/** Whether the beginning of the first match stands in the upper part of the screen, clear of what is fixed below. */
function isOnScreen(selector: string): boolean {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  if (!box || document.visibilityState !== 'visible') return false;
  return box.bottom > 0 && box.top < window.innerHeight * 0.8;
}
