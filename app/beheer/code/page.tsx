import { accountTexts } from '../account-texts.ts'
import { Form } from '../form.tsx'
import { languageNow } from '../guard.ts'
import { OutsideFrame } from '../outside-frame.tsx'
import { enterCode } from '../sign-in-actions.ts'

export default async function CodePage() {
  const t = accountTexts(await languageNow())
  return (
    <OutsideFrame title={t('code.title')}>
      <p className="mb-8">{t('code.lead')}</p>
      <Form
        action={enterCode}
        fields={[{ name: 'code', label: t('code.code'), type: 'code', hint: t('code.backup') }]}
        send={t('code.send')}
      />
      <p className="mt-8">
        <a href="/beheer/aanmelden">{t('code.again')}</a>
      </p>
    </OutsideFrame>
  )
}
