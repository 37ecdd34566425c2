import { useTranslation } from 'react-i18next';
import { useUploads } from '../api/uploads.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { UploadForm } from './upload-form.tsx';
import { UploadView } from './upload-view.tsx';
import styles from './uploads-page.module.css';

/** How many of the newest uploads show their files without being asked. */
const OPEN = 1;

/** Bringing material of one's own, and what became of it file by file. */
export function UploadsPage() {
  const { t } = useTranslation();
  const uploads = useUploads();
  usePageTitle(t('nav.uploads'));
  return (
    <div className={styles.page}>
      <h1>{t('uploads.title')}</h1>
      <p className={styles.lead}>{t('uploads.lead')}</p>
      <UploadForm />
      <QueryView query={uploads}>
        {runs =>
          runs.length === 0 ? (
            <EmptyState>
              <p>{t('uploads.none')}</p>
            </EmptyState>
          ) : (
            <section aria-label={t('uploads.earlier')}>
              <ol className={styles.list}>
                {runs.map((run, i) => (
                  <UploadView key={run.runId} run={run} open={i < OPEN} />
                ))}
              </ol>
            </section>
          )
        }
      </QueryView>
    </div>
  );
}
