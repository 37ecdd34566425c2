import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { useSession, useSignIn } from '../api/session.ts';
import { LanguageChoice } from '../language/language-choice.tsx';
import { ModeSwitches } from '../modes/mode-switches.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DemoAccounts, LostPassword } from './demo-accounts.tsx';
import styles from './sign-in-page.module.css';

/** Stands in place of the page that was asked for, so that signing in leads back to it. */
export function SignInPage() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const demo = useSession().data?.demo ?? false;
  const passwordBox = useRef<HTMLInputElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  usePageTitle(t('session.signIn'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password });
  };
  const choose = (name: string) => {
    setUsername(name);
    passwordBox.current?.focus();
  };
  const wrong = signIn.error instanceof ApiError && signIn.error.status < 404 && signIn.error.status > 0;
  return (
    <div className={styles.page}>
      <LanguageChoice />
      <h1>{t('app.name')}</h1>
      <p className={styles.lead}>{t('session.lead')}</p>
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
      {wrong && (
        <Notice tone="warm" role="alert" title={t('session.wrong')}>
          <p>{t('session.wrongNext')}</p>
          {demo && <p>{t('demo.passwords')}</p>}
        </Notice>
      )}
      {signIn.error && !wrong && <ErrorNotice error={signIn.error} />}
      <ModeSwitches />
      {demo && <LostPassword />}
      <p className={styles.hint}>{demo ? t('session.drafts') : t('session.accounts')}</p>
      <p className={styles.hint}>{t('session.visitor')}</p>
    </div>
  );
}
