import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow, ShownPassword } from '../api/types.ts';
import { useFormat } from '../language/use-format.ts';
import { MetaLine } from '../ui/meta-line.tsx';
import { AccountActions } from './account-actions.tsx';
import styles from './account-row.module.css';

interface Props {
  account: AccountRow;
  isOwn: boolean;
  onPassword: (shown: ShownPassword) => void;
}

/** Somebody who may sign in, with what can be changed about it behind a button. */
export function AccountRowView({ account, isOwn, onPassword }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const panelId = useId();
  const [opened, setOpened] = useState(false);
  const { username, displayName, role, classes, pupil, signedInAt, disabled } = account;
  return (
    <li className={styles.row} data-disabled={disabled || undefined}>
      <div className={styles.who}>
        <p>
          <strong className={styles.name} dir="auto">
            {displayName}
          </strong>{' '}
          <span className={styles.hint}>
            {!pupil && <bdi>{username}</bdi>}
            {isOwn && ` · ${t('admin.users.you')}`}
          </span>
        </p>
        <MetaLine
          parts={[
            disabled && t('admin.users.disabled'),
            t(`role.${role}`),
            ...classes,
            signedInAt
              ? t('admin.users.lastSignIn', { time: format.moment(signedInAt) })
              : t('admin.users.never'),
          ]}
        />
      </div>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={opened}
        aria-controls={panelId}
        aria-label={t('admin.users.changeOf', { name: displayName })}
        onClick={() => setOpened(!opened)}
      >
        {t('admin.users.change')} <span aria-hidden="true">{opened ? '▴' : '▾'}</span>
      </button>
      <div id={panelId} className={styles.panel} hidden={!opened}>
        {opened && isOwn && <p className={styles.hint}>{t('admin.users.own')}</p>}
        {opened && !isOwn && <AccountActions account={account} onPassword={onPassword} />}
      </div>
    </li>
  );
}
