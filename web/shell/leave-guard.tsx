import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AroundNavHandler, Router } from 'wouter';
import { Confirm } from '../ui/confirm.tsx';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';

const Warning = createContext<(text: string | null) => void>(() => undefined);

/** Asks before a page is left on which something would be lost, by a link, a key or the browser's own “back”. */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const [leave, setLeave] = useState<(() => void) | null>(null);
  // What is about to be left, since the address bar has moved on already when the browser says so.
  const address = useRef('');
  const free = useRef(false);
  useEffect(() => {
    if (text === null) return;
    free.current = false;
    address.current = window.location.href;
    const onPop = (event: PopStateEvent) => {
      if (free.current) return;
      event.stopImmediatePropagation();
      window.history.pushState(null, '', address.current);
      setLeave(() => () => window.history.back());
    };
    window.addEventListener('popstate', onPop, true);
    return () => window.removeEventListener('popstate', onPop, true);
  }, [text]);
  const ask: AroundNavHandler = (navigate, to, options) => {
    if (text === null || free.current) navigate(to, options);
    else setLeave(() => () => navigate(to, options));
  };
  const confirm = () => {
    free.current = true;
    setLeave(null);
    leave?.();
  };
  return (
    <Router aroundNav={ask}>
      <Warning value={setText}>{children}</Warning>
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
  const warn = useContext(Warning);
  useLeaveGuard(text !== null);
  useEffect(() => {
    warn(text);
    return () => warn(null);
  }, [warn, text]);
}
