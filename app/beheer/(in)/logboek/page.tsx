import { formatDay } from '#components/format.ts'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../account-texts.ts'
import { auditSentence } from '../../audit-texts.ts'
import { signedIn } from '../../guard.ts'

/** How many lines of the log are shown. */
const MOST = 200

export default async function AuditPage() {
  const { language } = await signedIn()
  const t = accountTexts(language)
  const { store } = await management()
  const lines = await store.audit(MOST)
  return (
    <>
      <h1>{t('audit.title')}</h1>
      <p>{t('audit.lead')}</p>
      {lines.length === 0 ? (
        <p>{t('audit.empty')}</p>
      ) : (
        <div className="wide mt-6" tabIndex={0} role="region" aria-label={t('audit.title')}>
          <table className="w-full">
            <thead>
              <tr>
                <th scope="col">{t('audit.day')}</th>
                <th scope="col">{t('audit.who')}</th>
                <th scope="col">{t('audit.what')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ day, manager, action, subject }, index) => (
                <tr key={lines.length - index}>
                  <td>{formatDay(day, language)}</td>
                  <td>{manager}</td>
                  <td>{auditSentence(language, action, subject)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="mt-4 text-soft">{t('audit.last', { count: MOST })}</p>
    </>
  )
}
