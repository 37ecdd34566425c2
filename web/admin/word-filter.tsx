import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useQueryParams } from '../ui/use-query-params.ts';
import styles from './filters.module.css';

/** Words that narrow a list; they go into the address, so that a found list can be returned to. */
export function WordFilter({ label, action }: { label: string; action: string }) {
  const { params, setParams } = useQueryParams();
  const asked = params.get('words') ?? '';
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setParams({ words: words.trim(), offset: undefined });
  };
  return (
    <form className={styles.words} onSubmit={submit}>
      <TextInput
        size="xs"
        type="search"
        label={label}
        value={words}
        maxLength={200}
        onChange={event => setWords(event.target.value)}
      />
      <Button size="xs" type="submit">
        {action}
      </Button>
    </form>
  );
}
