import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Account, Session } from '../api/types.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import { AccountMenu } from '../session/account-menu.tsx';
import { Notices } from '../session/notices.tsx';
import styles from './header.module.css';
import { ModeBadge } from './mode-badge.tsx';
import { OWN } from './own-pages.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** The areas of the UI, each with the addresses that belong to it. */
const AREAS = [
  { name: 'ask', href: '/', of: /^\/(ask\/|$)/ },
  { name: 'search', href: '/search', of: /^\/(search|resources)/ },
  { name: 'recommend', href: '/recommend', of: /^\/recommend/ },
  { name: 'plans', href: '/plans', of: /^\/plans/ },
  { name: 'own', href: '/collections', of: OWN },
  { name: 'admin', href: '/admin', of: /^\/admin/ },
] as const;

function areasOf(account: Account | null | undefined) {
  if (!account) return AREAS.filter(({ name }) => name === 'ask' || name === 'search');
  if (account.role === 'admin') return AREAS;
  const closed = account.role === 'teacher' ? ['admin'] : ['admin', 'plans', 'own'];
  return AREAS.filter(({ name }) => !closed.includes(name));
}

export function Header({ session }: { session: Session | undefined }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link href="/" className={styles.name}>
          {t('app.short')}
        </Link>
        <nav className={styles.areas} aria-label={t('nav.label')}>
          {areasOf(session?.account).map(({ name, href, of }) => (
            <Link
              key={name}
              href={href}
              className={styles.area}
              aria-current={of.test(path) ? 'page' : undefined}
            >
              {t(`nav.${name}`)}
            </Link>
          ))}
        </nav>
        <div className={styles.tools}>
          {session && <ModeBadge mode={session.mode} />}
          <LanguageSwitch />
          <ThemeSwitch />
          {session?.account && <Notices />}
          {session?.account && <AccountMenu account={session.account} classes={session.classes} />}
          {session && !session.account && path !== '/' && (
            <Link href="/" className={styles.tool}>
              {t('session.signIn')}
            </Link>
          )}
        </div>
      </div>
    </header>
  );
}
