import { dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { content } from '#server/content/content.ts'
import { securityText } from '#server/security-text.ts'

export const dynamic = 'force-dynamic'

/** Where to report a weakness, where Next serves the readers too. */
export function GET() {
  const { status, text } = securityText(content(), dayOf(now()))
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
