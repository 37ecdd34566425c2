import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemovePupil, useRenewPin } from '../api/classes.ts';
import type { Class, PupilCard } from '../api/types.ts';
import { textLanguage } from '../language/text-language.ts';
import { Confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './pupil-list.module.css';

type Pupil = Class['members'][number];

interface Props {
  group: Class;
  onPin: (card: PupilCard) => void;
  onRemoved: (pupilId: string) => void;
}

/** Who is in the class, with a new PIN for who lost theirs and the way out for who leaves. */
export function PupilList({ group, onPin, onRemoved }: Props) {
  const { t } = useTranslation();
  const renew = useRenewPin(group.id);
  const remove = useRemovePupil(group.id);
  const [leaving, setLeaving] = useState<Pupil | null>(null);
  const { members, archived } = group;
  const error = renew.error ?? remove.error;
  const confirm = () => {
    if (!leaving) return;
    const { id } = leaving;
    remove.mutate(id, { onSuccess: () => onRemoved(id), onSettled: () => setLeaving(null) });
  };
  return (
    <section className={styles.pupils} aria-labelledby="pupils">
      <h2 id="pupils">{t('classes.list')}</h2>
      {error && <ErrorNotice error={error} />}
      {members.length === 0 ? (
        <EmptyState>
          <p>{t('classes.noPupils')}</p>
        </EmptyState>
      ) : (
        <ul>
          {members.map(pupil => (
            <li key={pupil.id} className={styles.pupil}>
              <span className={styles.name} lang={textLanguage(pupil.name)} dir="auto">
                {pupil.name}
              </span>
              <span className={styles.actions} data-screen-only>
                {!archived && (
                  <Button
                    size="xs"
                    aria-label={t('classes.newPinOf', pupil)}
                    loading={renew.isPending && renew.variables === pupil.id}
                    onClick={() => renew.mutate(pupil.id, { onSuccess: onPin })}
                  >
                    {t('classes.newPin')}
                  </Button>
                )}
                <Button size="xs" aria-label={t('classes.removeOf', pupil)} onClick={() => setLeaving(pupil)}>
                  {t('classes.remove')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Confirm
        opened={leaving !== null}
        title={t('classes.removeTitle')}
        text={t('classes.removeText', { name: leaving?.name ?? '' })}
        action={t('classes.remove')}
        busy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setLeaving(null)}
      />
    </section>
  );
}
