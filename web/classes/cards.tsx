import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Class, PupilCard } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import styles from './cards.module.css';
import { spacedCode, spacedPin } from './spaced-code.ts';

interface Props {
  group: Class;
  cards: PupilCard[];
  onPrinted: () => void;
  onDismiss: () => void;
}

/** What each pupil signs in with, to be cut out and handed over: the only time that the PINs can be read. */
export function Cards({ group, cards, onPrinted, onDismiss }: Props) {
  const { t } = useTranslation();
  const section = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other cards, they are what matters
  useEffect(() => {
    section.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView();
  }, [cards]);
  const print = () => {
    window.print();
    onPrinted();
  };
  return (
    <section ref={section} className={styles.cards} tabIndex={-1} aria-labelledby="cards" data-cards>
      <div className={styles.head} data-screen-only>
        <h2 id="cards">{t('classes.cards.title', { count: cards.length })}</h2>
        <p>{t('classes.cards.once')}</p>
        <p className={styles.actions}>
          <Button variant="filled" onClick={print}>
            {t('classes.cards.print')}
          </Button>
          <Button onClick={onDismiss}>{t('classes.cards.done')}</Button>
        </p>
      </div>
      <ul className={styles.sheet}>
        {cards.map(({ id, name, pin }) => (
          <li key={id} className={styles.card}>
            <p className={styles.name} lang={textLanguage(name)} dir="auto">
              {name}
            </p>
            <p className={styles.class} lang={textLanguage(group.name)} dir="auto">
              {group.name}
            </p>
            <dl className={styles.facts}>
              <Fact label={t('session.code')} value={spacedCode(group.code)} />
              <Fact label={t('session.pin')} value={spacedPin(pin)} />
            </dl>
            <p className={styles.address}>
              {t('classes.cards.address')} <bdi dir="ltr">{window.location.host}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="ltr">{value}</dd>
    </div>
  );
}
