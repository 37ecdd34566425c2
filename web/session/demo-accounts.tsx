import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types.ts';
import styles from './demo-accounts.module.css';

const ROLES = ['learner', 'teacher', 'admin'] as const satisfies readonly Role[];

interface Props {
  username: string;
  onChoose: (username: string) => void;
}

/** Where there are demo accounts: as whom one may look around, and where the passwords are. */
export function DemoAccounts({ username, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.demo} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts" className={styles.title}>
        {t('demo.title')}
      </h2>
      <ul className={styles.roles}>
        {ROLES.map(role => (
          <li key={role}>
            <button
              type="button"
              className={styles.role}
              aria-pressed={username === role}
              onClick={() => onChoose(role)}
            >
              <span className={styles.name}>{t(`demo.${role}.name`)}</span>
              <small className={styles.what}>{t(`demo.${role}.what`)}</small>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.hint}>{t('demo.passwords')}</p>
    </section>
  );
}

/** How to come by a password that is not to be seen any more. */
export function LostPassword() {
  const { t } = useTranslation();
  return (
    <p className={styles.hint}>
      {t('demo.lost')} <code dir="ltr">npm run -s zhujiao -- user reset learner</code>
    </p>
  );
}
