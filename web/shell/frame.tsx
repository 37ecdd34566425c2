import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useSession } from '../api/session.ts';
import { FirstTask } from '../first-task/first-task.tsx';
import { SparingOffer } from '../modes/sparing-offer.tsx';
import { Loading } from '../ui/loading.tsx';
import { QueryView } from '../ui/query-view.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { Pages } from './pages.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** What stands around every page: skip link, header, the page itself. */
export function Frame() {
  const { t } = useTranslation();
  const session = useSession();
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const area = path.split('/')[1] ?? '';
  const before = useRef(area);
  // Keyboards and screen readers start a new area at its beginning; within an area the focus stays where it is.
  useEffect(() => {
    if (before.current === area) return;
    before.current = area;
    window.scrollTo(0, 0);
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [area]);
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('common.skip')}
      </a>
      <Header session={session.data} />
      {session.data?.account && <FirstTask account={session.data.account} />}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <SparingOffer />
        <QueryView query={session}>
          {data => (
            <Suspense fallback={<Loading />}>
              <Pages session={data} />
            </Suspense>
          )}
        </QueryView>
      </main>
      <Shortcuts />
    </>
  );
}
