import { confirmationFields } from '../../../../confirmation.ts'
import { Form } from '../../../../form.tsx'
import { giveRole } from '../../actions.ts'
import { personOf } from '../person.ts'

/** Says what another role means, and asks whether somebody is to have it. */
export default async function RolePage({ params }: { params: Promise<{ id: string }> }) {
  const { person, words, t } = await personOf(params)
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
