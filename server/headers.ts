import type { IncomingMessage, ServerResponse } from 'node:http'
import { ENTRANCE, isManagement } from './route.ts'

/** Files whose name changes with their content; everything else may stay on no device and in no cache. */
const IMMUTABLE = '/_next/static/'

/** Headers of every answer; ../docs/security.md says what each is for. */
const ALWAYS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=()',
  // Two years, the least the preload lists ask for is one (RFC 6797; hstspreload.org).
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  // Asks Brave to keep the visit out of its history (draft-sahib-httpbis-off-the-record).
  'Request-OTR': '1',
}

/** What Next tells of itself, and what it lets its own client ask for; only the management has such a client. */
const OF_THE_FRAMEWORK = /^x-(nextjs|middleware)-/i
/** What only the framework's own parts, or the host it was made for, say to each other; from outside they are never meant well. */
const INSIDE_THE_FRAMEWORK =
  /^x-(middleware|nextjs|invoke|matched|now|prerender|vercel|forwarded-host|forwarded-proto|forwarded-port)\b/
const ASKED_BY_THE_FRAMEWORK = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-url',
  'next-action',
]

/** Gives an answer its headers before the framework writes it, and keeps those of the framework out of it. */
export function guardHeaders(request: IncomingMessage, response: ServerResponse): void {
  const ofTheClient = isManagement(request.url?.split('?', 1)[0] ?? '')
  for (const name of Object.keys(request.headers)) if (INSIDE_THE_FRAMEWORK.test(name)) delete request.headers[name]
  if (!ofTheClient) for (const name of ASKED_BY_THE_FRAMEWORK) delete request.headers[name]
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value)
  // Other sites load this one file; everything else is for our own pages.
  if (request.url === `${ENTRANCE}.js`) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  const fixed = request.url?.startsWith(IMMUTABLE) ? undefined : 'no-store'
  if (fixed) response.setHeader('Cache-Control', fixed)

  const setHeader = response.setHeader.bind(response)
  response.setHeader = (name, value) => {
    const refused =
      (!ofTheClient && OF_THE_FRAMEWORK.test(name)) || (fixed !== undefined && name.toLowerCase() === 'cache-control')
    return refused ? response : setHeader(name, value)
  }
}
