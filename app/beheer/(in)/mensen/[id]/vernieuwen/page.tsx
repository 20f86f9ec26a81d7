import { confirmationFields } from '../../../../confirmation.ts'
import { Form } from '../../../../form.tsx'
import { renewSomebody } from '../../actions.ts'
import { personOf } from '../person.ts'

interface Props {
  readonly params: Promise<{ id: string }>
  /** `bekend`: the manager meant to invite somebody new. */
  readonly searchParams: Promise<{ bekend?: string | string[] }>
}

/** Says what somebody loses who begins anew, and asks whether they are to. */
export default async function RenewPage({ params, searchParams }: Props) {
  const { person, words, t } = await personOf(params)
  return (
    <>
      <h1>{t('people.renewTitle', words)}</h1>
      {(await searchParams).bekend === undefined ? null : (
        <p role="alert" className="note mb-4 font-bold">
          {t('people.known', words)}
        </p>
      )}
      <p className="mb-4">{t('people.renewText', words)}</p>
      <p className="mb-6">{t('people.renewLoses', words)}</p>
      <Form
        once
        action={renewSomebody}
        fields={[{ name: 'id', label: '', type: 'hidden', value: person.id }, ...confirmationFields(t)]}
        send={t('people.renewYes')}
      />
      <p className="mt-6">
        <a href="/beheer/mensen">{t('people.renewNo')}</a>
      </p>
    </>
  )
}
