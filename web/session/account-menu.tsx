import { useTranslation } from 'react-i18next';
import { useSignOut } from '../api/session.ts';
import type { Account } from '../api/types.ts';
import { restartFirstTask } from '../first-task/progress.ts';
import { ModeSwitches } from '../modes/mode-switches.tsx';
import headerStyles from '../shell/header.module.css';
import { useAskBeforeLeaving } from '../shell/leave-guard.tsx';
import { forgetStored } from '../ui/stored.ts';
import { useDisclosure } from '../ui/use-disclosure.ts';
import { DRAFT_PREFIX } from '../ui/use-draft.ts';
import styles from './account-menu.module.css';

/**
 * Who is signed in, how things are laid out for them, and the way out. Signing out forgets drafts: the next person at
 * this screen is another.
 */
export function AccountMenu({ account, classes }: { account: Account; classes: string[] }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const { menu, opened, toggle, panelId } = useDisclosure();
  const askBefore = useAskBeforeLeaving();
  const leave = () =>
    askBefore(() => signOut.mutate(undefined, { onSuccess: () => forgetStored(DRAFT_PREFIX) }));
  return (
    <div ref={menu} className={styles.menu}>
      <button
        type="button"
        className={headerStyles.tool}
        aria-expanded={opened}
        aria-controls={panelId}
        onClick={toggle}
      >
        <span className={styles.name}>
          <bdi>{account.displayName}</bdi>
        </span>
        <span className={styles.short}>{t('session.account')}</span>
        <span aria-hidden="true"> ▾</span>
      </button>
      {opened && (
        <div id={panelId} className={styles.panel}>
          <p className={styles.who}>
            <bdi>{account.displayName}</bdi>
            <small className={styles.role}> {t(`role.${account.role}`)}</small>
            {classes.map(name => (
              <span key={name} className={styles.class}>
                {t('session.inClass')} <bdi>{name}</bdi>
              </span>
            ))}
          </p>
          <ModeSwitches />
          <button
            type="button"
            className={styles.leave}
            onClick={() => {
              restartFirstTask(account.id);
              toggle();
            }}
          >
            {t('firstTask.again')}
          </button>
          <button type="button" className={styles.leave} disabled={signOut.isPending} onClick={leave}>
            {t('session.signOut')}
          </button>
        </div>
      )}
    </div>
  );
}
