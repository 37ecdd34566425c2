import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddAccount } from '../api/accounts.ts';
import { ApiError } from '../api/client.ts';
import type { Role, ShownPassword } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './new-account-form.module.css';
import { isRole, ROLES } from './roles.ts';

/** Adds one account; a whole class comes in through its class. */
export function NewAccountForm({ onAdded }: { onAdded: (shown: ShownPassword) => void }) {
  const { t } = useTranslation();
  const add = useAddAccount();
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role>('teacher');
  const taken = add.error instanceof ApiError && add.error.code === 'conflict';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = (shown: ShownPassword) => {
      setUsername('');
      setDisplayName('');
      onAdded(shown);
    };
    add.mutate({ username: username.trim(), displayName: displayName.trim(), role }, { onSuccess: done });
  };
  return (
    <details className={styles.add}>
      <summary>{t('admin.users.add')}</summary>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          size="sm"
          label={t('admin.users.username')}
          value={username}
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          error={taken && t('admin.users.taken')}
          onChange={event => setUsername(event.target.value)}
        />
        <TextInput
          size="sm"
          label={t('admin.users.name')}
          value={displayName}
          maxLength={100}
          autoComplete="off"
          onChange={event => setDisplayName(event.target.value)}
        />
        <NativeSelect
          size="sm"
          label={t('admin.users.role')}
          value={role}
          onChange={event => isRole(event.target.value) && setRole(event.target.value)}
          data={ROLES.map(value => ({ value, label: t(`role.${value}`) }))}
        />
        <Button
          type="submit"
          variant="filled"
          size="sm"
          loading={add.isPending}
          disabled={username.trim() === ''}
        >
          {t('admin.users.addAction')}
        </Button>
        {add.error && !taken && <ErrorNotice error={add.error} />}
      </form>
    </details>
  );
}
