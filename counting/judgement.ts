import { isbot } from 'isbot'
import { commonBrowser } from './browser.ts'

/** Why a request for a reading page is not counted. */
export const REASONS = [
  /** Not a GET. */
  'method',
  /** Nothing of the kind is there. */
  'missing-page',
  /** The browser says that its user does not want to be counted (Global Privacy Control). */
  'opt-out',
  /** Fetched ahead, and perhaps never looked at. The page is not given then (server/start.ts), so that the browser asks again when it is opened. */
  'prefetch',
  /** A robot that makes the preview of a link in a chat or on a social network. */
  'preview',
  'robot',
  /** A header is missing that every browser of today sends: User-Agent, Accept-Language or Sec-Fetch-Site. */
  'missing-headers',
  /** Not a page that is opened or read in place: a part of another site, a script of somebody else. */
  'not-reading',
  /** The same page again. */
  'reload',
  /** Read in place, but this page was counted in this visit already, or ten others were. */
  'again',
  /** The sender cannot be told: the header of the proxy is missing. */
  'no-address',
  /** Too many new visitors from one neighbourhood of the network in one hour. */
  'network-limit',
] as const
export type Reason = (typeof REASONS)[number]

/** Sent by our own script with the first read of a page in a visit, for the first ten pages. */
export const FIRST_READ_HEADER = 'x-first-read'

/** The headers of a request, by their names in small letters (as Node gives them). */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a request for a reading page is to the count. */
export type Judgement =
  /** The page was opened from elsewhere, so a visit begins. */
  | { readonly kind: 'visit' }
  /** A further page of a visit. */
  | { readonly kind: 'open' }
  /** The window of help on another site (docs/entrance.md): a page open, but nobody came to this site. */
  | { readonly kind: 'window' }
  | { readonly kind: 'ignored'; readonly reason: Reason }

// They say who they are; isbot knows them too, but a manager wants to tell a shared link from a crawler. The browser inside
// the app of Pinterest, with a person before it, calls itself [Pinterest/iOS].
const PREVIEW =
  /whatsapp|facebookexternalhit|facebot|telegrambot|twitterbot|linkedinbot|slackbot|discordbot|signal|skypeuripreview|viber|pinterest(?:bot|\/\d)|iframely|embedly/i

/** Where browsers say why they ask; all but the first are of before the standard. */
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const

/** Whether a browser asks for a page ahead of its being opened. */
export function isFetchedAhead(headers: Headers): boolean {
  return PURPOSES.some(
    (name) => headers[name] !== undefined && /prefetch|prerender|preview/i.test(valueOf(headers, name)),
  )
}

/**
 * Tells a person who opens a page from everything else that asks for one, by what browsers say of their request
 * themselves (Fetch Metadata, W3C; Global Privacy Control, W3C; `Sec-Purpose`, Fetch standard).
 */
export function judge(method: string, status: number, headers: Headers): Judgement {
  if (method !== 'GET') return ignored('method')
  if (valueOf(headers, 'sec-gpc') === '1') return ignored('opt-out')
  if (isFetchedAhead(headers)) return ignored('prefetch')
  const userAgent = valueOf(headers, 'user-agent')
  // To look for every robot there is takes longer than to see that this is none.
  if (!commonBrowser(userAgent)) {
    if (PREVIEW.test(userAgent)) return ignored('preview')
    if (isbot(userAgent)) return ignored('robot')
  }
  const site = valueOf(headers, 'sec-fetch-site')
  if (userAgent === '' || valueOf(headers, 'accept-language') === '' || site === '') return ignored('missing-headers')
  if (status !== 200) return ignored('missing-page')

  const mode = valueOf(headers, 'sec-fetch-mode')
  const destination = valueOf(headers, 'sec-fetch-dest')
  if (destination === 'empty' && mode === 'cors' && site === 'same-origin') {
    return valueOf(headers, FIRST_READ_HEADER) === '' ? ignored('again') : { kind: 'open' }
  }
  if (mode !== 'navigate' || !['document', 'iframe'].includes(destination)) return ignored('not-reading')
  // Browsers say max-age=0 when a page is loaded again (RFC 9111, 5.2.1.1). Some say no-cache with every request, also the first
  // one of a visit, and so do some that load a page again past every cache: that is a visit more.
  if (/max-age=0/.test(valueOf(headers, 'cache-control'))) return ignored('reload')
  if (destination === 'iframe') return { kind: 'window' }
  return { kind: site === 'same-origin' ? 'open' : 'visit' }
}

/** Whether a robot asks, of whatever kind, by the name it gives itself. */
export function isRobot(userAgent: string): boolean {
  return !commonBrowser(userAgent) && (PREVIEW.test(userAgent) || isbot(userAgent))
}

/** Whether a request is of a robot that makes the preview of a link, by the name it gives itself. */
export function isPreviewRobot(userAgent: string): boolean {
  return !commonBrowser(userAgent) && PREVIEW.test(userAgent)
}

function valueOf(headers: Headers, name: string): string {
  const found = headers[name]
  return typeof found === 'string' ? found : (found?.join(', ') ?? '')
}

function ignored(reason: Reason): Judgement {
  return { kind: 'ignored', reason }
}

/**
 * The address a request came from: that of the socket, or the one that our own outermost proxy wrote into
 * X-Forwarded-For. Anything further to the left was written by the sender and is not believed.
 * @param trustedProxies how many proxies of ours a request passes through; 0 when it comes straight from the reader
 */
export function addressOf(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string | undefined {
  if (trustedProxies === 0) return socketAddress
  const written = forwardedFor?.split(',').at(-trustedProxies)?.trim()
  if (!written?.includes(':')) return written
  // Some proxies write the port too: 192.0.2.7:4711 and [2001:db8::7]:4711 (RFC 7239, 6).
  return /^([\d.]+):\d+$/.exec(written)?.[1] ?? /^\[([^\]]+)\](:\d+)?$/.exec(written)?.[1] ?? written
}
