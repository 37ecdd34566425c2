import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Collection } from '../api/types.ts';
import { choosable, MOST_CHOSEN } from '../plans/chosen.ts';
import { usePlanDraft } from '../plans/use-plan-draft.ts';

/** Leads to the form of a plan, with the resources of this collection chosen and whatever stood in it before. */
export function PlanFrom({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { draft, setDraft } = usePlanDraft();
  const chosen = choosable(collection).slice(0, MOST_CHOSEN);
  const open = () => {
    setDraft({ ...draft, chosen, beyond: false });
    navigate('/plans');
  };
  return (
    <Button size="xs" variant="filled" disabled={chosen.length === 0} onClick={open}>
      {t('collections.plan')}
    </Button>
  );
}
