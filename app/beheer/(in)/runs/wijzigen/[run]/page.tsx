import { notFound } from 'next/navigation'
import { canBeRemoved } from '#campaign/plan.ts'
import { phaseOn } from '#campaign/run.ts'
import { typedOf } from '#server/management/planning.ts'
import { Form } from '../../../../form.tsx'
import { asManager, today as todayOf } from '../../../../guard.ts'
import { runsTexts } from '../../../../runs-texts.ts'
import { change, remove } from '../../actions.ts'
import { runFields, seenField } from '../../run-fields.ts'
import { runsFromStore } from '../../runs-page.ts'

export default async function ChangeRunPage({ params }: { params: Promise<{ run: string }> }) {
  const { language } = await asManager()
  const t = runsTexts(language)
  const { run: id } = await params
  const today = await todayOf()
  const run = (await runsFromStore()).runs.find((candidate) => candidate.id === id)
  if (!run || phaseOn(run, today) === 'after') notFound()
  const phase = phaseOn(run, today)
  const itself = { name: 'run', label: '', type: 'hidden', value: run.id } as const
  return (
    <>
      <h1>{t('form.changeTitle', { name: run.name })}</h1>
      <p className="mb-6">{t(phase === 'during' ? 'form.fixed' : 'form.textsHint')}</p>
      <Form
        action={change}
        fields={[itself, seenField(run), ...runFields(t, language, typedOf(run), phase)]}
        send={t('form.change')}
      />
      {canBeRemoved(run, today) ? (
        <>
          <h2>{t('form.removeTitle')}</h2>
          <p className="mb-4">{t('form.removeText')}</p>
          <Form quiet action={remove} fields={[itself, seenField(run)]} send={t('form.remove', { name: run.name })} />
        </>
      ) : null}
      <p className="mt-6">
        <a href="/beheer/runs">{t('form.back')}</a>
      </p>
    </>
  )
}
