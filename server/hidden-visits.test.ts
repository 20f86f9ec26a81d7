import { describe, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { doubtAboutHiddenVisits, hidesVisit, MEASURED_BROWSERS } from './hidden-visits.ts'

const CHROMIUM = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'
const BRANDS = '"Chromium";v="156", "Not)A;Brand";v="8"'

/** A page that was typed in Chromium, as it asks for it. */
const OPENED = {
  'user-agent': CHROMIUM,
  'sec-ch-ua': BRANDS,
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'accept-language': 'nl-NL,nl;q=0.9',
}

type Changes = Readonly<Record<string, string | undefined>>

/** The status of a page of the site. */
function statusOf(changes: Changes, { method = 'GET', proxies = 0 } = {}): number {
  const headers = Object.fromEntries(
    Object.entries({ ...OPENED, ...changes }).filter(([, value]) => value !== undefined),
  )
  return hidesVisit(method, headers, proxies) ? 404 : 200
}

/** Chromium without a word of its own, but with the brands of another browser. */
const branded = (list: string): Changes => ({ 'sec-ch-ua': list })
const named = (userAgent: string): Changes => ({ 'user-agent': userAgent })

describe('hidesVisit', () => {
  it.each<[string, Changes]>([
    ['typed', {}],
    ['by a link of another site', { 'sec-fetch-site': 'cross-site' }],
    ['by a link of ours', { 'sec-fetch-site': 'same-origin' }],
    ['loaded again', { 'cache-control': 'max-age=0' }],
    ['on a telephone', named(ANDROID)],
    ['in a newer version than the last that was measured', branded('"Not;A=Brand";v="99", "Chromium";v="157"')],
    ['with the made-up brand in the middle', branded('"Not_A Brand";v="8", "Chromium";v="156"')],
    ['with the whole version', branded('"Chromium";v="156.0.8078.108", "Not)A;Brand";v="8.0.0.0"')],
    ['fetched ahead as a document', { 'sec-purpose': 'prefetch' }],
    ['made ready ahead', { 'sec-purpose': 'prefetch;prerender' }],
    [
      'fetched ahead as a file',
      {
        'sec-purpose': 'prefetch',
        'sec-fetch-dest': 'empty',
        'sec-fetch-mode': 'no-cors',
        'sec-fetch-site': 'same-origin',
      },
    ],
    ['by somebody who does not want to be counted', { 'sec-gpc': '1' }],
  ])('hides a page that is opened in Chromium %s', (_how, changes) => {
    expect(statusOf(changes)).toBe(404)
    expect(statusOf(changes, { method: 'HEAD' })).toBe(404)
    expect(statusOf(changes, { method: 'POST' })).toBe(200)
  })

  it.each<[string, Changes]>([
    ['read in place', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }],
    ['in a frame', { 'sec-fetch-dest': 'iframe' }],
    ['in a frame, fetched ahead', { 'sec-fetch-dest': 'iframe', 'sec-purpose': 'prefetch' }],
    ['as an object', { 'sec-fetch-dest': 'object' }],
    ['as a picture', { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }],
    ['as a document that no navigation asks for', { 'sec-fetch-mode': 'no-cors' }],
    [
      'without Fetch Metadata',
      { 'sec-fetch-dest': undefined, 'sec-fetch-mode': undefined, 'sec-fetch-site': undefined },
    ],
    ['without brands', { 'sec-ch-ua': undefined }],
    ['without a name', { 'user-agent': undefined }],
    ['with no brand that can be read', branded('Chromium')],
    ['with the engine twice', branded('"Chromium";v="156", "Chromium";v="156"')],
    ['in a version before the first that was measured', branded('"Chromium";v="155", "Not)A;Brand";v="8"')],
  ])('shows openly what Chromium asks for %s', (_how, changes) => {
    expect(statusOf(changes)).toBe(200)
  })

  it.each<[string, Changes]>([
    [
      'Firefox',
      { ...named('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'), 'sec-ch-ua': undefined },
    ],
    [
      'Safari',
      {
        ...named(
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
        ),
        'sec-ch-ua': undefined,
      },
    ],
    [
      'Google Chrome, which was not measured',
      branded('"Google Chrome";v="156", "Chromium";v="156", "Not)A;Brand";v="8"'),
    ],
    [
      'Edge, which was not measured',
      {
        ...named(`${CHROMIUM} Edg/156.0.0.0`),
        ...branded('"Microsoft Edge";v="156", "Chromium";v="156", "Not)A;Brand";v="8"'),
      },
    ],
    ['Edge without its brand', named(`${CHROMIUM} Edg/156.0.0.0`)],
    ['Brave, which was not measured', branded('"Brave";v="156", "Chromium";v="156", "Not)A;Brand";v="8"')],
    [
      'a WebView',
      {
        ...named(
          'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/156.0.0.0 Mobile Safari/537.36',
        ),
        ...branded('"Android WebView";v="156", "Chromium";v="156", "Not)A;Brand";v="8"'),
      },
    ],
    [
      'a WebView with the name of the browser',
      branded('"Android WebView";v="156", "Chromium";v="156", "Not)A;Brand";v="8"'),
    ],
    ['a WebView without its brand', { ...named(ANDROID), 'x-requested-with': 'com.example.chat' }],
    ['Instagram', named(`${ANDROID} Instagram 390.0.0.1.2 Android (35/15)`)],
    ['Facebook', named(`${ANDROID} [FB_IAB/FB4A;FBAV/500.0.0.0.1;]`)],
    ['TikTok', named(`${ANDROID} musical_ly_2024 BytedanceWebview`)],
    ['Chromium without a window', named(CHROMIUM.replace('Chrome/', 'HeadlessChrome/'))],
    [
      'Chromium without a window, by its brand',
      branded('"HeadlessChrome";v="156", "Chromium";v="156", "Not)A;Brand";v="8"'),
    ],
    [
      'the renderer of Googlebot',
      named(
        'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      ),
    ],
    [
      'the renderer of Googlebot for a desk',
      named(
        'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/156.0.0.0 Safari/537.36',
      ),
    ],
    [
      'the renderer of Bingbot',
      named(
        'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/156.0.0.0 Safari/537.36',
      ),
    ],
    ['a preview in a chat', named('WhatsApp/2.25.1 A')],
    [
      'the measurement of Lighthouse',
      named(
        'Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
      ),
    ],
  ])('shows openly what is asked for by %s', (_who, changes) => {
    expect(statusOf(changes)).toBe(200)
  })

  it.each<[string, Changes, number]>([
    ['our own proxy', { 'x-forwarded-for': '192.0.2.7', via: '1.1 Caddy' }, 404],
    ['our own proxy, in the words of the standard', { forwarded: 'for=192.0.2.7' }, 404],
    ['a proxy before ours', { 'x-forwarded-for': '10.0.0.1, 192.0.2.7' }, 200],
    ['a proxy that names itself where ours does not', { 'x-forwarded-for': '192.0.2.7', via: '1.1 school' }, 200],
    ['a proxy before ours that names itself', { 'x-forwarded-for': '192.0.2.7', via: '1.1 school, 1.1 Caddy' }, 200],
    ['a proxy before ours, in the words of the standard', { forwarded: 'for=10.0.0.1, for=192.0.2.7' }, 200],
    ['a filter with a header of its own', { 'x-bluecoat-via': 'ab12' }, 200],
    ['an old proxy', { 'proxy-connection': 'keep-alive' }, 200],
  ])('through %s', (_way, changes, status) => {
    expect(statusOf(changes, { proxies: 1 })).toBe(status)
  })

  it.each(['via', 'x-forwarded-for', 'forwarded'])(
    'shows openly what comes through any proxy where we have none: %s',
    (name) => {
      expect(statusOf({ [name]: 'for=192.0.2.7' })).toBe(200)
    },
  )

  it('names the day and the versions of every measurement', () => {
    for (const { from, last, measured } of MEASURED_BROWSERS) {
      expect(from).toBeLessThanOrEqual(last)
      expect(measured).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })
})

describe('doubtAboutHiddenVisits', () => {
  const owner = { filled: true, name: 'a', address: 'b', email: 'c', phone: 'd', registration: 'e' }

  it('asks the owner first', () => {
    expect(doubtAboutHiddenVisits('chromium', { ...owner, acceptsHiddenVisits: false })).toMatch(/content\/owner\.yaml/)
    expect(
      doubtAboutHiddenVisits('chromium', { ...owner, acceptsHiddenVisits: parseDay('2026-12-01') }),
    ).toBeUndefined()
    expect(doubtAboutHiddenVisits('off', { ...owner, acceptsHiddenVisits: false })).toBeUndefined()
  })
})
