import { redirect } from 'next/navigation'
import { Form } from '#components/manage/form.tsx'
import { accountTexts } from '../account-texts.ts'
import { halfSignedIn } from '../guard.ts'
import { OutsideFrame } from '../outside-frame.tsx'
import { beginSecondFactor } from '../second-factor-actions.tsx'

export default async function SecondFactorPage() {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  if (manager.hasSecondFactor) redirect('/beheer')
  const t = accountTexts(manager.language)
  return (
    <OutsideFrame title={t('secondFactor.title')}>
      <p className="mb-8">{t('secondFactor.lead')}</p>
      <Form once action={beginSecondFactor} fields={[{ name: 'password', label: t('secondFactor.password'), type: 'password', autoComplete: 'current-password' }]} send={t('secondFactor.begin')} />
    </OutsideFrame>
  )
}
