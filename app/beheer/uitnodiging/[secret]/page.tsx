import { management } from '#server/management/management.ts'
import { invitationOf } from '#server/management/people.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { accountTexts } from '../../account-texts.ts'
import { Form } from '../../form.tsx'
import { languageNow, today } from '../../guard.ts'
import { OutsideFrame } from '../../outside-frame.tsx'
import { chooseFirstPassword } from '../../sign-in-actions.ts'

export default async function InvitationPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const t = accountTexts(await languageNow())
  const invitation = await invitationOf(await management(), secret, await today())
  if (!invitation) {
    return (
      <OutsideFrame title={t('invitation.goneTitle')}>
        <p>{t('invitation.gone')}</p>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title={t('invitation.title', { name: invitation.name })}>
      <p>{t('invitation.lead')}</p>
      <p className="mt-4 mb-8">
        {t('invitation.role', { role: invitation.role })} {t('invitation.email')}: {invitation.email}
      </p>
      <Form
        action={chooseFirstPassword}
        fields={[
          { name: 'secret', label: '', type: 'hidden', value: secret },
          {
            name: 'password',
            label: t('invitation.password'),
            type: 'password',
            autoComplete: 'new-password',
            hint: t('invitation.rule', PASSWORD_LENGTH),
          },
          { name: 'again', label: t('invitation.again'), type: 'password', autoComplete: 'new-password' },
        ]}
        send={t('invitation.send')}
      />
    </OutsideFrame>
  )
}
