import { management } from '#server/management/management.ts'
import { confirmationFields } from '../../../../confirmation.ts'
import { Form } from '../../../../form.tsx'
import { today } from '../../../../guard.ts'
import { removeSomebody } from '../../actions.ts'
import { personOf } from '../person.ts'

/** Says what goes with an account, and asks whether it is to be removed. */
export default async function RemovePage({ params }: { params: Promise<{ id: string }> }) {
  const { person, words, t } = await personOf(params)
  const invitations = await (await management()).store.accounts.goingWith(person.id, await today())
  return (
    <>
      <h1>{t('people.removeTitle', words)}</h1>
      <p className="mb-4">{t('people.removeText', words)}</p>
      {invitations.length === 0 ? (
        <p className="mb-6">{t('people.removeGoesNone', words)}</p>
      ) : (
        <>
          <p>{t('people.removeGoes')}</p>
          <ul className="mb-6 list-disc ps-6">
            {invitations.map(({ email, name }) => (
              <li key={email}>
                {name}, {email}
              </li>
            ))}
          </ul>
        </>
      )}
      <Form
        action={removeSomebody}
        fields={[{ name: 'id', label: '', type: 'hidden', value: person.id }, ...confirmationFields(t)]}
        send={t('people.removeYes')}
      />
      <p className="mt-6">
        <a href="/beheer/mensen">{t('people.removeNo')}</a>
      </p>
    </>
  )
}
