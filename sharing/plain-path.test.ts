import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likelyPath, plainPath } from './plain-path.ts'

/** What may stand behind an address in prose, in chats and in mails, in the four languages; and what programs put there. */
const BEHIND = [
  ...['.', ',', '!', '?', ':', ';', '…', '...', '-', '–', '"', "'", '”', '’', '»', '›', '“', ')', ']', '}', '>', '))'],
  ...['*', '_', '~', '`', '**', '__', '~~~', '|', '\\', '^', '/', '//', '/.', './', '"/'],
  ...['،', '؛', '؟', '۔', '«', '٪', '،/', '¿', '¡'],
  ...[' ', '\u00a0', '\u2009', '\u202f', '\u3000', '\u2028', '\t', '\n', '. ', ' .'],
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\ufe0f', '\u{e0100}', '\u034f'],
  ...['\u200e', '\u200f', '\u061c', '\u202a', '\u202b', '\u202c', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
  ...['&utm_source=x', '&fbclid=IwAR0', '?utm_medium=y', '/?fbclid=z', '#utm', ';jsessionid=1', '&amp;gclid=1', '=20'],
  ...['👍', '❤️', '🙏🏽', '™', '€', '\u0301'],
] as const

/** What may stand before a part of an address. */
const BEFORE = ['', '(', '"', '“', '«', '<', '*', '_', ' ', '\u200e', '\u2067', '\ufeff', '-', '/'] as const

const ADDRESSES = [
  '/reis',
  '/ver-weg',
  '/4',
  '/en/d/reis',
  '/ar/o/4',
  '/k/cj4p7k',
  '/k/cj4-p7k/ar',
  '/t/reis',
  '/delen/reis',
]

describe('plainPath', () => {
  it('leaves alone what is plain', () => {
    for (const path of ['/', '/en', ...ADDRESSES]) expect(plainPath(path)).toBe(path)
  })

  it.each(BEHIND)('drops %j behind an address', (sign) => {
    for (const address of ADDRESSES) {
      expect(plainPath(`${address}${sign}`)).toBe(address)
      expect(plainPath(`${address}${sign}${sign}`)).toBe(address)
    }
    expect(plainPath(`/${sign}`)).toBe('/')
  })

  it.each([
    ['/K/CJ4P7K', '/k/cj4p7k'],
    ['/D/Reis', '/d/reis'],
    ['/EN/D/REIS', '/en/d/reis'],
    // As somebody types whose telephone is set to Turkish.
    ['/REİS', '/reis'],
    ['/reıs', '/reis'],
    ['/ver–weg', '/ver-weg'],
    ['/ver−weg', '/ver-weg'],
    ['//en///d//reis//', '/en/d/reis'],
    ['/k/ cj4 p7k ', '/k/cj4p7k'],
    ['/k/“cj4-p7k”', '/k/cj4-p7k'],
    ['', '/'],
  ])('reads %j as %s', (path, plain) => {
    expect(plainPath(path)).toBe(plain)
  })

  it.each(['/reis.html', '/re.is', '/reis,en', '/d/reis»x', '/سفر', '/٣', '/1.0', '/robots.txt', '/%e0%a4'])(
    'drops nothing in the middle of a part: %s',
    (path) => {
      expect(plainPath(path)).toBe(path.replace('/%', '/'))
    },
  )

  it('reads an address as it was meant, whatever is put around it, in whatever number and order', () => {
    const around = (...signs: readonly string[]) =>
      fc.array(fc.constantFrom(...signs), { maxLength: 4 }).map((some) => some.join(''))
    const capitals = fc.infiniteStream(fc.boolean())
    fc.assert(
      fc.property(
        fc.constantFrom(...ADDRESSES),
        around(...BEFORE),
        around(...BEHIND),
        capitals,
        (address, before, behind, large) => {
          const typed = [...address].map((sign) => (large.next().value ? sign.toUpperCase() : sign)).join('')
          expect(plainPath(typed.replaceAll('/', `/${before}`) + behind)).toBe(address)
        },
      ),
      { numRuns: 5_000, seed: 15 },
    )
  })

  it('gives one slash before each part and is plain already the second time, whatever comes, in a time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = plainPath(`/${text}`)
        expect(plain).toMatch(/^(\/|(\/[^/]+)+)$/s)
        expect(plainPath(plain)).toBe(plain)
      }),
      { numRuns: 5_000, seed: 15 },
    )
    for (const sign of ['.', '/', '\u200b', 'a.', 'İ', '?'])
      expect(plainPath(`/${sign.repeat(200_000)}`).startsWith('/')).toBe(true)
  })
})

describe('likelyPath', () => {
  it.each([
    ['/d/..%2fx', '/d/../x'],
    ['/%64/%2e%2e/x', '/d/../x'],
    ['/k/x%5Cy', '/k/x/y'],
    ['/k\\x', '/k/x'],
    ['//d/reis', '//d/reis'],
    ['/d/%E0%A4', '/d/'],
    ['/d/%zz', '/d/%zz'],
  ])('takes %s for %s', (target, path) => {
    expect(likelyPath(target)).toBe(path)
  })
})
