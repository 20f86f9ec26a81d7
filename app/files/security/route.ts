import { addDays, dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { content } from '#server/content/content.ts'
import { securityText } from '#server/security-text.ts'

export const dynamic = 'force-dynamic'

const VALID_DAYS = 180

/** Where to report a weakness (RFC 9116). Absent until the owner of the site is filled in. */
export function GET() {
  const { owner } = content()
  if (!owner.filled)
    return new Response('The owner of this site is not filled in yet.\n', {
      status: 404,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    })
  return new Response(securityText(owner.email, addDays(dayOf(now()), VALID_DAYS)), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
}
