import { commonBrowser } from '#counting/browser.ts'
import { isRobot, type Headers } from '#counting/judgement.ts'
import type { Owner } from './content/read.ts'
import type { Environment } from './environment.ts'

/**
 * The browsers that were measured (`npm run traces`): with a 404 they show the page, and keep it out of their history, their
 * address bar and their new tab. A brand is named as in `Sec-CH-UA`; what is not listed here gets a 200.
 *
 * A version newer than the last measured one gets the 404 too. With a 200 an update of the browser would bring every earlier
 * visit back into sight; with a 404 a browser never kept more than with a 200 (docs/decisions/0031).
 */
export const MEASURED_BROWSERS = [
  { brand: 'Chromium', family: 'Chrome', from: 156, last: 156, measured: '2026-11-27' },
] as const

/** What an answer depends on where visits are hidden (RFC 9110, 12.5.5). */
export const HIDDEN_VISITS_VARY = [
  'Sec-Fetch-Dest',
  'Sec-Fetch-Mode',
  'Sec-Purpose',
  'Sec-CH-UA',
  'User-Agent',
  'Via',
  'X-Forwarded-For',
  'Forwarded',
] as const

/** The engine, which every browser made of it names beside its own brand. */
const ENGINE = 'Chromium'

/** The brand that Chromium makes up, so that nobody relies on a fixed list (User-Agent Client Hints, WICG, 6.2). */
const MADE_UP = /^[\W_]?not[\W_]?a[\W_]?brand[\W_]?$/i

/** One brand with its version, in a list of structured fields (RFC 8941, 3.1). */
const BRAND = /"((?:[^"\\]|\\.)*)";v="(\d+)[.\d]*"/g

/** Every step on the way writes down in these where it was asked from. */
const STEPS = ['x-forwarded-for', 'forwarded'] as const

/** How a proxy of ours names itself in `Via`, if it does: of those in deploy/ only Caddy, from its version 2.9. */
const OWN_STEP = /^\S+ caddy$/i

/** Written by proxies that do not say so in the ways of the standard, and by Android for the app in which a page is shown. */
const OF_OTHERS = ['proxy-connection', 'x-bluecoat-via', 'x-requested-with'] as const

/**
 * Whether the visit is to be kept out of sight: a browser that was measured opens a page, or fetches one ahead. Then the page goes
 * out whole, with the status 404. Robots, previews, browsers inside apps and whoever comes through a proxy of somebody else are told
 * 200. Neither the address nor the time plays a part: one 200 for an address undoes it for every earlier visit to it.
 * @param headers by their names in small letters
 * @param trustedProxies how many proxies of ours a request passes through
 * @see docs/decisions/0031, and Chromium's chrome/browser/history/history_tab_helper.cc
 */
export function hidesVisit(method: string | undefined, headers: Headers, trustedProxies: number): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (!opensPage(headers)) return false
  if (OF_OTHERS.some((name) => headers[name] !== undefined)) return false
  if (STEPS.some((name) => stepsIn(valueOf(headers, name)).length > trustedProxies)) return false
  const via = stepsIn(valueOf(headers, 'via'))
  if (via.length > trustedProxies || !via.every((step) => OWN_STEP.test(step))) return false
  const userAgent = valueOf(headers, 'user-agent')
  // Whatever has a word of its own here is an app, a robot or a browser that was not looked at.
  const browser = commonBrowser(userAgent)
  if (!browser || isRobot(userAgent)) return false
  const measured = measuredBrowser(valueOf(headers, 'sec-ch-ua'))
  return measured !== undefined && measured.family === browser.family
}

/** A document in a tab of its own, or the same fetched ahead: with a 200 kept from before, opening it would be a 200. */
function opensPage(headers: Headers): boolean {
  const destination = valueOf(headers, 'sec-fetch-dest')
  if (destination === 'document') return valueOf(headers, 'sec-fetch-mode') === 'navigate'
  return destination === 'empty' && /\b(?:prefetch|prerender)\b/.test(valueOf(headers, 'sec-purpose'))
}

/** The measured browser of a header `Sec-CH-UA`: the engine, one brand at most beside it, and no version from before. */
function measuredBrowser(header: string): (typeof MEASURED_BROWSERS)[number] | undefined {
  const brands = [...header.matchAll(BRAND)]
    .map(([, brand = '', major]) => ({ brand, major: Number(major) }))
    .filter(({ brand }) => !MADE_UP.test(brand))
  const own = brands.filter(({ brand }) => brand !== ENGINE)
  if (own.length > 1 || brands.length - own.length !== 1) return undefined
  const { brand, major } = own[0] ?? brands[0] ?? { brand: '', major: 0 }
  return MEASURED_BROWSERS.find((measured) => measured.brand === brand && major >= measured.from)
}

function stepsIn(value: string): string[] {
  return value
    .split(',')
    .map((step) => step.trim())
    .filter((step) => step !== '')
}

function valueOf(headers: Headers, name: string): string {
  const found = headers[name]
  return typeof found === 'string' ? found : (found?.join(', ') ?? '')
}

/**
 * What keeps a server from hiding visits; undefined where nothing does.
 * @param owner content/owner.yaml of the build
 */
export function doubtAboutHiddenVisits(
  setting: Environment['HIDE_VISITS'],
  { acceptsHiddenVisits }: Owner,
): string | undefined {
  if (setting === 'off' || acceptsHiddenVisits !== false) return undefined
  return 'HIDE_VISITS: nobody has accepted what this costs. Read the sentence above acceptsHiddenVisits in content/owner.yaml; whoever answers for the site writes the day of acceptance there, and builds again. Or set HIDE_VISITS to off'
}
