import { useTranslation } from 'react-i18next';
import { useSignOut } from '../api/session.ts';
import type { Account } from '../api/types.ts';
import headerStyles from '../shell/header.module.css';
import { forgetStored } from '../ui/stored.ts';
import { DRAFT_PREFIX } from '../ui/use-draft.ts';
import styles from './account-menu.module.css';

/** Who is signed in, and the way out. Signing out forgets drafts: the next person at this screen is another. */
export function AccountMenu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const leave = () => signOut.mutate(undefined, { onSuccess: () => forgetStored(DRAFT_PREFIX) });
  return (
    <>
      <span className={styles.who}>
        <bdi>{account.displayName}</bdi>
        <small className={styles.role}> {t(`role.${account.role}`)}</small>
      </span>
      <button type="button" className={headerStyles.tool} disabled={signOut.isPending} onClick={leave}>
        {t('session.signOut')}
      </button>
    </>
  );
}
