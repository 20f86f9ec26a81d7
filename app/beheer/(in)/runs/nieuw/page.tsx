import { PLANNED } from '#campaign/run.ts'
import { Form } from '../../../form.tsx'
import { asManager } from '../../../guard.ts'
import { runsTexts } from '../../../runs-texts.ts'
import { plan } from '../actions.ts'
import { FrontTexts } from '../front-texts.tsx'
import { runFields } from '../run-fields.ts'

export default async function NewRunPage() {
  const { language } = await asManager()
  const t = runsTexts(language)
  return (
    <>
      <h1>{t('form.newTitle')}</h1>
      <p>{t('form.textsHint')}</p>
      <div className="mb-6">
        <FrontTexts t={t} language={language} texts={PLANNED} sites={['help', 'diary']} />
      </div>
      <Form
        action={plan}
        fields={runFields(t, language, { sites: 'both', visitors: 'standard' }, 'before')}
        send={t('form.plan')}
      />
      <p className="mt-6">
        <a href="/beheer/runs">{t('form.back')}</a>
      </p>
    </>
  )
}
