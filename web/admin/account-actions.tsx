import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAccount, useRenewPassword } from '../api/accounts.ts';
import type { AccountRow, ShownPassword } from '../api/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './account-row.module.css';
import { isRole, ROLES } from './roles.ts';

interface Props {
  account: AccountRow;
  onPassword: (shown: ShownPassword) => void;
}

/** Role, password, and whether somebody may come in. */
export function AccountActions({ account, onPassword }: Props) {
  const { t } = useTranslation();
  const change = useChangeAccount(account.id);
  const renew = useRenewPassword(account.id);
  const [asking, setAsking] = useState(false);
  const { displayName: name, role, pupil, disabled } = account;
  const error = change.error ?? renew.error;
  const disable = () => change.mutate({ disabled: true }, { onSettled: () => setAsking(false) });
  return (
    <>
      {pupil ? (
        <p className={styles.hint}>{t('admin.users.pupil')}</p>
      ) : (
        <>
          <NativeSelect
            size="xs"
            label={t('admin.users.role')}
            value={role}
            disabled={change.isPending}
            onChange={event => isRole(event.target.value) && change.mutate({ role: event.target.value })}
            data={ROLES.map(value => ({ value, label: t(`role.${value}`) }))}
          />
          <Button
            size="xs"
            loading={renew.isPending}
            onClick={() => renew.mutate(undefined, { onSuccess: onPassword })}
          >
            {t('admin.users.newPassword')}
          </Button>
        </>
      )}
      {disabled ? (
        <Button size="xs" loading={change.isPending} onClick={() => change.mutate({ disabled: false })}>
          {t('admin.users.enable')}
        </Button>
      ) : (
        <Button size="xs" onClick={() => setAsking(true)}>
          {t('admin.users.disable')}
        </Button>
      )}
      <p role="status" className={styles.hint}>
        {change.isSuccess && change.variables.role
          ? t('admin.users.roleSet', { name, role: t(`role.${role}`) })
          : ''}
      </p>
      {error && <ErrorNotice error={error} />}
      <Confirm
        opened={asking}
        title={t('admin.users.disable')}
        text={t('admin.users.disableText', { name })}
        action={t('admin.users.disable')}
        busy={change.isPending}
        onConfirm={disable}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
