import { Button } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/notice.tsx';
import { readStored, writeStored } from '../ui/stored.ts';
import { setMode, useMode } from './modes.ts';
import styles from './sparing-offer.module.css';

const DECLINED = 'zhujiao.sparing-declined';

/** What some browsers tell of the line; TypeScript does not know it yet. */
interface Connection extends EventTarget {
  saveData?: boolean;
  effectiveType?: string;
}

function connection(): Connection | undefined {
  return (navigator as Navigator & { connection?: Connection }).connection;
}

function isScarce(): boolean {
  const line = connection();
  return line?.saveData === true || /2g$/.test(line?.effectiveType ?? '');
}

function subscribe(listener: () => void): () => void {
  connection()?.addEventListener?.('change', listener);
  return () => connection()?.removeEventListener?.('change', listener);
}

/** Offers the sparing mode once where the browser saves data or the line is slow. Nobody is moved into it. */
export function SparingOffer() {
  const { t } = useTranslation();
  const scarce = useSyncExternalStore(subscribe, isScarce);
  const sparing = useMode('sparing');
  const [declined, setDeclined] = useState(() => readStored(DECLINED) === 'yes');
  if (!scarce || sparing || declined) return null;
  const decline = () => {
    setDeclined(true);
    writeStored(DECLINED, 'yes');
  };
  return (
    <div className={styles.offer} data-screen-only>
      <Notice role="status" title={t('modes.offer.title')}>
        <p>{t('modes.sparing.hint')}</p>
        <p className={styles.choice}>
          <Button size="xs" variant="filled" onClick={() => setMode('sparing', true)}>
            {t('modes.offer.accept')}
          </Button>
          <Button size="xs" onClick={decline}>
            {t('modes.offer.decline')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}
