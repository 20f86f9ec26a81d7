import { notFound } from 'next/navigation'
import { Form } from '#components/manage/form.tsx'
import { management } from '#server/management/management.ts'
import { isShared } from '#server/management/shared-letters.ts'
import { languageNow, today } from '#app/beheer/guard.ts'
import { OutsideFrame } from '#app/beheer/outside-frame.tsx'
import { totalsTexts } from '#app/beheer/totals-texts.ts'
import { openShared } from './actions.ts'

/** A sheet for a colleague without an account: first its password. */
export default async function SharedPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const t = totalsTexts(await languageNow())
  if (!(await isShared(await management(), secret, await today()))) notFound()
  return (
    <OutsideFrame title={t('share.enterTitle')}>
      <p className="no-print mb-6">{t('share.enterLead')}</p>
      <Form
        action={openShared}
        fields={[
          { name: 'secret', label: '', type: 'hidden', value: secret },
          { name: 'password', label: t('share.enterPassword'), type: 'password', autoComplete: 'off' },
        ]}
        send={t('share.enter')}
        once
      />
    </OutsideFrame>
  )
}
