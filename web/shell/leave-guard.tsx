import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AroundNavHandler, Router } from 'wouter';
import { Confirm } from '../ui/confirm.tsx';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';

type Leave = () => void;

interface Asking {
  warn: (text: string | null) => void;
  ask: (leave: Leave) => void;
}

/** What stands in the way of “back” at the moment. */
let onBack: ((event: PopStateEvent) => void) | null = null;
// The window calls its listeners in the order in which they came, and the router, which comes with the first page, would
// have left already.
window.addEventListener('popstate', event => onBack?.(event));

const Guard = createContext<Asking>({ warn: () => undefined, ask: leave => leave() });

/** Asks before a page is left on which something would be lost, by a link, a key or the browser's own “back”. */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const [leave, setLeave] = useState<Leave | null>(null);
  // What is about to be left, since the address bar has moved on already when the browser says so.
  const address = useRef('');
  const free = useRef(false);
  useEffect(() => {
    if (text === null) return;
    free.current = false;
    address.current = window.location.href;
    onBack = event => {
      if (free.current) return;
      event.stopImmediatePropagation();
      window.history.pushState(null, '', address.current);
      setLeave(() => () => window.history.back());
    };
    return () => {
      onBack = null;
    };
  }, [text]);
  const guard = useMemo(() => {
    const ask = (next: Leave) => {
      if (text === null || free.current) next();
      else setLeave(() => next);
    };
    return { warn: setText, ask };
  }, [text]);
  const around: AroundNavHandler = (navigate, to, options) => guard.ask(() => navigate(to, options));
  const confirm = () => {
    free.current = true;
    setLeave(null);
    leave?.();
  };
  return (
    <Router aroundNav={around}>
      <Guard value={guard}>{children}</Guard>
      <Confirm
        opened={leave !== null}
        title={t('common.leaveTitle')}
        text={text ?? ''}
        action={t('common.leave')}
        onConfirm={confirm}
        onClose={() => setLeave(null)}
      />
    </Router>
  );
}

/** While there is a text, leaving the page asks first, with this text; closing the tab asks in the browser's words. */
export function useLeaveWarning(text: string | null): void {
  const { warn } = useContext(Guard);
  useLeaveGuard(text !== null);
  useEffect(() => {
    warn(text);
    return () => warn(null);
  }, [warn, text]);
}

/** For what leaves the page without an address, such as signing out: does it at once, or after it was asked about. */
export const useAskBeforeLeaving = () => useContext(Guard).ask;
