import type { IncomingMessage } from 'node:http'
import { now } from './clock.ts'
import { isLoopback } from './environment.ts'

/** The header with which a test or a preview chooses the moment: an ISO 8601 date and time with its offset. */
export const MOMENT_HEADER = 'x-moment'

// Of a year that begins with 1 or 2: a calendar day has four digits of a year, in Amsterdam too.
const WITH_OFFSET = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Signs that a request came through another server, so that its sender need not be on this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Takes a chosen moment out of a request that may not choose one: where the server does not allow it, and where the
 * sender is not on this machine itself.
 */
export function refuseForeignMoment(request: IncomingMessage, allowed: boolean): void {
  const local = isLoopback(request.socket.remoteAddress ?? '') && !FORWARDED.some((name) => name in request.headers)
  if (!allowed || !local) delete request.headers[MOMENT_HEADER]
}

/** The moment at which a request is answered: the clock's, or the one its header chose where the server allows that. */
export function momentOf(chosen: string | string[] | null | undefined, allowed: boolean): Date {
  if (!allowed || typeof chosen !== 'string' || !WITH_OFFSET.test(chosen)) return now()
  const moment = new Date(chosen)
  return Number.isNaN(moment.getTime()) ? now() : moment
}
