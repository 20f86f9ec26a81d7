import { expect, test } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { askRaw, type RawAnswer } from './ask-raw.ts'
import { addressOf, HOSTS } from './site.ts'

// Addresses as people and programs write them, as bytes of the request.

const { languages } = content()

/** A sign of text as a browser sends it in a path. */
const encoded = (sign: string) =>
  [...Buffer.from(sign, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** What browsers send as it stands, and what they send encoded; what is a mistake in a path even to them stands below. */
const AS_IT_STANDS = [
  '.',
  ')',
  ',',
  '!',
  ';',
  ':',
  "'",
  '*',
  '_',
  '~',
  '-',
  '/',
  '//',
  '(',
  ']',
  '|',
  '&utm_source=x',
  '/?fbclid=x',
  '?utm_source=x',
  '..',
  '...',
]
const ENCODED = [
  ...['.', ')', '"', '>', '*', '_', '~', '`', '…', '”', '’', '»', '،', '؛', '؟', '۔', ' ', '\u00a0', '\u3000'],
  ...[
    '\u200b',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u00ad',
    '\ufeff',
    '\u2069',
    '\ufe0f',
    '&utm_source=x',
    '?fbclid=x',
    '👍',
  ],
].map(encoded)
const BEHIND = [...AS_IT_STANDS, ...ENCODED, `${encoded('۔')}/`, `.${encoded('\u200f')}?utm_source=x`]

/** Addresses that are written plainly, by site. */
const PLAIN = {
  help: [
    '/d/reis',
    '/en/d/reis',
    '/ar/d',
    '/o/reis',
    '/tr/o/bellen',
    '/reis',
    '/ar/ver-weg',
    '/t/reis',
    '/delen/reis',
    '/k/xxxxxx/tr',
  ],
  diary: ['/d/4', '/tr/d/4', '/o', '/4', '/en/delen/4', '/d/nergens'],
} as const

/** What makes an answer: everything but what may differ in its headers. */
const shownBy = ({ status, body, location }: RawAnswer) => ({ status, location, body })

/** Asks many times, eight at a time. @returns the targets whose answer is another than that of the plain address */
async function differing(host: string, plain: string, targets: readonly string[]): Promise<string[]> {
  const expected = shownBy(await askRaw(host, plain))
  expect(expected).toMatchObject({ status: 200, location: undefined })
  const wrong: string[] = []
  for (let from = 0; from < targets.length; from += 8)
    await Promise.all(
      targets.slice(from, from + 8).map(async (target) => {
        const answer = shownBy(await askRaw(host, target))
        if (answer.status !== 200 || answer.body !== expected.body || answer.location !== undefined)
          wrong.push(`${target}: ${answer.status} ${/<title>([^<]*)/.exec(answer.body)?.[1]}`)
      }),
    )
  return wrong
}

for (const site of ['help', 'diary'] as const) {
  test(`${site}: what is put around an address is dropped, without a redirect`, async () => {
    for (const plain of PLAIN[site]) {
      const targets = [
        ...BEHIND.map((sign) => plain + sign),
        plain.toUpperCase(),
        plain.replaceAll('/', '//').replace('//', '/'),
        plain.replace(/[a-z](?=[^/]*$)/, (letter) => encoded(letter)),
      ]
      expect(await differing(HOSTS[site], plain, targets), plain).toEqual([])
    }
  })

  test(`${site}: a shared address that is refused, or that leads to nothing, opens on the bare screen in its language`, async () => {
    const screens = new Map<string, string>()
    for (const language of ['nl', 'en', 'tr', 'ar'])
      screens.set(
        language,
        (await askRaw(HOSTS[site], `${language === 'nl' ? '' : `/${language}`}/d`)).body.replace(/href="[^"]*"/g, ''),
      )
    for (const [target, language] of [
      ...[
        '/k',
        '/k/',
        '/K/',
        '/k/.',
        '/k/xxxxxx',
        '/k/xxxxxx.',
        '/k/%E0%A4%A',
        '/k/a/b/c',
        '/d/nergens',
        '/D/Nergens',
        '/o/nergens',
      ].map((path) => [path, 'nl'] as const),
      ...[
        '/d/reis"',
        '/d/reis>',
        '/d/reis|<x>',
        '/d/../x',
        '/d/./reis',
        '/d%2Freis',
        '/%64/..%2fx',
        '//d/reis',
        '/d\\reis',
        '/d/%00',
        '/d/a%0Ab',
      ].map((path) => [path, 'nl'] as const),
      ['/en/k/xxxxxx', 'en'],
      ['/k/xxxxxx/en', 'en'],
      ['/EN/D/nergens,', 'en'],
      ['/tr/d/..%2f', 'tr'],
      [`/ar/d/${encoded('سفر')}`, 'ar'],
      ['/ar/o/99', 'ar'],
      [`/k/xxxxxx/ar${encoded('؟')}`, 'ar'],
      ['/de/d/reis', 'nl'],
    ] as const) {
      const { status, body, location } = await askRaw(HOSTS[site], target)
      expect([target, status, location]).toEqual([target, 200, undefined])
      expect(body.replace(/href="[^"]*"/g, ''), target).toBe(screens.get(language))
      expect(body, target).toContain(`href="${language === 'nl' ? '' : `/${language}`}/begin"`)
    }
  })
}

test('what no browser sends is refused before anybody reads it: letters of other scripts that are not encoded', async () => {
  for (const target of ['/d/reis،', '/k/xxxxxx…'])
    expect((await askRaw(HOSTS.help, Buffer.from(target, 'utf8').toString('latin1'))).status).toBe(400)
})

test('the management and files have one way to be written', async () => {
  for (const target of [
    '/Beheer',
    '/BEHEER/aanmelden',
    '/beheer.',
    `/beheer${encoded('\u200b')}`,
    '/beheer&x',
    '/Pakket/x',
    '/gedeeld)',
    '/Robots.txt',
    '/robots.txt.',
    '/robots.txt/',
    '/sitemap.xml.',
    '/venster.js/',
    '/kaartje/contact-1.vcf.',
    '/beeld-NL.png',
  ]) {
    const { status, body } = await askRaw(HOSTS.help, target)
    expect([target, status]).toEqual([target, 404])
    expect(body, target).toContain('data-exit')
  }
  for (const target of ['/_next/static/x.', '/_Next/static/x'])
    expect((await askRaw(HOSTS.help, target)).status, target).toBe(404)
  for (const target of ['/%62eheer', '//beheer', '/beheer%2Fx', '/beheer//x'])
    expect((await askRaw(HOSTS.help, target)).status, target).toBe(400)
})

test('the exit is found however its address is written, and search engines are told the plain address of a page', async () => {
  for (const target of ['/uit', '/uit/', '/UIT', '/uit.', `/uit${encoded('،')}`])
    expect(await askRaw(HOSTS.help, target), target).toMatchObject({ status: 302, location: content().exit })
  expect((await askRaw(HOSTS.help, '/Reis.')).body).toMatch(/<link rel="canonical" href="https:\/\/[^/"]+\/reis"/)
})

test('who types the address of a discreet link with the full stop behind it sees the bare screen, and then the page', async ({
  page,
}) => {
  const session = await page.context().newCDPSession(page)
  for (const [path, opens, button] of [
    ['/D/Reis.', 'Ga je op reis?', languages.nl.share.opening.read],
    [
      '/en/d/reis%E2%80%9D.',
      languages.en.pages.find(({ id }) => id === 'travel')?.title ?? '',
      languages.en.share.opening.read,
    ],
  ] as const) {
    await session.send('Page.navigate', { url: addressOf('help', path), transitionType: 'typed' })
    await expect(page.getByRole('link', { name: button })).toBeVisible()
    await expect(page.getByText('jouw ja')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(opens)
    await page.getByRole('link', { name: button }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(opens)
  }
})

test('who opens a link with a wrong sign from a chat sees the bare screen, and then the front with a line', async ({
  page,
}) => {
  await page.setContent(`<p>Dit wilde ik je laten lezen: <a href="${addressOf('help', '/k/cj4p7m')}">de link</a>`)
  await page.getByRole('link', { name: 'de link' }).click()
  await expect(page.getByRole('link', { name: 'Lees het nu' })).toBeVisible()
  await expect(page.getByText('jouw ja')).toHaveCount(0)
  await expect(page.getByText('Deze link kennen we niet')).toHaveCount(0)
  await page.getByRole('link', { name: 'Lees het nu' }).click()
  await expect(page.getByText('Deze link kennen we niet')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(languages.nl.fronts.quiet.help.title)
})
