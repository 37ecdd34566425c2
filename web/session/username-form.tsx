import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../api/session.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import styles from './sign-in-page.module.css';
import { SignInRefused } from './sign-in-refused.tsx';

/** Signs in with username and password; where there are demo accounts, one of them is chosen above. */
export function UsernameForm({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const passwordBox = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password });
  };
  const choose = (name: string) => {
    setUsername(name);
    passwordBox.current?.focus();
  };
  return (
    <>
      {demo && <DemoAccounts username={username} onChoose={choose} />}
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label={t('session.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={username}
          onChange={event => setUsername(event.target.value)}
        />
        <TextInput
          ref={passwordBox}
          label={t('session.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
        <Button type="submit" variant="filled" loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </form>
      {signIn.error && (
        <SignInRefused error={signIn.error} title={t('session.wrong')}>
          <p>{t('session.wrongNext')}</p>
          {demo && <p>{t('demo.passwords')}</p>}
        </SignInRefused>
      )}
    </>
  );
}
