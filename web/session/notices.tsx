import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNotices, useReadNotices } from '../api/notices.ts';
import type { Notice } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { useFormat } from '../language/use-format.ts';
import headerStyles from '../shell/header.module.css';
import { placeOf } from '../sources/place.ts';
import { useDisclosure } from '../ui/use-disclosure.ts';
import menuStyles from './account-menu.module.css';
import styles from './notices.module.css';

/** What others did to what somebody brought or cites. Nothing stands in the header while nothing is new. */
export function Notices() {
  const { t } = useTranslation();
  const notices = useNotices().data ?? [];
  const read = useReadNotices();
  const { menu, opened, toggle, panelId } = useDisclosure();
  const unread = notices.filter(notice => !notice.read).length;
  const [newest] = notices;
  if (!newest || (unread === 0 && !opened)) return null;
  return (
    <div ref={menu} className={menuStyles.menu}>
      <button
        type="button"
        className={headerStyles.tool}
        aria-expanded={opened}
        aria-controls={panelId}
        aria-label={t('notices.title', { count: unread })}
        onClick={toggle}
      >
        {t('notices.all')} <span className={styles.count}>{unread}</span>
      </button>
      {opened && (
        <div id={panelId} className={menuStyles.panel}>
          <ul className={styles.list}>
            {notices.map(notice => (
              <NoticeItem key={notice.id} notice={notice} />
            ))}
          </ul>
          <button
            type="button"
            className={menuStyles.leave}
            disabled={read.isPending || unread === 0}
            onClick={() => read.mutate(newest.id, { onSuccess: toggle })}
          >
            {t('notices.markRead')}
          </button>
        </div>
      )}
    </div>
  );
}

/** What is gone has no page that could be opened. */
const GONE: Notice['kind'][] = ['withdraw', 'cited-withdrawn', 'send-back'];

function NoticeItem({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, title, reason, answers, plans, read, createdAt } = notice;
  return (
    <li className={styles.notice} data-unread={!read || undefined}>
      <p>
        {t(`notices.kind.${kind}`)}{' '}
        <bdi lang={textLanguage(title)}>
          {GONE.includes(kind) ? title : <Link href={placeOf(notice)}>{title}</Link>}
        </bdi>
      </p>
      {kind === 'cited-withdrawn' && <p>{t('notices.cites', { count: answers + plans, answers, plans })}</p>}
      {reason && (
        <p lang={textLanguage(reason)} dir="auto">
          {reason}
        </p>
      )}
      <time className={styles.time} dateTime={createdAt}>
        {format.moment(createdAt)}
      </time>
    </li>
  );
}
