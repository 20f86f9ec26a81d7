import { addDays, dayOf, startOf, type CalendarDay } from '#campaign/day.ts'
import { minutesAfter, type Minute } from '#store/minute.ts'
import type { Management } from './management.ts'

/** How long a session may go unused: the most that OWASP advises (Session Management Cheat Sheet). Unit: minutes. */
const IDLE_MINUTES = 30

/** Since when a session must have been used to go on at a moment. */
export function idleSince(moment: Date): Minute {
  return minutesAfter(moment, -IDLE_MINUTES)
}

/** The token in the cookie of a session. @param cookie its value: the token and its signature */
export function tokenIn(cookie: string | undefined): string {
  return cookie?.split('.')[0] ?? ''
}

/**
 * The session that a request has, with its account, and notes that it is used. One that was not used for half an hour is over.
 * @param moment by the clock of the machine (`systemNow`)
 */
export async function sessionOf({ signIn, store }: Management, headers: Headers, token: string, moment: Date) {
  if (!(await store.signIns.use(token, moment, idleSince(moment)))) return null
  return signIn.api.getSession({ headers })
}

/** Ends a session, for example the one that a browser had before another one began in it. */
export async function endSession({ signIn }: Pick<Management, 'signIn'>, token: string): Promise<void> {
  await (await signIn.$context).internalAdapter.deleteSession(token)
}

/** Deletes the sessions that were over a day ago, and what was typed on a day before: nobody comes back to it. */
export async function forgetWhatIsOver(
  { store }: Pick<Management, 'store'>,
  moment: Date,
  today: CalendarDay,
): Promise<void> {
  await store.signIns.sweep(startOf(addDays(dayOf(moment), -1)))
  await store.keptForms.sweep(today)
}
