import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './header.module.css';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;

/** As the system has it, light, dark. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = t('theme.now', { theme: t(`theme.${colorScheme}`), next: t(`theme.${NEXT[colorScheme]}`) });
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle
          cx="9"
          cy="9"
          r="6.5"
          fill={colorScheme === 'dark' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {colorScheme === 'auto' && <path d="M9 2.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />}
      </svg>
    </button>
  );
}
