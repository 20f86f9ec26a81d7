import { notFound } from 'next/navigation'
import { phaseOn } from '#campaign/run.ts'
import { formatDay } from '#components/format.ts'
import { Form } from '../../../../form.tsx'
import { asManager, today as todayOf } from '../../../../guard.ts'
import { runsTexts } from '../../../../runs-texts.ts'
import { end } from '../../actions.ts'
import { seenField } from '../../run-fields.ts'
import { runsFromStore } from '../../runs-page.ts'

/** Asks once more before a run ends. */
export default async function EndRunPage({ params }: { params: Promise<{ run: string }> }) {
  const { language } = await asManager()
  const t = runsTexts(language)
  const { run: id } = await params
  const today = await todayOf()
  const run = (await runsFromStore()).runs.find((candidate) => candidate.id === id)
  if (!run || phaseOn(run, today) !== 'during') notFound()
  return (
    <>
      <h1>{t('end.title', { name: run.name })}</h1>
      {run.lastDay === today ? (
        <p className="mb-6">{t('end.tonight')}</p>
      ) : (
        <>
          <p className="mb-6">{t('end.text', { last: formatDay(run.lastDay, language) })}</p>
          <Form
            action={end}
            fields={[{ name: 'run', label: '', type: 'hidden', value: run.id }, seenField(run)]}
            send={t('end.yes')}
          />
        </>
      )}
      <p className="mt-6">
        <a href="/beheer/runs">{t(run.lastDay === today ? 'form.back' : 'end.no')}</a>
      </p>
    </>
  )
}
