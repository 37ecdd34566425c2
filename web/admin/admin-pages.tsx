import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import styles from './admin-pages.module.css';
import { AnswerDetailPage } from './answer-detail-page.tsx';
import { AnswersPage } from './answers-page.tsx';
import { GenerationsPage } from './generations-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { PlanDoubtsPage } from './plan-doubts-page.tsx';
import { ResourceRecordPage } from './resource-record-page.tsx';
import { ResourcesPage } from './resources-page.tsx';
import { RunPage } from './run-page.tsx';
import { RunsPage } from './runs-page.tsx';
import { UsersPage } from './users-page.tsx';

const TABS = [
  { name: 'overview', href: '/admin', of: /^\/admin\/?$/ },
  { name: 'answers', href: '/admin/answers', of: /^\/admin\/(answers|plan-doubts)/ },
  { name: 'resources', href: '/admin/resources', of: /^\/admin\/resources/ },
  { name: 'users', href: '/admin/users', of: /^\/admin\/users/ },
  { name: 'runs', href: '/admin/runs', of: /^\/admin\/runs/ },
  { name: 'generations', href: '/admin/generations', of: /^\/admin\/generations/ },
] as const;

/** What the people in charge look at. */
export function AdminPages() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const tabs = useRef<HTMLElement>(null);
  // On a phone they do not all fit.
  useEffect(() => {
    const current = path && tabs.current?.querySelector('[aria-current]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);
  return (
    <div className={styles.admin}>
      <nav ref={tabs} className={styles.tabs} aria-label={t('admin.label')}>
        {TABS.map(({ name, href, of }) => (
          <Link
            key={name}
            href={href}
            className={styles.tab}
            aria-current={of.test(path) ? 'page' : undefined}
          >
            {t(`admin.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <Switch>
        <Route path="/admin/answers/:id">{({ id }) => <AnswerDetailPage key={id} id={id} />}</Route>
        <Route path="/admin/answers">
          <AnswersPage />
        </Route>
        <Route path="/admin/plan-doubts">
          <PlanDoubtsPage />
        </Route>
        <Route path="/admin/resources">
          <ResourcesPage />
        </Route>
        <Route path="/admin/resources/*">
          <ResourceRecordPage />
        </Route>
        <Route path="/admin/users">
          <UsersPage />
        </Route>
        <Route path="/admin/runs/:id">{({ id }) => <RunPage id={id} />}</Route>
        <Route path="/admin/runs">
          <RunsPage />
        </Route>
        <Route path="/admin/generations">
          <GenerationsPage />
        </Route>
        <Route>
          <OverviewPage />
        </Route>
      </Switch>
    </div>
  );
}
