import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../api/accounts.ts';
import { useSession } from '../api/session.ts';
import type { ShownPassword } from '../api/types.ts';
import { QueryView } from '../ui/query-view.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useQueryParams } from '../ui/use-query-params.ts';
import { AccountRowView } from './account-row.tsx';
import pageStyles from './answers-page.module.css';
import { ClassTable } from './class-table.tsx';
import filterStyles from './filters.module.css';
import { NewAccountForm } from './new-account-form.tsx';
import { Pager, useOffset } from './pager.tsx';
import { PasswordNotice } from './password-notice.tsx';
import { ROLES } from './roles.ts';
import { WordFilter } from './word-filter.tsx';

/** Who may sign in, as what; and the classes there are. */
export function UsersPage() {
  const { t } = useTranslation();
  const { params, setParams } = useQueryParams();
  const role = ROLES.find(known => known === params.get('role'));
  const page = useAccounts({ words: params.get('words') ?? undefined, role, offset: useOffset() });
  const own = useSession().data?.account?.id;
  const [shown, setShown] = useState<ShownPassword | null>(null);
  usePageTitle(t('admin.tab.users'));
  return (
    <div className={pageStyles.page}>
      <h1>{t('admin.tab.users')}</h1>
      <NewAccountForm onAdded={setShown} />
      {shown && <PasswordNotice key={shown.password} shown={shown} onHide={() => setShown(null)} />}
      <div className={filterStyles.filters}>
        <WordFilter label={t('admin.users.words')} action={t('admin.users.search')} />
        <NativeSelect
          size="xs"
          label={t('admin.users.role')}
          value={role ?? ''}
          onChange={event => setParams({ role: event.target.value, offset: undefined })}
          data={[
            { value: '', label: t('admin.users.all') },
            ...ROLES.map(value => ({ value, label: t(`role.${value}`) })),
          ]}
        />
      </div>
      <QueryView query={page}>
        {({ accounts, total }) => (
          <>
            {accounts.length === 0 && <p className={pageStyles.meta}>{t('admin.users.none')}</p>}
            <ul>
              {accounts.map(account => (
                <AccountRowView
                  key={account.id}
                  account={account}
                  isOwn={account.id === own}
                  onPassword={setShown}
                />
              ))}
            </ul>
            <Pager total={total} />
          </>
        )}
      </QueryView>
      <ClassTable />
    </div>
  );
}
