import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useIngestionRuns } from '../api/admin.ts';
import type { Overview } from '../api/types.ts';
import styles from './to-do.module.css';

/** What is worth doing, from what is known: what people found bad, what waits, failed imports, wishes. */
export function ToDo({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const runs = useIngestionRuns().data ?? [];
  const failedRuns = runs.filter(run => run.failed > 0 || run.state === 'failed').length;
  const wished = overview.gaps.filter(gap => gap.requested > 0).length;
  const todos = [
    { name: 'bad', count: overview.answers.bad, href: '/admin/answers?feedback=bad' },
    { name: 'planDoubts', count: overview.planDoubts, href: '/admin/plan-doubts' },
    { name: 'inReview', count: overview.inReview, href: '/admin/resources?status=in-review' },
    { name: 'failed', count: failedRuns, href: '/admin/runs' },
    { name: 'wished', count: wished, href: undefined },
    { name: 'gaps', count: overview.gaps.length - wished, href: '/admin/answers?outcome=no-evidence' },
  ] as const;
  const open = todos.filter(({ count }) => count > 0);
  if (open.length === 0) return <p className={styles.none}>{t('admin.todo.none')}</p>;
  return (
    <ul className={styles.list}>
      {open.map(({ name, count, href }) => {
        const text = t(`admin.todo.${name}`, { count });
        return <li key={name}>{href ? <Link href={href}>{text}</Link> : text}</li>;
      })}
    </ul>
  );
}
