'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import type { FormState } from '#components/manage/form.tsx'
import { acceptInvitation } from '#server/management/people.ts'
import { management } from '#server/management/management.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { forgetTries, isFirstUse, mayTry } from '#server/management/tries.ts'
import { MANAGEMENT } from '#server/route.ts'
import { accountTexts } from './account-texts.ts'
import { typedIn } from './form-words.ts'
import { languageNow, today } from './guard.ts'
import { onceApart } from './once.ts'

/** The first step: address and password. */
export async function signIn(_before: FormState, data: FormData): Promise<FormState> {
  const t = accountTexts(await languageNow())
  const { email = '', password = '' } = typedIn(data, 'email', 'password')
  const address = email.trim().toLowerCase()
  if (!(await mayTry('password', address))) return { values: { email }, errors: { form: t('signIn.wait') } }
  const { signIn: library } = await management()
  let next: string
  try {
    const answer = await library.api.signInEmail({ body: { email: address, password }, headers: await headers() })
    next = 'twoFactorRedirect' in answer ? '/code' : '/tweede-stap'
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    return { values: { email }, errors: { form: t('signIn.refused') } }
  }
  await forgetTries('password', address)
  redirect(`${MANAGEMENT}${next}`)
}

/** The second step: the code of the app, or one that was kept for when the telephone is gone. */
export const enterCode = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const t = accountTexts(await languageNow())
  const code = (typedIn(data, 'code').code ?? '').replace(/\s/g, '')
  const { signIn: library, store } = await management()
  try {
    const call = { body: { code }, headers: await headers() }
    const { user, token } = /^\d{6}$/.test(code)
      ? await library.api.verifyTOTP(call)
      : await library.api.verifyBackupCode(call)
    if (!token || !(await isFirstUse(store, user.id, code, await today()))) {
      if (token) await (await library.$context).internalAdapter.deleteSession(token)
      return { errors: { code: t('code.refused') } }
    }
    await store.record({ day: await today(), manager: user.name, action: 'signed-in', subject: '' })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const reason = error.body?.code
    return {
      errors: {
        code: t(
          reason === 'INVALID_TWO_FACTOR_COOKIE'
            ? 'code.gone'
            : reason === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE' || reason === 'ACCOUNT_TEMPORARILY_LOCKED'
              ? 'code.locked'
              : 'code.refused',
        ),
      },
    }
  }
  redirect(MANAGEMENT)
})

/** Uses an invitation, and signs in at once to set up the second step. */
export const chooseFirstPassword = onceApart(
  'plain',
  async (_before: FormState, data: FormData): Promise<FormState> => {
    const { secret = '', password = '', again = '' } = typedIn(data, 'secret', 'password', 'again')
    const t = accountTexts(await languageNow())
    if (password !== again) return { errors: { again: t('invitation.different') } }
    const here = await management()
    const accepted = await acceptInvitation(here, secret, password, await today())
    switch (accepted) {
      case 'gone':
        return { errors: { form: t('invitation.gone') } }
      case 'short':
      case 'long':
      case 'easy':
        return { errors: { password: t(`invitation.${accepted}`, PASSWORD_LENGTH) } }
      default:
        await here.signIn.api.signInEmail({ body: { email: accepted.email, password }, headers: await headers() })
        redirect(`${MANAGEMENT}/tweede-stap`)
    }
  },
)

/** Signs out of this browser. */
export async function signOut(): Promise<void> {
  const { signIn: library } = await management()
  await library.api.signOut({ headers: await headers() })
  redirect(`${MANAGEMENT}/aanmelden`)
}
