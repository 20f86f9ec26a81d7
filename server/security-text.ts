import { addDays, type CalendarDay } from '#campaign/day.ts'
import type { Content } from './content/read.ts'

/** How long what is said here holds. The standard asks for less than a year. */
const VALID_DAYS = 180

/** The internal path of the text (route.ts). It is made when it is asked for, because it says until when it holds. */
export const SECURITY_TEXT = '/files/security'

/**
 * The text of /.well-known/security.txt (RFC 9116): where to report a weakness, and until when this holds.
 * @returns the text with the status of its answer: 404 until the owner of the site is filled in
 */
export function securityText({ owner }: Pick<Content, 'owner'>, today: CalendarDay): { status: number; text: string } {
  if (!owner.filled) return { status: 404, text: 'The owner of this site is not filled in yet.\n' }
  const expires = addDays(today, VALID_DAYS)
  return {
    status: 200,
    text: `Contact: mailto:${owner.email}\nExpires: ${expires}T00:00:00Z\nPreferred-Languages: nl, en\n`,
  }
}
