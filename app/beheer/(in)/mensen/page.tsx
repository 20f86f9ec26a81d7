import { formatDay } from '#components/format.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../account-texts.ts'
import { Form } from '../../form.tsx'
import { asManager, today } from '../../guard.ts'
import { inviteSomebody, withdrawInvitation } from './actions.ts'

export default async function PeoplePage() {
  const manager = await asManager()
  const t = accountTexts(manager.language)
  const { store } = await management()
  const [people, invitations] = [await store.managers(), await store.invitations(await today())]
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
          const remove = isSelf ? null : <a href={`/beheer/mensen/${person.id}/verwijderen`}>{t('people.remove')}</a>
          return {
            key: person.id,
            cells: [
              isSelf ? `${person.name} (${t('people.you')})` : person.name,
              person.email,
              t('account.roleOf', { role: person.role }),
              t(person.hasSecondFactor ? 'people.yes' : 'people.notYet'),
              remove,
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
            <form action={withdrawInvitation}>
              <input type="hidden" name="email" value={email} />
              <button className="button quiet">{t('people.withdraw')}</button>
            </form>
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
        ]}
        send={t('people.invite')}
      />
      <h2>{t('people.renew')}</h2>
      <p>{t('people.renewText')}</p>
    </>
  )
}
