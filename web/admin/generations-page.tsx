import { useTranslation } from 'react-i18next';
import { useGenerations } from '../api/admin.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import pageStyles from './answers-page.module.css';
import styles from './table.module.css';

const COLUMNS = ['started', 'agent', 'subject', 'model', 'prompt', 'tokens', 'duration', 'outcome'] as const;

/** The newest calls of models by any agent: answers, plans, recommendations. */
export function GenerationsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const generations = useGenerations();
  usePageTitle(t('admin.tab.generations'));
  return (
    <div className={pageStyles.page}>
      <h1>{t('admin.tab.generations')}</h1>
      <p className={styles.hint}>{t('admin.generations.hint')}</p>
      <QueryView query={generations}>
        {rows => (
          <ScrollBox>
            <table className={styles.table}>
              <thead>
                <tr>
                  {COLUMNS.map(name => (
                    <th key={name} scope="col">
                      {t(`admin.evidence.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <tr key={row.id}>
                    <td>{format.dateTime(row.startedAt)}</td>
                    <td>{row.agent}</td>
                    <th scope="row" className={styles.text}>
                      <bdi className={styles.subject}>{row.subject}</bdi>
                    </th>
                    <td>{row.model}</td>
                    <td>{row.prompt}</td>
                    <td>
                      {/* The arrow points from what went in to what came out in any language. */}
                      <bdi dir="ltr">
                        {row.inputTokens === null
                          ? '–'
                          : `${format.number(row.inputTokens)} → ${format.number(row.outputTokens ?? 0)}`}
                      </bdi>
                    </td>
                    <td>{t('admin.evidence.ms', { ms: format.number(row.durationMs) })}</td>
                    <td className={row.error ? styles.warm : undefined}>
                      <bdi>{row.error ?? row.outcome}</bdi>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {rows.length === 0 && <p className={styles.hint}>{t('admin.generations.none')}</p>}
          </ScrollBox>
        )}
      </QueryView>
    </div>
  );
}
