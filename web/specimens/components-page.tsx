import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Gaps } from '../admin/gaps.tsx';
import { OutcomeBar } from '../admin/outcome-bar.tsx';
import { AnswerView } from '../answer/answer-view.tsx';
import { AssistantMessage } from '../answer/assistant-message.tsx';
import { ApiError } from '../api/client.ts';
import type { Stage } from '../api/types.ts';
import { RunProgress } from '../ingestion/run-progress.tsx';
import { LanguageChoice } from '../language/language-choice.tsx';
import { LanguageSwitch } from '../language/language-switch.tsx';
import { ModeSwitches } from '../modes/mode-switches.tsx';
import { SectionView } from '../plans/section-view.tsx';
import { TimeBar } from '../plans/time-bar.tsx';
import { RecommendationCard } from '../recommend/recommendation-card.tsx';
import { SearchResultView } from '../search/search-result-view.tsx';
import { DemoAccounts } from '../session/demo-accounts.tsx';
import { ThemeSwitch } from '../shell/theme-switch.tsx';
import { SourceCard } from '../sources/source-card.tsx';
import { AiLabel } from '../ui/ai-label.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ExampleButton } from '../ui/example-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { StageSelect } from '../ui/stage-select.tsx';
import { Colours } from './colours.tsx';
import { exampleData, RUN } from './example-data.ts';
import styles from './specimens.module.css';

const nothing = () => undefined;

/** All components with fixed examples. Its own words are for developers and in English; those of components are real. */
export function ComponentsPage() {
  const { t, i18n } = useTranslation();
  const data = exampleData(i18n.language === 'zh' ? 'zh' : 'en');
  const [stage, setStage] = useState<Stage>();
  const [role, setRole] = useState('');
  const { answered, silent, refused, failed, overview } = data;
  return (
    <main className={styles.page}>
      <div className={styles.tools}>
        <h1 lang="en" dir="ltr">
          Components
        </h1>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <ModeSwitches />

      <Specimen name="Type">
        <h1>{t('ask.title')}</h1>
        <h2>{data.resource.title}</h2>
        <h3>{t('none.title')}</h3>
        <p className={styles.measure}>{t('plans.lead')}</p>
        <p>
          <small>{t('ask.promise')}</small> <mark>{data.citations[0]?.quote}</mark>
        </p>
      </Specimen>

      <Specimen name="Colours">
        <Colours />
      </Specimen>

      <Specimen name="Buttons">
        <div className={styles.row}>
          <Button variant="filled">{t('ask.send')}</Button>
          <Button>{t('answer.again')}</Button>
          <Button variant="subtle">{t('firstTask.all')}</Button>
          <Button size="xs">{t('answer.stop')}</Button>
          <Button variant="filled" disabled>
            {t('plan.save')}
          </Button>
          <Button loading aria-label={t('common.loading')}>
            {t('plan.save')}
          </Button>
        </div>
        <ExampleButton text={t('ask.example.one')} onTry={nothing} />
        <LanguageChoice />
        <DemoAccounts username={role} onChoose={setRole} />
      </Specimen>

      <Specimen name="Fields">
        <div className={styles.fields}>
          <TextInput label={t('plans.topic')} defaultValue={t('plans.example.topic')} />
          <TextInput
            label={t('plans.minutes')}
            type="number"
            defaultValue="3"
            error={t('plans.minutesWrong')}
          />
          <StageSelect value={stage} onChange={setStage} />
          <NativeSelect label={t('plans.mode')} data={[t('plans.modes.direct'), t('plans.modes.inquiry')]} />
          <Textarea label={t('ask.question')} placeholder={t('ask.placeholder')} autosize minRows={2} />
        </div>
      </Specimen>

      <Specimen name="Notices">
        <Notice title={t('error.not-found.what')}>
          <p>{t('error.not-found.next')}</p>
        </Notice>
        <Notice tone="warm" title={t('ask.emptyLibrary')}>
          <p>{t('ask.emptyLibraryNext')}</p>
        </Notice>
        <ErrorNotice
          error={new ApiError('unreachable', '', 0, { requestId: 'req-1' })}
          safe={t('ask.safe')}
          retry={nothing}
        />
        <p>
          <AiLabel model="offline" /> <AiLabel model="example-model" />
        </p>
      </Specimen>

      <Specimen name="Cards">
        <ul className={styles.cards}>
          <RecommendationCard item={data.resource} />
        </ul>
        <ol>
          <SearchResultView result={data.found} shown={false} onShow={undefined} />
        </ol>
        <div className={styles.narrow}>
          {data.citations.map(citation => (
            <SourceCard key={citation.n} citation={citation} feedbackId={`${answered.id}:${citation.n}`} />
          ))}
        </div>
      </Specimen>

      <Specimen name="Answers">
        {[answered, silent, refused].map(
          message =>
            message.answer && (
              <AnswerView
                key={message.id}
                message={message}
                answer={message.answer}
                question={data.question}
                onAskAgain={nothing}
              />
            ),
        )}
        <AssistantMessage conversationId="" message={failed} question={data.question} onAskAgain={nothing} />
      </Specimen>

      <Specimen name="Plan">
        <TimeBar sections={data.sections} minutes={45} />
        {data.sections.map(section => (
          <SectionView key={section.key} section={section} citations={data.citations} />
        ))}
      </Specimen>

      <Specimen name="Tables and bars">
        <OutcomeBar answers={overview.answers} />
        <Gaps gaps={overview.gaps} />
        <RunProgress run={RUN} />
      </Specimen>

      <Specimen name="Empty states">
        <EmptyState>
          <p>{t('recommend.empty')}</p>
          <ExampleButton text={t('recommend.example')} onTry={nothing} />
        </EmptyState>
        <Gaps gaps={[]} />
      </Specimen>
    </main>
  );
}

function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={styles.specimen}>
      <h2 className={styles.name} lang="en" dir="ltr">
        {name}
      </h2>
      {children}
    </section>
  );
}
