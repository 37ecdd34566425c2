import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { LanguageChoice } from '../language/language-choice.tsx';
import { ModeSwitches } from '../modes/mode-switches.tsx';
import { readStored, writeStored } from '../ui/stored.ts';
import { usePageTitle } from '../ui/use-page-title.ts';
import { CodeForm } from './code-form.tsx';
import { LostPassword } from './demo-accounts.tsx';
import styles from './sign-in-page.module.css';
import { UsernameForm } from './username-form.tsx';
import { isWay, type Way, WaySwitch } from './way-switch.tsx';

/** What people signed in with on this device the last time that they chose. */
const WAY = 'zhujiao.sign-in-way';

/** Stands in place of the page that was asked for, so that signing in leads back to it. */
export function SignInPage() {
  const { t } = useTranslation();
  const demo = useSession().data?.demo ?? false;
  const [way, setWay] = useState<Way>(() => {
    const stored = readStored(WAY);
    return isWay(stored) ? stored : 'username';
  });
  usePageTitle(t('session.signIn'));
  const choose = (next: Way) => {
    setWay(next);
    writeStored(WAY, next);
  };
  return (
    <div className={styles.page}>
      <LanguageChoice />
      <h1>{t('app.name')}</h1>
      <p className={styles.lead}>{t('session.lead')}</p>
      <WaySwitch way={way} onChoose={choose} />
      {way === 'code' ? <CodeForm /> : <UsernameForm demo={demo} />}
      <ModeSwitches />
      {demo && way === 'username' && <LostPassword />}
      <p className={styles.hint}>{hintOf()}</p>
      <p className={styles.hint}>{t('session.visitor')}</p>
    </div>
  );

  function hintOf(): string {
    if (way === 'code') return t('session.lostCard');
    return demo ? t('session.drafts') : t('session.accounts');
  }
}
