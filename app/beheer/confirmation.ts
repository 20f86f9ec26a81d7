import { headers } from 'next/headers'
import type { Field, FormState } from '#components/manage/form.tsx'
import { now } from '#server/clock.ts'
import { management } from '#server/management/management.ts'
import { isConfirmed } from '#server/management/step-up.ts'
import { accountTexts, type AccountTexts } from './account-texts.ts'
import { typedIn } from './form-words.ts'
import type { Manager } from './guard.ts'
import { placeOfRequest } from './place-of-request.ts'

/** The questions with which a manager proves to be the one who signed in, before an act that decides who may come in. */
export function confirmationFields(t: AccountTexts): readonly Field[] {
  return [
    {
      name: 'ownPassword',
      label: t('confirm.password'),
      type: 'password',
      hint: t('confirm.why'),
      autoComplete: 'current-password',
    },
    { name: 'ownCode', label: t('confirm.code'), type: 'code', hint: t('confirm.codeHint') },
  ]
}

/** Whether the manager has proven it in this form; else what the form says. */
export async function refusalOfConfirmation(
  manager: Manager,
  data: FormData,
): Promise<FormState['errors'] | undefined> {
  const { ownPassword: password = '', ownCode: code = '' } = typedIn(data, 'ownPassword', 'ownCode')
  const answer = await isConfirmed(
    await management(),
    manager,
    { password, code },
    { headers: await headers(), place: await placeOfRequest(), moment: now() },
  )
  if (answer === 'yes') return undefined
  const t = accountTexts(manager.language)
  return answer === 'refused' ? { ownCode: t('confirm.refused') } : { form: t(`signIn.${answer}`) }
}
