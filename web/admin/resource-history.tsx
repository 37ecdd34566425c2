import { useTranslation } from 'react-i18next';
import type { ResourceRecord, Visibility } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import { MetaLine } from '../ui/meta-line.tsx';
import styles from './resource-record-page.module.css';

/** Who did what to a resource when, and why; newest first. */
export function ResourceHistory({ history }: { history: ResourceRecord['history'] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t('admin.resources.history')}</h2>
      {history.length === 0 && <p className={styles.hint}>{t('admin.resources.noHistory')}</p>}
      <ol>
        {history.map(entry => (
          <Entry key={`${entry.action} ${entry.createdAt}`} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({
  entry: { action, account, details, createdAt },
}: {
  entry: ResourceRecord['history'][number];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = (value: string | null | undefined) => t(`admin.resources.isVisible.${value as Visibility}`);
  return (
    <li className={styles.entry}>
      <p>
        <strong>{t(`admin.resources.was.${action}`)}</strong>
        {action === 'visibility' &&
          ` · ${t('admin.resources.fromTo', { from: name(details.from), to: name(details.to) })}`}
      </p>
      {details.reason && (
        <p lang={textLanguage(details.reason)} dir="auto">
          {details.reason}
        </p>
      )}
      <MetaLine parts={[account ?? t('admin.resources.operator'), format.dateTime(createdAt)]} />
    </li>
  );
}
