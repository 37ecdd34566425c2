import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../api/types.ts';
import { isStage, STAGES, useLabels } from '../language/labels.ts';

interface Props {
  value: Stage | undefined;
  onChange: (stage: Stage | undefined) => void;
  label?: string;
  size?: 'xs' | 'sm';
}

export function StageSelect({ value, onChange, label, size = 'sm' }: Props) {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <NativeSelect
      size={size}
      label={label ?? t('stage.label')}
      value={value ?? ''}
      onChange={event => onChange(isStage(event.target.value) ? event.target.value : undefined)}
      data={[
        { value: '', label: t('stage.any') },
        ...STAGES.map(stage => ({ value: stage, label: labels.stage(stage) })),
      ]}
    />
  );
}
