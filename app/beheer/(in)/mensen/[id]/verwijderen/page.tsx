import { notFound } from 'next/navigation'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../../../account-texts.ts'
import { Form } from '../../../../form.tsx'
import { asManager } from '../../../../guard.ts'
import { removeSomebody } from '../../actions.ts'

export default async function RemovePage({ params }: { params: Promise<{ id: string }> }) {
  const manager = await asManager()
  const { id } = await params
  const t = accountTexts(manager.language)
  const { store } = await management()
  const person = (await store.managers()).find((candidate) => candidate.id === id)
  if (!person) notFound()
  return (
    <>
      <h1>{t('people.removeTitle', { name: person.name })}</h1>
      <p className="mb-6">{t('people.removeText', { name: person.name })}</p>
      <Form
        action={removeSomebody}
        fields={[{ name: 'id', label: '', type: 'hidden', value: person.id }]}
        send={t('people.removeYes')}
      />
      <p className="mt-6">
        <a href="/beheer/mensen">{t('people.removeNo')}</a>
      </p>
    </>
  )
}
