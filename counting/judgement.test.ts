import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, FIRST_READ_HEADER, judge, REASONS, type Headers } from './judgement.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** What these browsers send when a link in a message is opened, in the names and order of each. */
const OPENED = {
  chrome: {
    host: 'www.example.org',
    'sec-ch-ua': '"Not/A)Brand";v="8", "Chromium";v="126", "Google Chrome";v="126"',
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-platform': '"Android"',
    'upgrade-insecure-requests': '1',
    'user-agent': CHROME,
    accept:
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    'sec-fetch-site': 'none',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-user': '?1',
    'sec-fetch-dest': 'document',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7',
  },
  firefox: {
    host: 'www.example.org',
    'user-agent': FIREFOX,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'accept-language': 'nl,en-US;q=0.7,en;q=0.3',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'upgrade-insecure-requests': '1',
    'sec-fetch-dest': 'document',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-user': '?1',
    priority: 'u=1',
  },
  safari: {
    host: 'www.example.org',
    'sec-fetch-dest': 'document',
    'user-agent': SAFARI,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'sec-fetch-site': 'none',
    'sec-fetch-mode': 'navigate',
    'accept-language': 'nl-NL,nl;q=0.9',
    priority: 'u=0, i',
    'accept-encoding': 'gzip, deflate, br',
  },
} satisfies Record<string, Headers>
const BROWSERS = Object.entries(OPENED)

/** The same request with other headers; undefined takes one away. */
const but = (changed: Headers, of: Headers = OPENED.chrome): Headers => ({ ...of, ...changed })

const judged = (headers: Headers, method = 'GET', status = 200) => {
  const judgement = judge(method, status, headers)
  return judgement.kind === 'ignored' ? judgement.reason : judgement.kind
}

describe.each(BROWSERS)('judge, for %s', (_name, opened) => {
  it('takes a page that is opened from elsewhere for a visit', () => {
    for (const site of ['none', 'cross-site', 'same-site'])
      expect(judged(but({ 'sec-fetch-site': site }, opened))).toBe('visit')
  })

  it('takes a click on a link of the site itself for a further page', () => {
    expect(judged(but({ 'sec-fetch-site': 'same-origin', referer: 'https://www.example.org/' }, opened))).toBe('open')
  })

  it('does not count the same page loaded again', () => {
    expect(judged(but({ 'cache-control': 'max-age=0' }, opened))).toBe('reload')
    expect(judged(but({ 'cache-control': 'max-age=0', 'sec-fetch-site': 'same-origin' }, opened))).toBe('reload')
  })

  it('counts whoever asks past every cache, also the first time', () => {
    expect(judged(but({ 'cache-control': 'no-cache', pragma: 'no-cache' }, opened))).toBe('visit')
  })

  it('counts a page read in place when our script says that it is read first in this visit', () => {
    const inPlace = but(
      {
        accept: '*/*',
        'sec-fetch-dest': 'empty',
        'sec-fetch-mode': 'cors',
        'sec-fetch-site': 'same-origin',
        referer: 'https://www.example.org/',
      },
      opened,
    )
    expect(judged(inPlace)).toBe('again')
    expect(judged({ ...inPlace, [FIRST_READ_HEADER]: '1' })).toBe('open')
  })

  it('does not count the scripts of others, nor parts of a page', () => {
    const part = (site: string, mode: string, destination: string) =>
      judged(
        but(
          { [FIRST_READ_HEADER]: '1', 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination },
          opened,
        ),
      )
    expect(part('cross-site', 'cors', 'empty')).toBe('not-reading')
    expect(part('same-site', 'cors', 'empty')).toBe('not-reading')
    expect(part('same-origin', 'no-cors', 'empty')).toBe('not-reading')
    expect(part('cross-site', 'no-cors', 'image')).toBe('not-reading')
    expect(part('cross-site', 'navigate', 'object')).toBe('not-reading')
    expect(part('cross-site', 'navigate', 'embed')).toBe('not-reading')
  })

  it('counts the window of help on another site as a page, but nobody as a visitor', () => {
    expect(judged(but({ 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }, opened))).toBe('window')
    expect(judged(but({ 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' }, opened))).toBe('window')
  })

  it('does not count somebody who does not want it (Global Privacy Control)', () => {
    expect(judged(but({ 'sec-gpc': '1' }, opened))).toBe('opt-out')
    expect(judged(but({ 'sec-gpc': '0' }, opened))).toBe('visit')
  })

  it.each([
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { 'sec-purpose': 'prefetch;anonymous-client-ip' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ])('does not count what is fetched ahead: %o', (ahead) => {
    expect(judged(but(ahead, opened))).toBe('prefetch')
  })

  it('does not count a page that is not there, or that another page stands in for', () => {
    for (const status of [404, 410, 500, 301, 307, 304]) expect(judged(opened, 'GET', status)).toBe('missing-page')
  })

  it('does not count other methods', () => {
    for (const method of ['HEAD', 'POST', 'OPTIONS', 'get']) expect(judged(opened, method)).toBe('method')
  })

  it.each(['user-agent', 'accept-language', 'sec-fetch-site'])('does not count a request without %s', (name) => {
    expect(judged(but({ [name]: undefined }, opened))).toBe('missing-headers')
    expect(judged(but({ [name]: '' }, opened))).toBe('missing-headers')
  })
})

describe('judge, for robots', () => {
  it.each([
    ['WhatsApp, and Signal, which calls itself so', 'WhatsApp/2.23.20.0 A'],
    [
      'Messages of Apple',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
    ],
    ['Telegram', 'TelegramBot (like TwitterBot)'],
    ['Signal, should it say its own name', 'Signal/6.0.0 Linux'],
    ['Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
    ['X', 'Twitterbot/1.0'],
    ['LinkedIn', 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)'],
    ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['Discord', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'],
    ['Skype', 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5'],
    ['Viber', 'Viber'],
    ['Pinterest', 'Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)'],
    ['Pinterest, by its older name', 'Pinterest/0.2 (+https://www.pinterest.com/bot.html)'],
  ])('tells the preview of a link in %s from a reader', (_name, userAgent) => {
    expect(judged({ 'user-agent': userAgent, accept: '*/*' })).toBe('preview')
    expect(judged(but({ 'user-agent': userAgent }))).toBe('preview')
  })

  it.each([
    [
      'Googlebot',
      'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.71 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    ],
    [
      'Bingbot',
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
    ],
    [
      'GPTBot',
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    ],
    ['a browser without a screen', CHROME.replace('Chrome/', 'HeadlessChrome/')],
    ['curl', 'curl/8.5.0'],
    ['a script in Python', 'python-requests/2.32.3'],
  ])('tells %s from a reader', (_name, userAgent) => {
    expect(judged({ 'user-agent': userAgent, accept: '*/*' })).toBe('robot')
    expect(judged(but({ 'user-agent': userAgent }))).toBe('robot')
  })

  it.each([
    [
      'Facebook',
      'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/468.0.0.42.77;]',
    ],
    [
      'Instagram',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 335.1.8.26.85 (iPhone14,5; iOS 17_5; nl_NL; nl; scale=3.00; 1170x2532; 610078910)',
    ],
    [
      'Snapchat',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Snapchat/12.92.0.43 (like Safari/8617.2.4.10.8, panda)',
    ],
    [
      'TikTok',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_35.1.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/nl Region/NL',
    ],
    ['Telegram', `${CHROME} Telegram-Android/10.14.5 (Samsung SM-S911B; Android 14; SDK 34; HIGH)`],
    [
      'LinkedIn',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.29.8962',
    ],
    [
      'Pinterest',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]',
    ],
    [
      'Pinterest on Android',
      'Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 [Pinterest/Android]',
    ],
    [
      'a telephone of the make Cubot',
      'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Mobile Safari/537.36',
    ],
  ])('counts a person in the browser of %s', (_name, userAgent) => {
    expect(judged(but({ 'user-agent': userAgent }))).toBe('visit')
  })
})

describe('judge', () => {
  it('respects an opt-out before it looks at anything else that the request says', () => {
    expect(judged(but({ 'sec-gpc': '1', 'sec-purpose': 'prefetch', 'user-agent': 'curl/8.5.0' }), 'GET', 404)).toBe(
      'opt-out',
    )
  })

  it('reads a header that came several times', () => {
    expect(judged(but({ 'sec-purpose': ['', 'prefetch'] }))).toBe('prefetch')
    expect(judged(but({ 'cache-control': ['private', 'max-age=0'] }))).toBe('reload')
  })

  it('gives one of the known answers to any request', () => {
    const names = [
      'sec-fetch-site',
      'sec-fetch-mode',
      'sec-fetch-dest',
      'user-agent',
      'accept-language',
      'cache-control',
      'sec-purpose',
      FIRST_READ_HEADER,
    ]
    const texts = fc.oneof(
      fc.constantFrom('', '1', 'navigate', 'cors', 'document', 'iframe', 'empty', 'none', 'same-origin', CHROME, 'nl'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), texts), (headers) => {
        expect([...REASONS, 'visit', 'open', 'window']).toContain(judged(headers))
      }),
    )
  })
})

describe('addressOf', () => {
  it('believes no header when the reader asks us directly', () => {
    expect(addressOf('203.0.113.7', undefined, 0)).toBe('203.0.113.7')
    expect(addressOf('203.0.113.7', '198.51.100.1', 0)).toBe('203.0.113.7')
    expect(addressOf(undefined, '198.51.100.1', 0)).toBeUndefined()
  })

  it.each([
    ['198.51.100.1', 1, '198.51.100.1'],
    ['2001:db8::1', 1, '2001:db8::1'],
    // The sender wrote the first ones; our proxy added what it saw.
    ['192.0.2.99, 198.51.100.1', 1, '198.51.100.1'],
    ['192.0.2.98,192.0.2.99,198.51.100.1', 1, '198.51.100.1'],
    ['198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    ['192.0.2.99, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    // Fewer entries than proxies: the request did not come through them.
    ['198.51.100.1', 2, undefined],
    [undefined, 1, undefined],
    [undefined, 2, undefined],
  ])('reads "%s" from the right, past %i proxies of ours: %s', (forwardedFor, trustedProxies, address) => {
    expect(addressOf('10.0.0.1', forwardedFor, trustedProxies)).toBe(address)
  })

  it('is the same whatever the sender writes before it', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 }), (spoofed, proxies) => {
        const ours = ['198.51.100.1', '10.0.0.2'].slice(0, proxies).join(', ')
        expect(addressOf('10.0.0.1', `${spoofed}, ${ours}`, proxies)).toBe('198.51.100.1')
      }),
    )
  })

  it('is an address or nothing that is one, whatever a proxy or a sender writes', () => {
    const pieces = fc
      .array(
        fc.constantFrom(
          '198.51.100.7',
          '2001:db8::7',
          '[',
          ']',
          ':',
          ':443',
          ',',
          ', ',
          '%eth0',
          '::ffff:',
          '1.',
          '0x7f',
          '256',
          ' ',
          '\0',
          'unknown',
          '_hidden',
        ),
        { maxLength: 12 },
      )
      .map((all) => all.join(''))
    fc.assert(
      fc.property(
        fc.oneof(pieces, fc.string({ unit: anyUnit }), fc.ipV4(), fc.ipV6()),
        fc.option(fc.oneof(pieces, fc.string()), { nil: undefined }),
        fc.integer({ min: 0, max: 9 }),
        (forwarded, socket, proxies) => {
          const address = addressOf(socket, forwarded, proxies)
          if (proxies === 0) expect(address).toBe(socket)
          else if (address !== undefined) expect(forwarded).toContain(address)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is found behind a port, however the proxy writes it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.nat({ max: 65_535 }), (four, six, port) => {
        expect(
          [four, `${four}:${port}`, six, `[${six}]`, `[${six}]:${port}`].map((written) =>
            addressOf('10.0.0.1', `x, ${written} `, 1),
          ),
        ).toEqual([four, four, six, six, six])
      }),
    )
  })
})
