import { minuteOf, minutesAfter } from '#store/minute.ts'
import type { Management } from './management.ts'

/** How long a session may go unused: the most that OWASP advises (Session Management Cheat Sheet). Unit: minutes. */
export const IDLE_MINUTES = 30

/** The session that a request has, with its account, and notes that it is used. One that was not used for half an hour is over, and ended. */
export async function sessionOf(management: Management, headers: Headers, moment: Date) {
  const { signIn, store } = management
  const session = await signIn.api.getSession({ headers })
  if (!session) return null
  const { token } = session.session
  if (await store.signIns.use(token, minuteOf(moment), minutesAfter(moment, -IDLE_MINUTES))) return session
  await endSession(management, token)
  return null
}

/** Ends a session, for example the one that a browser had before another one began in it. */
export async function endSession({ signIn }: Management, token: string): Promise<void> {
  await (await signIn.$context).internalAdapter.deleteSession(token)
}
