import { Form } from '#components/manage/form.tsx'
import { accountTexts } from '../account-texts.ts'
import { languageNow } from '../guard.ts'
import { OutsideFrame } from '../outside-frame.tsx'
import { signIn } from '../sign-in-actions.ts'

export default async function SignInPage() {
  const t = accountTexts(await languageNow())
  return (
    <OutsideFrame title={t('signIn.title')}>
      <p>
        {t('signIn.lead')} <a href="/">{t('signIn.help')}</a>
      </p>
      <p className="mt-4 mb-8">{t('signIn.untilMidnight')}</p>
      <Form
        action={signIn}
        fields={[
          { name: 'email', label: t('signIn.email'), type: 'email', autoComplete: 'username' },
          { name: 'password', label: t('signIn.password'), type: 'password', autoComplete: 'current-password' },
        ]}
        send={t('signIn.send')}
      />
    </OutsideFrame>
  )
}
