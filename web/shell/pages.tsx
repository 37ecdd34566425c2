import { Activity, lazy, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { KnownSession } from '../api/session.ts';
import type { Role } from '../api/types.ts';
import { AskPage } from '../ask/ask-page.tsx';
import { SignInPage } from '../session/sign-in-page.tsx';
import { Notice } from '../ui/notice.tsx';
import { OWN, OwnPages } from './own-pages.tsx';

// Asking is what most people come for, so it is in the first load; every other area comes when it is opened.
const SearchPage = lazy(async () => ({ default: (await import('../search/search-page.tsx')).SearchPage }));
const ResourcePage = lazy(async () => ({
  default: (await import('../resource/resource-page.tsx')).ResourcePage,
}));
const PlansPage = lazy(async () => ({ default: (await import('../plans/plans-page.tsx')).PlansPage }));
const PlanPage = lazy(async () => ({ default: (await import('../plans/plan-page.tsx')).PlanPage }));
const RecommendPage = lazy(async () => ({
  default: (await import('../recommend/recommend-page.tsx')).RecommendPage,
}));
const AdminPages = lazy(async () => ({ default: (await import('../admin/admin-pages.tsx')).AdminPages }));

/** Every address of the UI. The catalogue is open to visitors; the rest asks who is there, in place. */
export function Pages({ session }: { session: KnownSession }) {
  return (
    <Switch>
      <Route path="/search">
        <SearchPage />
      </Route>
      <Route path="/resources/*">
        <ResourcePage />
      </Route>
      <Route path="/">
        <For session={session}>
          <AskPage />
        </For>
      </Route>
      <Route path="/ask/:id">
        {({ id }) => (
          <For session={session}>
            <AskPage conversationId={id} />
          </For>
        )}
      </Route>
      <Route path={OWN}>
        <For session={session} roles={['teacher', 'admin']}>
          <OwnPages />
        </For>
      </Route>
      <Route path="/plans">
        <For session={session} roles={['teacher', 'admin']}>
          <PlansPage />
        </For>
      </Route>
      <Route path="/plans/:id">
        {({ id }) => (
          <For session={session} roles={['teacher', 'admin']}>
            <PlanPage key={id} id={id} />
          </For>
        )}
      </Route>
      <Route path="/recommend">
        <For session={session}>
          <RecommendPage />
        </For>
      </Route>
      <Route path="/admin/*?">
        <For session={session} roles={['admin']}>
          <AdminPages />
        </For>
      </Route>
      <Route>
        <NoSuchPage />
      </Route>
    </Switch>
  );
}

interface ForProps {
  session: KnownSession;
  roles?: Role[];
  children: ReactNode;
}

/** Whose session ends finds the page as it was left, after signing in: it waits out of sight, with all that was typed. */
function For({ session: { account, expired }, roles, children }: ForProps) {
  const { t } = useTranslation();
  const who = account ?? expired;
  if (who && roles && !roles.includes(who.role)) {
    return (
      <Notice tone="warm" title={t('error.forbidden.what')}>
        <p>{t('error.forbidden.next')}</p>
      </Notice>
    );
  }
  return (
    <>
      {!account && <SignInPage />}
      {who && (
        <Activity key={who.id} mode={account ? 'visible' : 'hidden'}>
          {children}
        </Activity>
      )}
    </>
  );
}

function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Notice title={t('error.not-found.what')}>
      <p>{t('error.not-found.next')}</p>
    </Notice>
  );
}
