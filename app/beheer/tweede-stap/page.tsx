import { redirect } from 'next/navigation'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../account-texts.ts'
import { Form } from '../form.tsx'
import { halfSignedIn } from '../guard.ts'
import { OutsideFrame } from '../outside-frame.tsx'
import { beginSecondFactor, finishSecondFactor } from '../second-factor-actions.ts'

/** Sets up a second factor: its secret is shown once, and proven with a code of the app, also on a later visit. */
export default async function SecondFactorPage() {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  if (manager.hasSecondFactor) redirect('/beheer')
  const t = accountTexts(manager.language)
  const { store } = await management()
  return (
    <OutsideFrame title={t('secondFactor.title')}>
      <p className="mb-8">{t('secondFactor.lead')}</p>
      <Form
        once
        action={beginSecondFactor}
        fields={[
          { name: 'password', label: t('secondFactor.password'), type: 'password', autoComplete: 'current-password' },
        ]}
        send={t('secondFactor.begin')}
      />
      {(await store.accounts.hasSecondFactor(manager.id)) ? (
        <section>
          <h2>{t('secondFactor.code')}</h2>
          <p className="mb-4">{t('secondFactor.again')}</p>
          <Form
            action={finishSecondFactor}
            fields={[{ name: 'code', label: t('code.code'), type: 'code', inputMode: 'numeric' }]}
            send={t('secondFactor.finish')}
          />
        </section>
      ) : null}
    </OutsideFrame>
  )
}
