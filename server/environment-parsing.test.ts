import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const NAMES = [
  'HOST',
  'PORT',
  'FIXED_MOMENT',
  'VISITOR_COUNTS',
  'DATABASE_URL',
  'DATA_FOLDER',
  'MANAGEMENT_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
  'TRUSTED_PROXIES',
  'CLOCK_STARTS_AT',
  'OPERATION_PORT',
  'OPERATION_HOST',
  'DRAIN_SECONDS',
  'CDN_SECONDS',
  'HIDE_VISITS',
  'LOG',
  'NODE_ENV',
]
const texts = fc.oneof(
  fc.string({ unit: anyUnit }),
  fc.constantFrom(
    '',
    ' ',
    'on',
    'off',
    'embedded',
    '0',
    '9',
    '-1',
    '1e9',
    '0x50',
    'Infinity',
    'NaN',
    '127.0.0.1',
    '::1',
    '::',
    'fe80::1%lo',
    '[::1]',
    'postgres://',
    'postgres://a:b@[::1/c',
    'smtp://x',
    'a@example.org',
    '2027-03-25T00:00:00+01:00',
    '2027-02-30T00:00:00Z',
    'production',
    '__proto__',
    'x'.repeat(10_000),
  ),
)

it('any environment is read, or everything that is wrong with it is told at once', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NAMES, '__proto__', 'PATH'), texts), (source) => {
      let read
      try {
        read = readEnvironment(source)
      } catch (error) {
        const [first, ...lines] = String((error as Error).message).split('\n')
        expect(first).toBe('These settings are wrong:')
        for (const line of lines) expect(NAMES.some((name) => line.startsWith(`  ${name}`))).toBe(true)
        return
      }
      expect(read.PORT >= 0 && read.PORT <= 65_535 && Number.isInteger(read.PORT)).toBe(true)
      expect(read.TRUSTED_PROXIES >= 0 && read.TRUSTED_PROXIES <= 9).toBe(true)
      // Read again from what was read, it says the same.
      const again = Object.entries(read).map(([name, value]) => [
        name,
        value instanceof Date ? value.toISOString() : String(value),
      ])
      expect(readEnvironment(Object.fromEntries(again) as Record<string, string>)).toEqual(read)
    }),
    { numRuns: 300 },
  )
})
