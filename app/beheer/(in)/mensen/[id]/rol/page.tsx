import { notFound } from 'next/navigation'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../../../account-texts.ts'
import { confirmationFields } from '../../../../confirmation.ts'
import { Form } from '../../../../form.tsx'
import { asManager } from '../../../../guard.ts'
import { giveRole } from '../../actions.ts'

/** Says what another role means, and asks whether somebody is to have it. */
export default async function RolePage({ params }: { params: Promise<{ id: string }> }) {
  const manager = await asManager()
  const { id } = await params
  const t = accountTexts(manager.language)
  const person = await (await management()).store.accounts.find(id)
  if (!person) notFound()
  const words = { name: person.name, email: person.email, role: person.role }
  const role = person.role === 'manager' ? 'reader' : 'manager'
  return (
    <>
      <h1>{t('people.roleTitle', words)}</h1>
      <p className="mb-4">{t('people.roleText', words)}</p>
      <p className="mb-6">{t(role === 'manager' ? 'people.roleRaises' : 'people.roleLowers', words)}</p>
      <Form
        action={giveRole}
        fields={[
          { name: 'id', label: '', type: 'hidden', value: person.id },
          { name: 'role', label: '', type: 'hidden', value: role },
          ...confirmationFields(t),
        ]}
        send={t('people.roleYes', { role })}
      />
      <p className="mt-6">
        <a href="/beheer/mensen">{t('people.renewNo')}</a>
      </p>
    </>
  )
}
