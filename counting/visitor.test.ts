import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, judge } from './judgement.ts'
import { bucketOf, keyCheck, neighbourhoodOf, networkOf, visitorOf } from './visitor.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const NO_ADDRESS = [
  '',
  'unknown',
  '256.1.1.1',
  '203.0.113.7:443',
  '[2001:db8::1]',
  '2001:db8::1/64',
  '2001:db8:1:2:3:4:5',
  'localhost',
  'bücher.example',
]

describe('networkOf', () => {
  it('takes an IPv4 address whole', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7/32')
    expect(networkOf('203.0.113.8')).toBe('203.0.113.8/32')
  })

  it('takes the first 64 bits of an IPv6 address', () => {
    const home = networkOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')
    expect(home).toBe('32.1.13.184.0.1.0.2.0.0.0.0.0.0.0.0/64')
    expect(networkOf('2001:DB8:1:2::1')).toBe(home)
    expect(networkOf('2001:0db8:0001:0002:0000:0000:0000:0001')).toBe(home)
    expect(networkOf('2001:db8:1:3::1')).not.toBe(home)
  })

  it.each(['::ffff:203.0.113.7', '::ffff:cb00:7107', '::FFFF:203.0.113.7', '0:0:0:0:0:ffff:203.0.113.7'])(
    'takes %s for the IPv4 address in it',
    (mapped) => {
      expect(networkOf(mapped)).toBe(networkOf('203.0.113.7'))
    },
  )

  it('leaves the interface of a link-local address out', () => {
    expect(networkOf('fe80::1%eth0')).toBe(networkOf('fe80::2'))
  })

  it.each(NO_ADDRESS)('is undefined for "%s"', (text) => {
    expect(networkOf(text)).toBeUndefined()
  })

  it('tells two IPv6 networks apart exactly when their first 64 bits differ', () => {
    const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
    const write = (parts: readonly number[]) => parts.map((part) => part.toString(16)).join(':')
    // 2000::/3, where every public address lies: in ::/3 lie the IPv4 addresses in IPv6.
    const inPublic = words.map(([first = 0, ...rest]) => [0x2000 | (first & 0x1fff), ...rest])
    fc.assert(
      fc.property(inPublic, inPublic, (one, other) => {
        expect(networkOf(write(one)) === networkOf(write(other))).toBe(
          write(one.slice(0, 4)) === write(other.slice(0, 4)),
        )
        expect(networkOf(write([...one.slice(0, 4), ...other.slice(4)]))).toBe(networkOf(write(one)))
      }),
    )
  })
})

describe('a sender who writes anything', () => {
  const headers = fc.oneof(
    fc.string({ unit: anyUnit }),
    fc
      .array(
        fc.constantFrom(
          'Mozilla/5.0 ',
          '(',
          ')',
          'Chrome/',
          'Version/',
          'Android ',
          'like ',
          'Mac OS X ',
          '1_',
          '1.',
          '99',
          '; ',
          '/',
          '-',
          'bot',
          'http://',
          'nl',
          ',',
          ';q=',
          '*',
          '\0',
          '__proto__',
          'constructor/1',
        ),
        { maxLength: 20 },
      )
      .map((all) => all.join('')),
  )
  const addresses = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc
      .array(fc.constantFrom('::', ':', '.', '1', 'ffff', '127.0.0.1', '%', 'fe80', '64:ff9b::', '/24', '0x'), {
        maxLength: 9,
      })
      .map((all) => all.join('')),
  )

  it('is a visitor of a network, or nobody', () => {
    fc.assert(
      fc.property(addresses, headers, headers, (address, userAgent, acceptLanguage) => {
        const visitor = visitorOf({ address, userAgent, acceptLanguage })
        expect(visitor === undefined).toBe(networkOf(address) === undefined)
        expect(neighbourhoodOf(address) === undefined).toBe(networkOf(address) === undefined)
        expect(networkOf(address) ?? '0.0/32').toMatch(/^(\d{1,3}\.)+\d{1,3}\/(32|64)$/)
        expect(visitor?.split('|').at(-1) ?? '').toMatch(/^[a-z]{0,8}$/)
      }),
      { numRuns: 300 },
    )
  })

  // Node takes headers of 16,384 bytes at most, all together.
  it('costs no more time than the longest header is worth', () => {
    // Processor time of this process, which no other process makes longer.
    const begun = process.cpuUsage()
    for (const piece of [
      '1',
      '1.',
      '1_',
      'a/1 ',
      'Mozilla/',
      'Android 1.',
      'Version/1.',
      'Chrome/1',
      'Mac OS X 1_',
      '(',
      ')',
      '; ',
      ' ',
      'like ',
      'http://',
      'a@',
      ':',
      'f:',
      '::',
      '%',
      ',',
    ]) {
      const long = piece.repeat(16_000 / piece.length)
      for (const userAgent of [long, `Mozilla/5.0 (Linux; Android 10; K) ${long}x`]) {
        judge('GET', 200, {
          'user-agent': userAgent,
          'accept-language': long,
          'sec-fetch-site': long,
          'cache-control': long,
          'sec-purpose': long,
        })
        visitorOf({ address: addressOf(undefined, long, 1) ?? '', userAgent, acceptLanguage: long })
        visitorOf({ address: '192.0.2.7', userAgent, acceptLanguage: long })
      }
    }
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000)
  })
})

describe('neighbourhoodOf', () => {
  it('takes 24 bits of an IPv4 address and 48 of an IPv6 address', () => {
    expect(neighbourhoodOf('203.0.113.7')).toBe('203.0.113.0/24')
    expect(neighbourhoodOf('::ffff:203.0.113.200')).toBe('203.0.113.0/24')
    expect(neighbourhoodOf('2001:db8:1:2::1')).toBe(neighbourhoodOf('2001:db8:1:ffff::9'))
    expect(neighbourhoodOf('2001:db8:1:2::1')).not.toBe(neighbourhoodOf('2001:db8:2:2::1'))
  })

  it.each(NO_ADDRESS)('is undefined for "%s"', (text) => {
    expect(neighbourhoodOf(text)).toBeUndefined()
  })
})

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
const CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'

const sender = (userAgent: string, acceptLanguage = 'nl-NL,nl;q=0.9', address = '203.0.113.7') => ({
  address,
  userAgent,
  acceptLanguage,
})

describe('visitorOf', () => {
  it.each([
    [CHROME, 'Chrome|126|Android'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      'Chrome|126|Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      'Microsoft Edge|126|Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
      'Samsung Internet for Android|25|Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox|127|Linux'],
    ['Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 'Firefox|127|Android'],
    [SAFARI, 'Safari|17|iOS'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Safari|17|macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1',
      'Chrome|126|iOS',
    ],
    ['a browser that nobody knows', '||'],
  ])('reduces %s to its family, its major version and its system', (userAgent, reduced) => {
    expect(visitorOf(sender(userAgent))).toBe(`203.0.113.7/32|${reduced}|nl`)
  })

  it.each([
    [CHROME, CHROME.replace('126.0.0.0', '126.0.6478.71')],
    [CHROME, CHROME.replace('Android 10; K', 'Android 14; SM-S911B')],
    [SAFARI, SAFARI.replaceAll('17_5', '17_6_1').replace('15E148', '21G93')],
  ])('does not tell models and minor versions apart', (one, other) => {
    expect(visitorOf(sender(other))).toBe(visitorOf(sender(one)))
  })

  it('tells networks, families, major versions, systems and languages apart', () => {
    const senders = [
      sender(CHROME),
      sender(CHROME, 'nl', '203.0.113.8'),
      sender(SAFARI),
      sender(CHROME.replace('126', '127')),
      sender(CHROME.replace('Linux; Android 10; K', 'X11; Linux x86_64')),
      sender(CHROME, 'tr-TR,tr;q=0.9,nl;q=0.8'),
    ]
    expect(new Set(senders.map(visitorOf)).size).toBe(senders.length)
  })

  it.each([
    ['nl-NL,nl;q=0.9,en-US;q=0.8', 'nl'],
    ['NL', 'nl'],
    [' ar-MA , nl', 'ar'],
    ['zgh;q=1', 'zgh'],
    ['*', ''],
    ['', ''],
    ['-', ''],
  ])('of the languages "%s" keeps the first without its country: "%s"', (acceptLanguage, language) => {
    expect(visitorOf(sender(CHROME, acceptLanguage))?.split('|').at(-1)).toBe(language)
  })

  it.each(NO_ADDRESS)('is undefined when the address is "%s"', (address) => {
    expect(visitorOf(sender(CHROME, 'nl', address))).toBeUndefined()
  })
})

/** HMAC-SHA256 by the Web Crypto API, independent of the library that the count uses. */
async function webHmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<DataView> {
  const imported = await globalThis.crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return new DataView(await globalThis.crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text)))
}

describe('bucketOf', () => {
  it('is the first 32 bits of an HMAC-SHA256, cut to the number of buckets', async () => {
    const keys = fc.uint8Array({ minLength: 32, maxLength: 32 })
    await fc.assert(
      fc.asyncProperty(
        keys,
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 3, max: 32 }),
        async (key, visitor, powerOfTwo) => {
          const buckets = 2 ** powerOfTwo
          const mac = await webHmac(Uint8Array.from(key), visitor)
          expect(bucketOf(key, visitor, buckets)).toBe(mac.getUint32(0) % buckets)
        },
      ),
    )
  })

  it('gives the value of test case 2 of RFC 4231', () => {
    const key = new TextEncoder().encode('Jefe')
    expect(bucketOf(key, 'what do ya want for nothing?', 2 ** 32)).toBe(0x5bdcc146)
  })

  it('spreads visitors evenly over the buckets (chi-square)', () => {
    const key = new Uint8Array(32).fill(9)
    const found = Array.from({ length: 256 }, () => 0)
    for (let visitor = 0; visitor < 25_600; visitor += 1) {
      const bucket = bucketOf(key, String(visitor), 256)
      found[bucket] = (found[bucket] ?? 0) + 1
    }
    const chiSquare = found.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    expect(Math.abs(chiSquare - 255)).toBeLessThan(4 * Math.sqrt(2 * 255))
  })
})

describe('keyCheck', () => {
  it('is eight bytes of an HMAC in hexadecimal: the same for the same key, another for another key', async () => {
    const key = globalThis.crypto.getRandomValues(new Uint8Array(32))
    const mac = await webHmac(key, 'which key is this')
    expect(keyCheck(key)).toBe(mac.getBigUint64(0).toString(16).padStart(16, '0'))
    expect(keyCheck(key)).toMatch(/^[0-9a-f]{16}$/)
    expect(keyCheck(globalThis.crypto.getRandomValues(new Uint8Array(32)))).not.toBe(keyCheck(key))
  })
})
