import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRenewCode } from '../api/classes.ts';
import type { Class } from '../api/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './class-code.module.css';
import { spacedCode } from './spaced-code.ts';

/** The code of a class, large enough to be read from the back row, and the way to another one. */
export function ClassCode({ group }: { group: Class }) {
  const { t } = useTranslation();
  const renew = useRenewCode(group.id);
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.panel} aria-label={t('classes.code')}>
      <div>
        <p className={styles.label}>{t('classes.code')}</p>
        <p className={styles.code} dir="ltr" role="status">
          {spacedCode(group.code)}
        </p>
      </div>
      <p className={styles.how}>{t('classes.how', { address: window.location.host })}</p>
      <div data-screen-only>
        <Button size="xs" onClick={() => setAsking(true)}>
          {t('classes.renewCode')}
        </Button>
      </div>
      {renew.error && <ErrorNotice error={renew.error} />}
      <Confirm
        opened={asking}
        title={t('classes.renewCode')}
        text={t('classes.renewCodeText')}
        action={t('classes.renewCode')}
        busy={renew.isPending}
        onConfirm={() => renew.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
