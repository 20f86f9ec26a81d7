import type { CalendarDay } from '#campaign/day.ts'

/**
 * The text of /.well-known/security.txt (RFC 9116): where to report a weakness, and until when this holds. The standard
 * asks for less than a year.
 */
export function securityText(email: string, expires: CalendarDay): string {
  return `Contact: mailto:${email}\nExpires: ${expires}T00:00:00Z\nPreferred-Languages: nl, en\n`
}
