import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { Loading } from '../ui/loading.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import styles from './own-pages.module.css';

const CollectionsPage = lazy(async () => ({
  default: (await import('../collections/collections-page.tsx')).CollectionsPage,
}));
const CollectionPage = lazy(async () => ({
  default: (await import('../collections/collection-page.tsx')).CollectionPage,
}));
const UploadsPage = lazy(async () => ({
  default: (await import('../ingestion/uploads-page.tsx')).UploadsPage,
}));
const ClassesPage = lazy(async () => ({
  default: (await import('../classes/classes-page.tsx')).ClassesPage,
}));
const ClassPage = lazy(async () => ({ default: (await import('../classes/class-page.tsx')).ClassPage }));

/** The addresses of what teachers keep for themselves. */
export const OWN = /^\/(collections|uploads|classes)(\/[^/]+)?\/?$/;

const TABS = [
  { name: 'collections', href: '/collections', of: /^\/collections/ },
  { name: 'uploads', href: '/uploads', of: /^\/uploads/ },
  { name: 'classes', href: '/classes', of: /^\/classes/ },
] as const;

/** What a teacher keeps: collections, material and classes, one area with a place for each. */
export function OwnPages() {
  const { t } = useTranslation();
  return (
    <div className={styles.own}>
      <TabLinks
        label={t('nav.own')}
        tabs={TABS.map(({ name, ...tab }) => ({ text: t(`nav.${name}`), ...tab }))}
      />
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/collections">
            <CollectionsPage />
          </Route>
          <Route path="/collections/:id">{({ id }) => <CollectionPage key={id} id={id} />}</Route>
          <Route path="/uploads">
            <UploadsPage />
          </Route>
          <Route path="/classes">
            <ClassesPage />
          </Route>
          <Route path="/classes/:id">{({ id }) => <ClassPage key={id} id={id} />}</Route>
        </Switch>
      </Suspense>
    </div>
  );
}
