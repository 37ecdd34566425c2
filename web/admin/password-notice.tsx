import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShownPassword } from '../api/types.ts';
import { Notice } from '../ui/notice.tsx';
import styles from './password-notice.module.css';

/** A password that was just made, the only time that it can be read. */
export function PasswordNotice({ shown, onHide }: { shown: ShownPassword; onHide: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice tone="warm" role="status" title={t('admin.users.password', { username: shown.username })}>
      <p>
        <code className={styles.password} dir="ltr">
          {shown.password}
        </code>
      </p>
      <p>{t('admin.users.passwordOnce')}</p>
      <p className={styles.actions}>
        {/* Browsers offer the clipboard on secure addresses only; elsewhere the password is copied by hand. */}
        {window.isSecureContext && (
          <CopyButton value={shown.password}>
            {({ copied, copy }) => (
              <Button size="xs" onClick={copy}>
                {copied ? t('admin.users.copied') : t('admin.users.copy')}
              </Button>
            )}
          </CopyButton>
        )}
        <Button size="xs" onClick={onHide}>
          {t('admin.users.hide')}
        </Button>
      </p>
    </Notice>
  );
}
