import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNoteItem } from '../api/collections.ts';
import type { CollectionItem } from '../api/types.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useDraft } from '../ui/use-draft.ts';

const isNote = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** A note on a resource. It is saved when the field is left; until then what is written outlives a closed tab. */
export function ItemNote({ collectionId, item }: { collectionId: string; item: CollectionItem }) {
  const { t } = useTranslation();
  const { resourceId, title, note } = item;
  const { draft, setDraft, clearDraft } = useDraft<string | null>(
    `note.${collectionId}.${resourceId}`,
    null,
    isNote,
  );
  const save = useNoteItem(collectionId);
  const leave = () => {
    if (draft === null) return;
    if (draft.trim() === note) return clearDraft();
    save.mutate({ resourceId, note: draft.trim() }, { onSuccess: clearDraft });
  };
  return (
    <>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxLength={2000}
        aria-label={t('collections.noteOf', { title })}
        placeholder={t('collections.notePlaceholder')}
        description={draft === null ? undefined : t('collections.noteUnsaved')}
        inputWrapperOrder={['input', 'description']}
        value={draft ?? note}
        onChange={event => setDraft(event.target.value)}
        onBlur={leave}
      />
      {save.error && <ErrorNotice error={save.error} safe={t('collections.noteSafe')} retry={leave} />}
    </>
  );
}
