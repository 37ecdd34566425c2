import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { TabLinks } from '../ui/tab-links.tsx';
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
  return (
    <div className={styles.admin}>
      <TabLinks
        label={t('admin.label')}
        tabs={TABS.map(({ name, ...tab }) => ({ text: t(`admin.tab.${name}`), ...tab }))}
      />
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
