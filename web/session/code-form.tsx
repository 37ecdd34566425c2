import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeSignIn } from '../api/session.ts';
import styles from './sign-in-page.module.css';
import { SignInRefused } from './sign-in-refused.tsx';

/** Signs a pupil in with what stands on their card. Spaces, dashes and capitals do not matter: the server reads it so. */
export function CodeForm() {
  const { t } = useTranslation();
  const signIn = useCodeSignIn();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ code, name, pin });
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label={t('session.code')}
          description={t('session.codeHint')}
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          maxLength={100}
          required
          withAsterisk={false}
          value={code}
          onChange={event => setCode(event.target.value)}
        />
        <TextInput
          label={t('session.name')}
          name="name"
          autoComplete="username"
          autoCorrect="off"
          spellCheck={false}
          maxLength={200}
          required
          withAsterisk={false}
          value={name}
          onChange={event => setName(event.target.value)}
        />
        <TextInput
          label={t('session.pin')}
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          maxLength={200}
          required
          withAsterisk={false}
          value={pin}
          onChange={event => setPin(event.target.value)}
        />
        <Button type="submit" variant="filled" loading={signIn.isPending}>
          {t('session.signIn')}
        </Button>
      </form>
      {signIn.error && (
        <SignInRefused error={signIn.error} title={t('session.wrongCard')}>
          <p>{t('session.wrongCardNext')}</p>
        </SignInRefused>
      )}
    </>
  );
}
