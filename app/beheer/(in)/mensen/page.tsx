import { formatDay } from '#components/format.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../account-texts.ts'
import { confirmationFields } from '../../confirmation.ts'
import { Form } from '../../form.tsx'
import { asManager, today } from '../../guard.ts'
import { inviteSomebody, withdrawInvitation } from './actions.ts'

export default async function PeoplePage() {
  const manager = await asManager()
  const t = accountTexts(manager.language)
  const { accounts } = (await management()).store
  const [people, invitations] = [await accounts.all(), await accounts.invitations(await today())]
  const roles = [
    { value: 'reader', text: t('account.roleOf', { role: 'reader' }) },
    { value: 'manager', text: t('account.roleOf', { role: 'manager' }) },
  ]
  return (
    <>
      <h1>{t('people.title')}</h1>
      <p className="mb-6">{t('people.lead')}</p>
      <ScrollTable
        label={t('people.title')}
        head={[t('people.name'), t('people.email'), t('people.role'), t('people.secondFactor'), '']}
        rows={people.map((person) => {
          const isSelf = person.id === manager.id
          const acts = (
            <span className="flex flex-wrap gap-x-4">
              <a href={`/beheer/mensen/${person.id}/vernieuwen`}>{t('people.renew')}</a>
              <a href={`/beheer/mensen/${person.id}/rol`}>{t('people.changeRole')}</a>
              {isSelf ? null : <a href={`/beheer/mensen/${person.id}/verwijderen`}>{t('people.remove')}</a>}
            </span>
          )
          return {
            key: person.id,
            cells: [
              isSelf ? `${person.name} (${t('people.you')})` : person.name,
              person.email,
              t('account.roleOf', { role: person.role }),
              t(person.hasSecondFactor ? 'people.yes' : 'people.notYet'),
              acts,
            ],
          }
        })}
      />

      <h2>{t('people.open')}</h2>
      {invitations.length === 0 ? <p>{t('people.noOpen')}</p> : null}
      <ul className="grid gap-2">
        {invitations.map(({ email, name, lastDay }) => (
          <li key={email} className="flex flex-wrap items-center gap-4">
            <span>
              {name}, {email}, {t('people.until', { date: formatDay(lastDay, manager.language) })}
            </span>
            <Form
              quiet
              action={withdrawInvitation}
              fields={[{ name: 'email', label: '', type: 'hidden', value: email }]}
              send={t('people.withdraw')}
            />
          </li>
        ))}
      </ul>

      <h2>{t('people.inviteTitle')}</h2>
      <Form
        action={inviteSomebody}
        fields={[
          { name: 'name', label: t('people.name'), autoComplete: 'off' },
          { name: 'email', label: t('people.email'), type: 'email', autoComplete: 'off' },
          { name: 'role', label: t('people.role'), type: 'select', options: roles },
          ...confirmationFields(t),
        ]}
        send={t('people.invite')}
      />
    </>
  )
}
