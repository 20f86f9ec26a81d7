import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { dayOf, type CalendarDay } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { readEnvironment } from '#server/environment.ts'
import { management } from '#server/management/management.ts'
import { sessionOf } from '#server/management/sessions.ts'
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
export const sessionNow = cache(async () => sessionOf(await management(), await headers(), now()))

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

/** Who is signed in; everybody else is sent to sign in, or to set up a second factor. */
export async function signedIn(): Promise<Manager> {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  if (!manager.hasSecondFactor) redirect('/beheer/tweede-stap')
  return manager
}

/** Who is signed in and may change things; a reader is refused. */
export async function asManager(): Promise<Manager> {
  const manager = await signedIn()
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
