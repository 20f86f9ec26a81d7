import { formatDay } from '#components/format.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
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
      <p className="mb-6">{t('audit.lead')}</p>
      {lines.length === 0 ? (
        <p>{t('audit.empty')}</p>
      ) : (
        <ScrollTable
          label={t('audit.title')}
          head={[t('audit.day'), t('audit.who'), t('audit.what')]}
          rows={lines.map(({ day, manager, action, subject }, index) => ({
            key: String(lines.length - index),
            cells: [formatDay(day, language), manager, auditSentence(language, action, subject)],
          }))}
        />
      )}
      <p className="mt-4 text-soft">{t('audit.last', { count: MOST })}</p>
    </>
  )
}
