import Bowser from 'bowser'
import fc from 'fast-check'
import { isbot } from 'isbot'
import { describe, expect, it } from 'vitest'
import { browserOf, commonBrowser } from './browser.ts'
import { judge } from './judgement.ts'

const version = fc.integer({ min: 1, max: 999 })
const small = fc.integer({ min: 1, max: 99 })
const chromiumPlatform = fc.constantFrom(
  'Linux; Android 10; K',
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
)
const firefoxPlatform = fc.constantFrom(
  'Windows NT 10.0; Win64; x64',
  'X11; Linux x86_64',
  'Macintosh; Intel Mac OS X 10.15',
  'Android 14; Mobile',
)

const chromium = fc
  .tuple(chromiumPlatform, version, fc.constantFrom('', 'Mobile '), fc.constantFrom('', ' Edg', ' EdgA'), version)
  .map(
    ([platform, chrome, mobile, edge, major]) =>
      `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome}.0.0.0 ${mobile}Safari/537.36${edge && `${edge}/${major}.0.0.0`}`,
  )
const samsung = fc
  .tuple(chromiumPlatform, version, version, fc.constantFrom('', 'Mobile '))
  .map(
    ([platform, own, chrome, mobile]) =>
      `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${own}.0 Chrome/${chrome}.0.0.0 ${mobile}Safari/537.36`,
  )
const safari = fc
  .tuple(small, small, fc.constantFrom('', '.1', '.2'), fc.boolean())
  .map(([major, minor, patch, phone]) =>
    phone
      ? `Mozilla/5.0 (iPhone; CPU iPhone OS ${major}_${minor}${patch.replace('.', '_')} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${major}.${minor}${patch} Mobile/15E148 Safari/604.1`
      : `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${major}.${minor}${patch} Safari/605.1.15`,
  )
const firefox = fc
  .tuple(firefoxPlatform, version)
  .map(
    ([platform, major]) =>
      `Mozilla/5.0 (${platform}; rv:${major}.0) Gecko/${platform.startsWith('Android') ? `${major}.0` : '20100101'} Firefox/${major}.0`,
  )

describe.each([
  ['Chromium', chromium],
  ["Samsung's", samsung],
  ['Safari', safari],
  ['Firefox', firefox],
])('the short way to read a common browser: %s', (_name, userAgents) => {
  it('reads it as Bowser does', () => {
    fc.assert(
      fc.property(userAgents, (userAgent) => {
        const { browser, os } = Bowser.parse(userAgent)
        expect(commonBrowser(userAgent)).toEqual({
          family: browser.name,
          major: browser.version?.split('.')[0],
          system: os.name,
        })
      }),
    )
  })

  it('takes no robot and no preview for one', () => {
    const headers = {
      'accept-language': 'nl',
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    fc.assert(
      fc.property(
        userAgents,
        fc.constantFrom(' WhatsApp/2', ' bot', ' Pinterestbot/1.0', ' (compatible; Googlebot/2.1)', ' HeadlessChrome'),
        (userAgent, addition) => {
          expect(isbot(userAgent)).toBe(false)
          expect(judge('GET', 200, { ...headers, 'user-agent': userAgent })).toEqual({ kind: 'visit' })
          expect(commonBrowser(userAgent + addition)).toBeUndefined()
          expect(commonBrowser(addition + userAgent)).toBeUndefined()
        },
      ),
    )
  })
})

it.each([
  'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.122 Mobile Safari/537.36 Instagram 338.0.0.33.95 Android',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 OPR/83.0.0.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36 Edg/121.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1',
  'a browser that nobody knows',
  '',
])('leaves "%s" to Bowser', (userAgent) => {
  expect(commonBrowser(userAgent)).toBeUndefined()
  if (userAgent === '') return void expect(browserOf('')).toEqual({ family: '', major: '', system: '' })
  const { browser, os } = Bowser.parse(userAgent)
  expect(browserOf(userAgent)).toEqual({
    family: browser.name ?? '',
    major: browser.version?.split('.')[0] ?? '',
    system: os.name ?? '',
  })
})
