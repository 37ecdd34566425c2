import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeClass } from '../api/classes.ts';
import type { Class } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { textLanguage } from '../language/text-language.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { MetaLine } from '../ui/meta-line.tsx';
import { RenameForm } from '../ui/rename-form.tsx';
import styles from './class-head.module.css';

/** What a class is called, which can be changed in place, and the way to close it or open it again. */
export function ClassHead({ group }: { group: Class }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { id, name, stage, teacher, own, archived, members } = group;
  const [renaming, setRenaming] = useState(false);
  const [asking, setAsking] = useState(false);
  const rename = useChangeClass(id);
  const archive = useChangeClass(id);
  const close = () => archive.mutate({ archived: true }, { onSettled: () => setAsking(false) });
  return (
    <header className={styles.head}>
      {renaming ? (
        <RenameForm
          name={name}
          label={t('classes.name')}
          saving={rename}
          onSave={next => rename.mutate({ name: next }, { onSuccess: () => setRenaming(false) })}
          onEnd={() => setRenaming(false)}
        />
      ) : (
        <>
          <h1 className={styles.name} lang={textLanguage(name)}>
            {name}
          </h1>
          <Group gap="xs" data-screen-only>
            <Button size="xs" onClick={() => setRenaming(true)}>
              {t('classes.rename')}
            </Button>
            {archived ? (
              <Button
                size="xs"
                loading={archive.isPending}
                onClick={() => archive.mutate({ archived: false })}
              >
                {t('classes.reopen')}
              </Button>
            ) : (
              <Button size="xs" onClick={() => setAsking(true)}>
                {t('classes.archive')}
              </Button>
            )}
          </Group>
        </>
      )}
      <div className={styles.facts}>
        <MetaLine
          parts={[
            stage && labels.stage(stage),
            t('classes.pupils', { count: members.length }),
            !own && t('classes.of', { teacher }),
          ]}
        />
      </div>
      {archive.error && <ErrorNotice error={archive.error} />}
      <Confirm
        opened={asking}
        title={t('classes.archive')}
        text={t('classes.archiveText', { name })}
        action={t('classes.archive')}
        busy={archive.isPending}
        onConfirm={close}
        onClose={() => setAsking(false)}
      />
    </header>
  );
}
