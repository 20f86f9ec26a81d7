'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import { dayOf } from '#campaign/day.ts'
import type { FormState } from '#components/manage/form.tsx'
import { now, systemNow } from '#server/clock.ts'
import { readEnvironment } from '#server/environment.ts'
import { tellByMail } from '#server/management/account-mail.ts'
import { management } from '#server/management/management.ts'
import { renewCodes, renewHash } from '#server/management/outdated-secrets.ts'
import { acceptInvitation } from '#server/management/people.ts'
import { hashOfRecoveryCode } from '#server/management/recovery-codes.ts'
import { endSession, forgetWhatIsOver } from '#server/management/sessions.ts'
import { PASSWORD_LENGTH } from '#server/management/sign-in.ts'
import { codeOfApp } from '#server/management/step-up.ts'
import { forgetTries, isFirstUse, knowPlace, mayTry } from '#server/management/tries.ts'
import { MANAGEMENT } from '#server/route.ts'
import { accountTexts } from './account-texts.ts'
import { typedIn } from './form-words.ts'
import { languageNow, sessionNow, today } from './guard.ts'
import { onceApart } from './once.ts'
import { keepDevice, placeOfRequest } from './place-of-request.ts'

/** The first step: address and password. */
export async function signIn(_before: FormState, data: FormData): Promise<FormState> {
  const t = accountTexts(await languageNow())
  const { email = '', password = '' } = typedIn(data, 'email', 'password')
  const address = email.trim().toLowerCase()
  const here = await management()
  const [place, moment] = [await placeOfRequest(), now()]
  const fail = async (kind: 'wrong-password' | 'closed') =>
    here.store.auditLog.countFailure(dayOf(moment), (await here.store.accounts.withAddress(address))?.id ?? '', kind)
  const tries = await mayTry(here, 'password', address, place, moment)
  if (tries !== 'may') {
    await fail('closed')
    return { values: { email }, errors: { form: t(`signIn.${tries}`) } }
  }
  const before = await sessionNow()
  let next: string
  try {
    const answer = await here.signIn.api.signInEmail({ body: { email: address, password }, headers: await headers() })
    next = 'twoFactorRedirect' in answer ? '/code' : '/tweede-stap'
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await fail('wrong-password')
    return { values: { email }, errors: { form: t('signIn.refused') } }
  }
  await forgetTries(here, 'password', address, place, moment)
  // The browser has forgotten the session that it had.
  if (before) await endSession(here, before.session.token)
  const account = await here.store.accounts.withAddress(address)
  if (account) await renewHash(here, account.id, password)
  redirect(`${MANAGEMENT}${next}`)
}

/** The second step: the code of the app, or one that was kept for when the telephone is gone. */
export const enterCode = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const t = accountTexts(await languageNow())
  const { code: typed = '' } = typedIn(data, 'code')
  const here = await management()
  const { signIn: library, store, keyed } = here
  const account = await accountOfChallenge()
  if (!account) return { errors: { code: t('code.gone') } }
  const [place, moment] = [await placeOfRequest(), now()]
  const fail = (kind: 'wrong-code' | 'closed') => store.auditLog.countFailure(dayOf(moment), account.id, kind)
  const tries = await mayTry(here, 'code', account.email, place, moment)
  if (tries !== 'may') {
    await fail('closed')
    return { errors: { code: t(tries === 'wait' ? 'code.wait' : 'signIn.closed') } }
  }
  const code = codeOfApp(typed)
  try {
    const { token } =
      code === undefined
        ? await library.api.verifyBackupCode({
            body: { code: hashOfRecoveryCode(keyed, typed) },
            headers: await headers(),
          })
        : await library.api.verifyTOTP({ body: { code }, headers: await headers() })
    if (!token || (code !== undefined && !(await isFirstUse(store, account.id, code, await today())))) {
      if (token) await endSession(here, token)
      await fail('wrong-code')
      return { errors: { code: t('code.refused') } }
    }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await fail('wrong-code')
    const reason = error.body?.code
    return {
      errors: {
        code: t(
          reason === 'INVALID_TWO_FACTOR_COOKIE'
            ? 'code.gone'
            : reason === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'
              ? 'code.locked'
              : 'code.refused',
        ),
      },
    }
  }
  await forgetTries(here, 'code', account.email, place, moment)
  const day = await today()
  if (code === undefined) await store.record({ day, by: account, action: 'recovery-code-used', subject: '' })
  await store.record({ day, by: account, action: 'signed-in', subject: '' })
  await renewCodes(here, account.id)
  await forgetWhatIsOver(here, systemNow(), dayOf(moment))
  await keepDevice(await knowPlace(here, account, place, moment))
  redirect((await store.keptForms.find(account.id, dayOf(moment)))?.place ?? MANAGEMENT)
})

/** Uses an invitation, and signs in at once to set up the second step. */
export const chooseFirstPassword = onceApart(
  'plain',
  async (_before: FormState, data: FormData): Promise<FormState> => {
    const { secret = '', password = '', again = '' } = typedIn(data, 'secret', 'password', 'again')
    const t = accountTexts(await languageNow())
    if (password !== again) return { errors: { again: t('invitation.different') } }
    const here = await management()
    const before = await sessionNow()
    const day = await today()
    const accepted = await acceptInvitation(here, secret, password, day)
    switch (accepted) {
      case 'gone':
        return { errors: { form: t('invitation.gone') } }
      case 'short':
      case 'long':
      case 'easy':
        return { errors: { password: t(`invitation.${accepted}`, PASSWORD_LENGTH) } }
      default:
        await here.signIn.api.signInEmail({ body: { email: accepted.email, password }, headers: await headers() })
        if (before) await endSession(here, before.session.token)
        if (accepted.isRenewed) void tellByMail(here, readEnvironment(), 'renewed', accepted, accepted, day)
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

/** The account whose password was given in this browser, and whose code is still to come. The library checks the signature of the cookie. */
async function accountOfChallenge() {
  const { signIn: library, store } = await management()
  const { name } = (await library.$context).createAuthCookie('two_factor')
  const [identifier] = ((await cookies()).get(name)?.value ?? '').split('.')
  const id = await store.signIns.accountOfChallenge(identifier ?? '')
  return id === undefined ? undefined : store.accounts.find(id)
}
