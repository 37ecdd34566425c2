import { Button, Group, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.tsx';

interface Props {
  title: string;
  text: string;
  action: string;
  busy: boolean;
  error: Error | null;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks why before what others will want to understand later. */
export function ReasonDialog({ title, text, action, busy, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit}>
        <p dir="auto">{text}</p>
        <Textarea
          data-autofocus
          mt="md"
          label={t('admin.reason.label')}
          description={t('admin.reason.needed')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          onChange={event => setReason(event.target.value)}
        />
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={reason.trim() === ''}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
