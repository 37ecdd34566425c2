import { lazy, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { Account, Role } from '../api/types.ts';
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
export function Pages({ account }: { account: Account | null }) {
  return (
    <Switch>
      <Route path="/search">
        <SearchPage />
      </Route>
      <Route path="/resources/*">
        <ResourcePage />
      </Route>
      <Route path="/">
        <For account={account}>
          <AskPage />
        </For>
      </Route>
      <Route path="/ask/:id">
        {({ id }) => (
          <For account={account}>
            <AskPage conversationId={id} />
          </For>
        )}
      </Route>
      <Route path={OWN}>
        <For account={account} roles={['teacher', 'admin']}>
          <OwnPages />
        </For>
      </Route>
      <Route path="/plans">
        <For account={account} roles={['teacher', 'admin']}>
          <PlansPage />
        </For>
      </Route>
      <Route path="/plans/:id">
        {({ id }) => (
          <For account={account} roles={['teacher', 'admin']}>
            <PlanPage key={id} id={id} />
          </For>
        )}
      </Route>
      <Route path="/recommend">
        <For account={account}>
          <RecommendPage />
        </For>
      </Route>
      <Route path="/admin/*?">
        <For account={account} roles={['admin']}>
          <AdminPages />
        </For>
      </Route>
      <Route>
        <NoSuchPage />
      </Route>
    </Switch>
  );
}

function For({ account, roles, children }: { account: Account | null; roles?: Role[]; children: ReactNode }) {
  const { t } = useTranslation();
  if (!account) return <SignInPage />;
  if (roles && !roles.includes(account.role)) {
    return (
      <Notice tone="warm" title={t('error.forbidden.what')}>
        <p>{t('error.forbidden.next')}</p>
      </Notice>
    );
  }
  return children;
}

function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Notice title={t('error.not-found.what')}>
      <p>{t('error.not-found.next')}</p>
    </Notice>
  );
}
