import { Button, NativeSelect, Progress } from '@mantine/core';
import { type DragEvent, type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClasses } from '../api/classes.ts';
import type { Visibility } from '../api/types.ts';
import { useSendFiles } from '../api/uploads.ts';
import { useFormat } from '../language/use-format.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './upload-form.module.css';

/** What the file dialog offers; the server says of every other file why it is not read. */
const ACCEPTED =
  '.pdf,.docx,.pptx,.xlsx,.csv,.epub,.md,.txt,.html,.htm,.srt,.vtt,.json,.jsonl,.xml,.zip,.imscc';
const CHOICES = ['owner', 'class', 'organisation', 'public'] as const satisfies Visibility[];

/** Choose or drop files, say who may see them, send. */
export function UploadForm() {
  const { t } = useTranslation();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [files, setFiles] = useState<File[]>([]);
  const [visibility, setVisibility] = useState<Visibility>('owner');
  const [chosenClass, setChosenClass] = useState<string>();
  const [over, setOver] = useState(false);
  const classes = useClasses().data?.filter(({ own, archived }) => own && !archived) ?? [];
  const choices = CHOICES.filter(choice => choice !== 'class' || classes.length > 0);
  const classId = visibility === 'class' ? (chosenClass ?? classes[0]?.id) : undefined;
  const { sending, share } = useSendFiles();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (files.length > 0) sending.mutate({ files, visibility, classId }, { onSuccess: () => setFiles([]) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    setFiles([...event.dataTransfer.files]);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the keyboard's */}
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button onClick={() => field.current?.click()} disabled={sending.isPending}>
          {t('uploads.choose')}
        </Button>
        <input
          ref={field}
          type="file"
          multiple
          hidden
          aria-label={t('uploads.choose')}
          accept={ACCEPTED}
          onChange={event => {
            setFiles([...(event.target.files ?? [])]);
            // So that the same file can be chosen once more.
            event.target.value = '';
          }}
        />
        <p className={styles.hint} id={hint}>
          {t('uploads.formats')}
        </p>
        {files.length > 0 && (
          <ul className={styles.chosen} aria-label={t('uploads.chosen')}>
            {files.map(file => (
              <li key={`${file.name} ${file.size}`}>
                <bdi>{file.name}</bdi> <span className={styles.size}>{format.bytes(file.size)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <NativeSelect
        label={t('uploads.visibility')}
        description={visibility === 'owner' ? t('uploads.liveAtOnce') : t('uploads.inReview')}
        value={visibility}
        onChange={event => setVisibility(CHOICES.find(choice => choice === event.target.value) ?? 'owner')}
        data={choices.map(value => ({ value, label: t(`uploads.visible.${value}`) }))}
      />
      {visibility === 'class' && (
        <NativeSelect
          label={t('uploads.class')}
          value={classId}
          onChange={event => setChosenClass(event.target.value)}
          data={classes.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Button
        type="submit"
        variant="filled"
        className={styles.send}
        disabled={files.length === 0}
        loading={sending.isPending}
      >
        {files.length === 0 ? t('uploads.sendNone') : t('uploads.send', { count: files.length })}
      </Button>
      {sending.isPending && <Progress value={share * 100} aria-label={t('uploads.sending')} />}
      {sending.error && <ErrorNotice error={sending.error} safe={t('uploads.safe')} />}
    </form>
  );
}
