import { useTranslation } from 'react-i18next';
import { useClassRows } from '../api/accounts.ts';
import { useFormat } from '../language/use-format.ts';
import { QueryView } from '../ui/query-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import pageStyles from './overview-page.module.css';
import styles from './table.module.css';

/** The classes of the organisation, to look at: their teachers look after them. */
export function ClassTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const classes = useClassRows();
  return (
    <section className={pageStyles.question}>
      <h2>{t('admin.users.classes')}</h2>
      <QueryView query={classes}>
        {rows =>
          rows.length === 0 ? (
            <p className={styles.hint}>{t('admin.users.noClasses')}</p>
          ) : (
            <ScrollBox>
              <table className={styles.table}>
                <caption>{t('admin.users.classesCaption')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('admin.users.class')}</th>
                    <th scope="col">{t('admin.users.teacher')}</th>
                    <th scope="col">{t('admin.users.pupils')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ id, name, teacher, pupils }) => (
                    <tr key={id}>
                      <th scope="row">
                        <bdi>{name}</bdi>
                      </th>
                      <td>
                        <bdi>{teacher}</bdi>
                      </td>
                      <td>{format.number(pupils)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }
      </QueryView>
    </section>
  );
}
