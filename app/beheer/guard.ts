import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { dayOf, type CalendarDay } from '#campaign/day.ts'
import { now, systemNow } from '#server/clock.ts'
import { readEnvironment } from '#server/environment.ts'
import { management, type Management } from '#server/management/management.ts'
import { sessionOf, tokenIn } from '#server/management/sessions.ts'
import { keepTyped } from '#server/management/typed-form.ts'
import { MOMENT_HEADER, momentOf } from '#server/moment.ts'

/** Who is signed in. */
export interface Manager {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'manager' | 'reader'
  readonly language: 'nl' | 'en'
}

/** The session of this request. */
export const sessionNow = cache(async () => {
  const here = await management()
  return sessionOf(here, await headersNow(), await sessionToken(here), systemNow())
})

/** The headers of this request, with the cookies that a form of it has set: its page is made in the same answer. */
export async function headersNow(): Promise<Headers> {
  const asked = new Headers(await headers())
  asked.set('cookie', (await cookies()).toString())
  return asked
}

/** The token in the cookie of the session, also of one that is over. */
async function sessionToken({ signIn }: Management): Promise<string> {
  const { authCookies } = await signIn.$context
  return tokenIn((await cookies()).get(authCookies.sessionToken.name)?.value)
}

/** Who signed in with a password, and whether a second factor is set up; nobody may see more than how to set it up without one. */
export async function halfSignedIn(): Promise<(Manager & { readonly hasSecondFactor: boolean }) | undefined> {
  const session = await sessionNow()
  if (!session) return undefined
  const { id, name, email, role, language, twoFactorEnabled } = session.user
  return {
    id,
    name,
    email,
    role: role === 'manager' ? 'manager' : 'reader',
    language: language === 'en' ? 'en' : 'nl',
    hasSecondFactor: twoFactorEnabled === true,
  }
}

/**
 * Who is signed in; everybody else is sent to sign in, or to set up a second factor.
 * @param sent a form that was sent: what was typed into it is kept when the sign-in has ended, and stands in it after the next one
 */
export async function signedIn(sent?: FormData): Promise<Manager> {
  const manager = await halfSignedIn()
  if (sent) {
    const here = await management()
    if (manager) await here.store.keptForms.forget(manager.id)
    else await keepTyped(here, await sessionToken(here), sent, dayOf(now()))
  }
  if (!manager) redirect('/beheer/aanmelden')
  if (!manager.hasSecondFactor) redirect('/beheer/tweede-stap')
  return manager
}

/** Who is signed in and may change things; a reader is refused. @param sent as for `signedIn` */
export async function asManager(sent?: FormData): Promise<Manager> {
  const manager = await signedIn(sent)
  if (manager.role !== 'manager') {
    await (await management()).store.auditLog.countFailure(await today(), manager.id, 'refused')
    forbidden()
  }
  return manager
}

/** The language of who looks; Dutch before somebody signed in. */
export async function languageNow(): Promise<'nl' | 'en'> {
  return (await halfSignedIn())?.language ?? 'nl'
}

/** The moment of this request. */
export async function moment(): Promise<Date> {
  return momentOf((await headers()).get(MOMENT_HEADER), readEnvironment().FIXED_MOMENT === 'on')
}

/** The day of this request. */
export async function today(): Promise<CalendarDay> {
  return dayOf(await moment())
}
