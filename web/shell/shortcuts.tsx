import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { readStored, writeStored } from '../ui/stored.ts';
import styles from './shortcuts.module.css';

const OFF = 'zhujiao.shortcuts-off';
/** Whether single letters do nothing, as somebody chose. */
export const singleKeysOff = () => readStored(OFF) === 'yes';
export const SEARCH_FIELD = 'search-field';

/** True where letters are typed, so that they belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** `/` to search, `?` for this list. Single keys can be switched off (WCAG 2.1.4): some people's tools send them. */
export function Shortcuts() {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const [opened, setOpened] = useState(false);
  const [off, setOff] = useState(singleKeysOff);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target))
        return;
      if (event.key === '?') return setOpened(true);
      if (event.key !== '/' || off) return;
      event.preventDefault();
      const field = document.getElementById(SEARCH_FIELD);
      if (field) field.focus();
      else navigate('/search');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, off]);
  const rows = [
    ['/', t('shortcuts.search')],
    ['?', t('shortcuts.list')],
    ['↓ ↑ / j k', t('shortcuts.results')],
    ['Enter', t('shortcuts.open')],
    ['→', t('shortcuts.preview')],
    ['Esc', t('shortcuts.close')],
    ['Enter', t('shortcuts.send')],
    ['Shift + Enter', t('shortcuts.line')],
  ] as const;
  return (
    <Modal
      key={path}
      opened={opened}
      onClose={() => setOpened(false)}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <dl className={styles.list}>
        {rows.map(([key, text]) => (
          <div key={text} className={styles.row}>
            <dt>
              <kbd className={styles.key} dir="ltr">
                {key}
              </kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.off}>
        <input
          type="checkbox"
          checked={!off}
          onChange={event => {
            setOff(!event.target.checked);
            writeStored(OFF, event.target.checked ? null : 'yes');
          }}
        />{' '}
        {t('shortcuts.single')}
      </label>
    </Modal>
  );
}
