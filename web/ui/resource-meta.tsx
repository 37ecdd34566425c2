import type { ResourceCard } from '../api/types.ts';
import { useLabels } from '../language/labels.ts';
import { MetaLine } from './meta-line.tsx';

type Described = Pick<
  ResourceCard,
  'stage' | 'subject' | 'grade' | 'type' | 'minutes' | 'provider' | 'language'
>;

/** What a resource is, in a line: stage, subject, grade, kind, minutes, language, who provides it. */
export function ResourceMeta({ resource }: { resource: Described }) {
  const labels = useLabels();
  const { stage, subject, grade, type, minutes, provider, language } = resource;
  return (
    <MetaLine
      parts={[
        stage && labels.stage(stage),
        subject,
        grade,
        type && labels.type(type),
        minutes && labels.duration(minutes),
        labels.language(language),
        provider,
      ]}
    />
  );
}
