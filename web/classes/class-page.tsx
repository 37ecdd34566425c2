import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useClass } from '../api/classes.ts';
import type { Class, PupilCard } from '../api/types.ts';
import { useLeaveWarning } from '../shell/leave-guard.tsx';
import { Notice } from '../ui/notice.tsx';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { AddPupils } from './add-pupils.tsx';
import { Cards } from './cards.tsx';
import { ClassCode } from './class-code.tsx';
import { ClassHead } from './class-head.tsx';
import styles from './class-page.module.css';
import { PupilList } from './pupil-list.tsx';

/** One class: what its pupils sign in with, and who they are. */
export function ClassPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useClass(id);
  usePageTitle(found.data?.name);
  return (
    <div className={styles.page}>
      <p className={styles.back} data-screen-only>
        <Link href="/classes">{t('classes.back')}</Link>
      </p>
      <QueryView query={found}>{data => <ClassView group={data} />}</QueryView>
    </div>
  );
}

function ClassView({ group }: { group: Class }) {
  const { t } = useTranslation();
  const [cards, setCards] = useState<PupilCard[]>([]);
  const [printed, setPrinted] = useState(false);
  useLeaveWarning(cards.length > 0 && !printed ? t('classes.cards.leaveText') : null);
  const show = (made: PupilCard[]) => {
    setPrinted(false);
    setCards(before => [...before.filter(card => made.every(({ id }) => id !== card.id)), ...made]);
  };
  const drop = (pupilId: string) => setCards(before => before.filter(({ id }) => id !== pupilId));
  return (
    <>
      {cards.length > 0 && (
        <Cards
          group={group}
          cards={cards}
          onPrinted={() => setPrinted(true)}
          onDismiss={() => setCards([])}
        />
      )}
      {/* While cards are shown they are what is printed, and nothing else. */}
      <div className={styles.class} data-screen-only={cards.length > 0 || undefined}>
        <ClassHead group={group} />
        {group.archived ? (
          <Notice title={t('classes.isArchived')}>
            <p>{t('classes.archivedText')}</p>
          </Notice>
        ) : (
          <ClassCode group={group} />
        )}
        {!group.archived && <AddPupils classId={group.id} onAdded={show} />}
        <PupilList group={group} onPin={card => show([card])} onRemoved={drop} />
      </div>
    </>
  );
}
