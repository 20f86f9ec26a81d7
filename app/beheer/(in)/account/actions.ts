'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import { dayOf } from '#campaign/day.ts'
import type { FormState } from '#components/manage/form.tsx'
import { now } from '#server/clock.ts'
import { management } from '#server/management/management.ts'
import { passwordProblem } from '#server/management/password.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { forgetTries, knowPlace, mayTry } from '#server/management/tries.ts'
import { accountTexts } from '../../account-texts.ts'
import { typedIn } from '../../form-words.ts'
import { signedIn, today } from '../../guard.ts'
import { onceApart } from '../../once.ts'
import { keepDevice, placeOfRequest } from '../../place-of-request.ts'

/** Chooses the language of the management for this account. */
export const chooseLanguage = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn(data)
  const { store } = await management()
  await store.accounts.setLanguage(manager.id, typedIn(data, 'language').language === 'en' ? 'en' : 'nl')
  redirect('/beheer/account')
})

/** Switches the weekly mail on or off for this account. */
export const chooseMail = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn(data)
  const { store } = await management()
  const wanted = typedIn(data, 'mail').mail === 'on'
  if (await store.setMail(manager.id, wanted))
    await store.record({ day: await today(), by: manager, action: wanted ? 'mail-on' : 'mail-off', subject: '' })
  redirect('/beheer/account')
})

/** Ends every other sign-in of this account. */
export async function signOutElsewhere(): Promise<void> {
  const manager = await signedIn()
  const { signIn, store } = await management()
  const asked = await headers()
  const { length } = await signIn.api.listSessions({ headers: asked })
  await signIn.api.revokeOtherSessions({ headers: asked })
  await store.signIns.endChallenges(manager.id)
  if (length > 1) await store.record({ day: await today(), by: manager, action: 'signed-out-elsewhere', subject: '' })
  redirect('/beheer/account')
}

/** Gives the account another password, and ends every other sign-in of it. */
export const changePassword = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn(data)
  const t = accountTexts(manager.language)
  const { current = '', password = '', again = '' } = typedIn(data, 'current', 'password', 'again')
  if (password !== again) return { errors: { again: t('invitation.different') } }
  const problem = passwordProblem(password, [manager.email, manager.name])
  if (problem) return { errors: { password: t(`invitation.${problem}`, PASSWORD_LENGTH) } }
  const here = await management()
  const { signIn, store } = here
  const [place, moment] = [await placeOfRequest(), now()]
  const tries = await mayTry(here, 'own password', manager.email, place, moment)
  if (tries !== 'may') return { errors: { form: t(`signIn.${tries}`) } }
  try {
    await signIn.api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers: await headers(),
    })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await store.auditLog.countFailure(dayOf(moment), manager.id, 'wrong-confirmation')
    return { errors: { current: t('account.wrong') } }
  }
  // Whoever knew the old password has half a sign-in, or a device with tries of its own.
  await store.signIns.endChallenges(manager.id)
  await store.knownPlaces.forgetAll(manager.id)
  await keepDevice(await knowPlace(here, manager, place, moment))
  await forgetTries(here, 'own password', manager.email, place, moment)
  await store.record({ day: await today(), by: manager, action: 'password-changed', subject: '' })
  return { done: { kind: 'told', text: t('account.changed') } }
})
