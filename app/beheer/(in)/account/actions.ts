'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import type { FormState } from '#components/manage/form.tsx'
import { management } from '#server/management/management.ts'
import { passwordProblem } from '#server/management/password.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { mayTry } from '#server/management/tries.ts'
import { accountTexts } from '../../account-texts.ts'
import { typedIn } from '../../form-words.ts'
import { signedIn, today } from '../../guard.ts'
import { onceApart } from '../../once.ts'

/** Chooses the language of the management for this account. */
export const chooseLanguage = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn()
  const { store } = await management()
  await store.setLanguage(manager.id, typedIn(data, 'language').language === 'en' ? 'en' : 'nl')
  redirect('/beheer/account')
})

/** Switches the weekly mail on or off for this account. */
export const chooseMail = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn()
  const { store } = await management()
  await store.setMail(manager.id, typedIn(data, 'mail').mail === 'on')
  await store.record({ day: await today(), manager: manager.name, action: 'mail-changed', subject: '' })
  redirect('/beheer/account')
})

/** Ends every other sign-in of this account. */
export async function signOutElsewhere(): Promise<void> {
  const manager = await signedIn()
  const { signIn, store } = await management()
  await signIn.api.revokeOtherSessions({ headers: await headers() })
  await store.record({ day: await today(), manager: manager.name, action: 'signed-out-elsewhere', subject: '' })
  redirect('/beheer/account')
}

/** Gives the account another password, and ends every other sign-in of it. */
export const changePassword = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn()
  const t = accountTexts(manager.language)
  const { current = '', password = '', again = '' } = typedIn(data, 'current', 'password', 'again')
  if (password !== again) return { errors: { again: t('invitation.different') } }
  const problem = passwordProblem(password, [manager.email, manager.name])
  if (problem) return { errors: { password: t(`invitation.${problem}`, PASSWORD_LENGTH) } }
  if (!(await mayTry('change-password', manager.id))) return { errors: { form: t('signIn.wait') } }
  const { signIn, store } = await management()
  try {
    await signIn.api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers: await headers(),
    })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    return { errors: { current: t('account.wrong') } }
  }
  await store.record({ day: await today(), manager: manager.name, action: 'password-changed', subject: '' })
  return { done: { kind: 'told', text: t('account.changed') } }
})
