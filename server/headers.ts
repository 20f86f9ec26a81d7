import type { ServerResponse } from 'node:http'
import { ENTRANCE, isManaged } from './route.ts'

/** Files whose name changes with their content; everything else may stay on no device and in no cache. */
export const IMMUTABLE = '/_next/static/'
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Headers of every answer; ../docs/security.md says what each is for. */
const ALWAYS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=()',
  // Two years, the least the preload lists ask for is one (RFC 6797; hstspreload.org).
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  // Asks Brave to keep the visit out of its history (draft-sahib-httpbis-off-the-record).
  'Request-OTR': '1',
}

/**
 * For what managers open. A reading page has no window that opened it to protect from, and Firefox writes down every site that it opened
 * with this header, for thirty days (docs/decisions/0032).
 */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin' } as const

/**
 * Gives an answer its headers for privacy and security.
 * @param path of the request, decoded; undefined where it was refused
 */
export function setSecurityHeaders(path: string | undefined, response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value)
  if (path !== undefined && isManaged(path))
    for (const [name, value] of Object.entries(ISOLATED)) response.setHeader(name, value)
  // Other sites load this one file; everything else is for our own pages.
  if (path === `${ENTRANCE}.js`) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.setHeader('Cache-Control', path?.startsWith(IMMUTABLE) ? FOR_EVER : 'no-store')
}

/** The names of the headers above, in small letters: nothing behind this server may write them. */
export const SECURITY_HEADERS: ReadonlySet<string> = new Set([
  ...Object.keys({ ...ALWAYS, ...ISOLATED }).map((name) => name.toLowerCase()),
  'cache-control',
])
