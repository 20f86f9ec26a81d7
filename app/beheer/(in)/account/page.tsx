import { dayOf } from '#campaign/day.ts'
import { formatDay } from '#components/format.ts'
import { systemNow } from '#server/clock.ts'
import { readEnvironment } from '#server/environment.ts'
import { management } from '#server/management/management.ts'
import { idleSince } from '#server/management/sessions.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { accountTexts } from '../../account-texts.ts'
import { Form } from '../../form.tsx'
import { headersNow, signedIn } from '../../guard.ts'
import { makeBackupCodes } from '../../second-factor-actions.ts'
import { changePassword, chooseLanguage, chooseMail, signOutElsewhere } from './actions.ts'

export default async function AccountPage() {
  const { id, name, email, role, language } = await signedIn()
  const t = accountTexts(language)
  const { signIn, store } = await management()
  const getsMail = (await store.mailReaders()).some((reader) => reader.id === id)
  const asked = await headersNow()
  const here = await signIn.api.getSession({ headers: asked })
  const used = await store.signIns.used(id, idleSince(systemNow()))
  const elsewhere = (await signIn.api.listSessions({ headers: asked })).filter(
    ({ token }) => token !== here?.session.token && used.has(token),
  )
  return (
    <>
      <h1>{t('account.title')}</h1>
      <p>{t('account.who', { name, email })}</p>
      <p>
        {t('account.role')}: {t('account.roleOf', { role })}
      </p>

      <h2>{t('account.language')}</h2>
      <Form
        quiet
        action={chooseLanguage}
        fields={[
          {
            name: 'language',
            label: t('account.language'),
            type: 'select',
            value: language,
            options: [
              { value: 'nl', text: t('account.dutch') },
              { value: 'en', text: t('account.english') },
            ],
          },
        ]}
        send={t('account.saveLanguage')}
      />

      <h2>{t('account.mailTitle')}</h2>
      {readEnvironment().SMTP_URL === undefined ? (
        <p>{t('account.mailNotSet')}</p>
      ) : (
        <Form
          quiet
          action={chooseMail}
          fields={[
            {
              name: 'mail',
              label: t('account.mail'),
              type: 'select',
              value: getsMail ? 'on' : 'off',
              options: [
                { value: 'off', text: t('account.mailOff') },
                { value: 'on', text: t('account.mailOn') },
              ],
            },
          ]}
          send={t('account.saveMail')}
        />
      )}

      <h2>{t('account.sessions')}</h2>
      <ul className="mb-4">
        <li>{t('account.here')}</li>
        {elsewhere.map(({ id, createdAt }) => (
          <li key={id}>{t('account.elsewhere', { date: formatDay(dayOf(createdAt), language) })}</li>
        ))}
      </ul>
      {elsewhere.length > 0 ? (
        <form action={signOutElsewhere}>
          <button className="button quiet">{t('account.signOutOthers')}</button>
        </form>
      ) : (
        <p>{t('account.onlyHere')}</p>
      )}

      <h2>{t('account.passwordTitle')}</h2>
      <Form
        quiet
        action={changePassword}
        fields={[
          { name: 'current', label: t('account.current'), type: 'password', autoComplete: 'current-password' },
          {
            name: 'password',
            label: t('invitation.password'),
            type: 'password',
            autoComplete: 'new-password',
            hint: t('invitation.rule', PASSWORD_LENGTH),
          },
          { name: 'again', label: t('invitation.again'), type: 'password', autoComplete: 'new-password' },
        ]}
        send={t('account.changePassword')}
      />

      <h2>{t('account.backupTitle')}</h2>
      <p className="mb-4">{t('account.backup')}</p>
      <Form
        quiet
        once
        action={makeBackupCodes}
        fields={[{ name: 'password', label: t('signIn.password'), type: 'password', autoComplete: 'off' }]}
        send={t('account.newBackup')}
      />
    </>
  )
}
