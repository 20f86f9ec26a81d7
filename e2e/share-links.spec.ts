import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import decode from 'jsqr'
import { PNG } from 'pngjs'
import { content } from '#server/content/content.ts'
import { LANGUAGES } from '#server/content/read.ts'
import { openManagement } from '#server/management/management.ts'
import { pathOfCard } from '#server/route.ts'
import { CARD_PICTURE } from '#sharing/card.ts'
import { ask } from './ask.ts'
import { askRaw } from './ask-raw.ts'
import { CountedSite, refusedOf, somebody } from './counted-site.ts'
import { makeLink } from './make-link.ts'
import { problemsOf } from './managed-site.ts'
import { signedInPage } from './session-of.ts'

// One store for all, in the order of a campaign: a link is made, printed, scanned, counted and taken back.
test.describe.configure({ mode: 'serial' })

const CLOCK_STARTS_AT = '2027-04-05T12:00:00+02:00'
const READERS = 600

let folder: string
let site: CountedSite
let manager: Page
/** Of the first link, for whoever comes later in this file. */
let made: { readonly address: string; readonly kit: string }

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'links-'))
  await restart(CLOCK_STARTS_AT)
  manager = await signedIn(browser, 'manager')
})
test.afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The server again, at another moment, with what it kept. */
async function restart(moment: string): Promise<void> {
  await (site as CountedSite | undefined)?.stop()
  site = await CountedSite.start({ DATA_FOLDER: folder, CLOCK_STARTS_AT: moment, TRUSTED_PROXIES: '1' })
}

function signedIn(browser: Browser, role: 'manager' | 'reader'): Promise<Page> {
  return signedInPage(browser, folder, role, here(''))
}

/** The address of a path of the help site, as this machine knows it. */
function here(path: string): string {
  return `http://localhost:${site.port}${path}`
}

/** What anybody gets who opens the address of a link. */
function openedBy(address: string) {
  const { hostname, pathname } = new URL(address)
  return ask(
    `${hostname.includes('dagboek') ? 'dagboek.localhost' : 'localhost'}:${site.port}`,
    pathname,
    {},
    site.port,
  )
}

function linkInList(page: Page, community: string) {
  return page.getByRole('region', { name: 'Alle links' }).getByRole('row').filter({ hasText: community })
}

/** What a camera reads of a picture. @param part of its height, from the top: a camera is held to one code */
function scanned(png: Buffer, part = 1): string | undefined {
  const { data, width, height } = PNG.sync.read(png)
  const rows = Math.floor(height * part)
  return decode(new Uint8ClampedArray(data.subarray(0, rows * width * 4)), width, rows)?.data
}

test('a manager makes a link, and sees its addresses once', async () => {
  await manager.goto('/beheer/links')
  await expect(manager.getByText('Er is nog geen link.')).toBeVisible()
  await makeLink(manager, {
    page: 'jouw ja, Ga je op reis?',
    kind: 'Open',
    community: 'Bibliotheek Zuid',
    readers: '150',
  })
  await expect(manager.getByText('De link is klaar.')).toBeVisible()
  await expect(linkInList(manager, 'Bibliotheek Zuid')).toBeVisible()
  made = {
    address: await manager.getByLabel('De link', { exact: true }).inputValue(),
    kit: await manager.getByLabel('Geheim adres van het pakket').inputValue(),
  }
  expect(made.address).toMatch(/^https:\/\/www\.jouwja\.example\/k\/[2-9bcdfghjkmnprstw]{3}-[2-9bcdfghjkmnprstw]{3}$/)
  // 32 bytes of chance.
  expect(made.kit).toMatch(new RegExp(`^${here('/pakket/')}[\\w-]{43}$`))

  await manager.reload()
  await expect(linkInList(manager, 'Bibliotheek Zuid')).toContainText(
    'Voorjaar 2027: nog niet bekend; het getal komt na 25 april 2027',
  )
  await expect(manager.locator('main')).not.toContainText('/pakket/')
  await manager.goto('/beheer/logboek')
  await expect(manager.locator('main')).toContainText('Maakte een link voor Bibliotheek Zuid')
})

test('nothing is made of a form with mistakes, and what was typed stays', async () => {
  await manager.goto('/beheer/links')
  await makeLink(manager, {
    page: 'Het dagboek van Yarah, dag 4',
    kind: 'Onopvallend',
    community: ' ',
    readers: 'veel',
  })
  await expect(manager.locator('main').getByRole('alert')).toHaveText(
    'De link is nog niet gemaakt. Kijk wat er bij de vragen staat.',
  )
  await expect(manager.getByText('Vul in voor wie of waar de link is.')).toBeVisible()
  await expect(manager.getByLabel('Hoeveel lezers verwacht je?')).toHaveValue('veel')
  await expect(manager.getByLabel('Welke pagina?')).toHaveValue('diary/4')
})

test('a link for few readers is made after a warning, and has no count of its own', async () => {
  await manager.goto('/beheer/links')
  await makeLink(manager, {
    page: 'Het dagboek van Yarah, dag 4',
    kind: 'Onopvallend',
    community: 'Klas 4b',
    readers: '19',
  })
  await expect(manager.getByText('Je verwacht minder dan 20 lezers.')).toBeVisible()
  await expect(linkInList(manager, 'Klas 4b')).toHaveCount(0)
  await manager.getByRole('button', { name: 'Maak de link', exact: true }).click()
  await expect(manager.getByText('De link is klaar.')).toBeVisible()
  await expect(manager.getByText('Eén link krijgt geen eigen telling')).toBeVisible()
  await manager.reload()
  await expect(linkInList(manager, 'Klas 4b')).toContainText('geen eigen telling')
})

test('a table makes many links or none, and tells everything that is wrong with it', async () => {
  const day = '2027-12-31'
  const wrong = `pagina;taal;soort;groep;lezers;tot en met\nhelp/reis;tr;discreet;Moskee Noord;150;${day}\nhelp/nergens;xx;open;Buurthuis;200;31-02-2028`
  const file = join(folder, 'links.csv')
  writeFileSync(file, wrong)
  await manager.goto('/beheer/links')
  await manager.getByLabel('CSV-bestand').setInputFiles(file)
  await manager.getByRole('button', { name: 'Maak de links' }).click()
  await expect(manager.getByText('Er is nog niets gemaakt.')).toBeVisible()
  for (const line of [
    'Regel 3, pagina: Deze pagina is er niet.',
    'Regel 3, taal: Kies een van de mogelijkheden.',
    'Regel 3, tot en met: Schrijf een dag als',
  ])
    await expect(manager.getByText(line)).toBeVisible()
  // The file itself is gone from the form, but not what was in it.
  await expect(manager.getByLabel('Of plak hier')).toHaveValue(wrong)
  await expect(linkInList(manager, 'Moskee Noord')).toHaveCount(0)

  await manager
    .getByLabel('Of plak hier')
    .fill(wrong.replace('help/nergens;xx;open;Buurthuis;200;31-02-2028', `diary;nl;open;Buurthuis;200;${day}`))
  await manager.getByRole('button', { name: 'Maak de links' }).click()
  await expect(manager.getByText('De 2 links zijn klaar.')).toBeVisible()
  const list = (await manager.getByLabel('Groep, link en geheim adres').inputValue())
    .split('\n')
    .map((line) => line.split('\t'))
  expect(list.map(([community]) => community)).toEqual(['Moskee Noord', 'Buurthuis'])
  const [discreet, diary] = list
  expect((await openedBy(discreet?.[1] ?? '')).text).toContain(content().languages.tr.share.opening.read)
  expect(new URL(diary?.[1] ?? '').hostname).toBe('www.dagboekvanyarah.example')
  expect((await openedBy(diary?.[1] ?? '')).status).toBe(200)
})

test('who has the secret address of a kit has its messages, codes and posters, without an account', async ({
  browser,
}) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const changemaker = await context.newPage()
  await changemaker.goto(made.kit)
  await expect(changemaker.getByRole('heading', { level: 1 })).toHaveText('Jouw pakket')
  await expect(changemaker.getByText('Kijkt er iemand mee op die telefoon?')).toBeVisible()
  await expect(changemaker.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex, nofollow')
  const address = made.address.replace('-', '')

  for (const language of ['nl', 'en', 'tr', 'ar'] as const) {
    const message = content().languages[language].share.messages.open.help.replace('{address}', address)
    const section = changemaker.locator(`section[data-message=${language}]`)
    await section.getByRole('button', { name: 'Kopieer' }).click()
    await expect(section.getByText('Gekopieerd')).toBeVisible()
    expect(await changemaker.evaluate(() => navigator.clipboard.readText())).toBe(message)
    const whatsapp = await section.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')
    expect(new URL(whatsapp ?? '').searchParams.get('text')).toBe(message)
  }

  const files = await changemaker
    .locator('a[download]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(files.length).toBe(2 + 4 * 5)
  for (const file of files.filter((path) => /qr\.|-nl\.|a4-ar\.|story-tr\./.test(path))) {
    const { body, type } = await fetched(file)
    expect([file, body.subarray(0, 4).toString('latin1')]).toEqual([
      file,
      { pdf: '%PDF', png: '\x89PNG', svg: '<svg' }[type],
    ])
    if (type === 'pdf') expect(body.toString('latin1')).toMatch(/\/Type \/Pages\s+\/Count 1\b/)
  }
  const code = await fetched(files.find((path) => path.includes('qr.png')) ?? '')
  expect(scanned(code.body)).toBe(address)
  expect(await problemsOf(changemaker, 'the kit')).toEqual([])
  await context.close()

  async function fetched(path: string): Promise<{ body: Buffer; type: 'pdf' | 'png' | 'svg' }> {
    const response = await context.request.get(here(path))
    expect([path, response.status()]).toEqual([path, 200])
    return { body: await response.body(), type: path.includes('.pdf') ? 'pdf' : path.includes('.png') ? 'png' : 'svg' }
  }
})

for (const [format, name, width, part] of [
  ['a4', 'Poster A4', 595, 1],
  ['a5', 'Poster A5', 420, 1],
  ['strips', 'Poster met strookjes', 595, 0.75],
] as const) {
  test(`${name} is printed on one sheet, and its code leads to the page`, async ({ browser }) => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(made.kit)
    await page
      .getByRole('link', { name: `${name} bekijken en afdrukken` })
      .first()
      .click()
    await expect(page.getByRole('img', { name })).toBeVisible()
    await expect
      .poll(() => page.getByRole('img', { name }).evaluate((picture) => (picture as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)
    const pdf = join(folder, `${format}.pdf`)
    writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    const said = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' })
    expect(said).toMatch(/^Pages:\s+1$/m)
    expect(Number(/^Page size:\s+([\d.]+)/m.exec(said)?.[1])).toBeCloseTo(width, 0)
    execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', pdf, join(folder, format)])
    const address = scanned(readFileSync(join(folder, `${format}.png`)), part)
    expect(address).toBe(made.address.replace('-', ''))

    await page.goto(here(new URL(address ?? '').pathname))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
    expect(new URL(page.url()).pathname).toBe(new URL(made.address).pathname.replace('-', ''))
    await page.context().close()
  })
}

test('who comes by a link is counted for it, and it is told once, when the run is over', async () => {
  const path = new URL(made.address).pathname
  const readers = Array.from({ length: READERS }, (_, number) => number)
  expect(
    await refusedOf(readers, 16, (number) =>
      // One link in two languages has one count.
      site.open('localhost', number < READERS / 2 ? `${path}${number % 2 ? '/ar.' : ''}` : '/reis', somebody(number)),
    ),
  ).toEqual([])
  const kit = await manager.context().newPage()
  await restart('2027-04-12T00:01:00+02:00')
  await kit.goto(here(new URL(made.kit).pathname))
  await expect(kit.getByRole('region', { name: 'Zo vaak kwam iemand met jouw link' })).toContainText(
    /Voorjaar 2027\s*nog niet bekend; het getal komt na 25 april 2027/,
  )
  await restart('2027-04-26T00:01:00+02:00')
  const { totals, store } = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
  const cells = await totals.links('2027-spring')
  const links = await store.shareLinks.all()
  await totals.close()
  await store.close()
  const code = path.replace('/k/', '').replace('-', '')
  const own = cells.find(({ label }) => label === code)
  expect(own?.period).toBe('run')
  expect(Math.abs((own?.value ?? 0) - READERS / 2)).toBeLessThan(4 * ((own?.milliError ?? 0) / 1000))
  // The class of nineteen has no count; a link that nobody opened has nothing but its noise.
  expect([...new Set(cells.map(({ label }) => label))].sort()).toEqual(
    links
      .filter(({ community }) => community !== 'Klas 4b')
      .map(({ code: known }) => known)
      .sort(),
  )
  expect(links).toHaveLength(4)

  await kit.goto(here(new URL(made.kit).pathname))
  await expect(kit.getByRole('region', { name: 'Zo vaak kwam iemand met jouw link' })).toContainText(
    /Voorjaar 2027\s*ongeveer \d+ \(\d+–\d+\)/,
  )
  await kit.close()
})

test('a link that was taken back shows its page with a line, and its kit is gone; given again it is as before', async ({
  browser,
}) => {
  const page = await signedIn(browser, 'manager')
  const kit = new URL(made.kit).pathname
  const path = new URL(made.address).pathname
  const statuses = async () => [
    (await ask(`localhost:${site.port}`, kit, {}, site.port)).status,
    (await ask(`localhost:${site.port}`, `${kit}/bestand/a4-nl.pdf`, {}, site.port)).status,
    (await ask(`localhost:${site.port}`, `${kit}/afdrukken/a4`, {}, site.port)).status,
  ]
  expect(await statuses()).toEqual([200, 200, 200])

  await page.goto(here('/beheer/links'))
  await page.getByRole('link', { name: 'Bibliotheek Zuid' }).click()
  await page.getByRole('button', { name: 'Trek in' }).click()
  await expect(page.getByText('Bibliotheek Zuid is ingetrokken.')).toBeVisible()
  await expect(linkInList(page, 'Bibliotheek Zuid')).toContainText('Ingetrokken')
  expect(await statuses()).toEqual([404, 404, 404])
  const ended = await ask(`localhost:${site.port}`, path, {}, site.port)
  expect([
    ended.status,
    ended.text.includes('Ga je op reis?'),
    ended.text.includes(content().languages.nl.share.notices.ended),
  ]).toEqual([200, true, true])

  await page.getByRole('link', { name: 'Bibliotheek Zuid' }).click()
  await page.getByRole('button', { name: 'Geef terug' }).click()
  await expect(page.getByText('Bibliotheek Zuid werkt weer')).toBeVisible()
  expect(await statuses()).toEqual([200, 200, 200])
  expect((await ask(`localhost:${site.port}`, path, {}, site.port)).text).not.toContain(
    content().languages.nl.share.notices.ended,
  )

  // Another secret address ends the first.
  await page.getByRole('link', { name: 'Bibliotheek Zuid' }).click()
  await page.getByRole('button', { name: 'Nieuw geheim adres' }).click()
  const other = await page.getByLabel('Geheim adres van het pakket').inputValue()
  expect(other).not.toBe(made.kit)
  expect(await statuses()).toEqual([404, 404, 404])
  expect((await ask(`localhost:${site.port}`, new URL(other).pathname, {}, site.port)).status).toBe(200)

  // Nothing of a secret address is written: not in the log, and in the database only its hash.
  const written = [site.log, readFileSync(join(folder, 'management.sqlite'), 'latin1')]
  expect(written[1]).toContain('Bibliotheek Zuid')
  for (const secret of [kit, new URL(other).pathname].map((text) => text.split('/').at(-1) ?? ''))
    for (const text of written) expect(text).not.toContain(secret)
})

test('a code that nobody made shows the first screen of a discreet link, and no code that was typed fails', async () => {
  for (const typed of ['xxxxxx', 'bcd-fgh', encodeURIComponent('<script>alert(1)'), 'a'.repeat(2000)]) {
    const { status, text } = await ask(`localhost:${site.port}`, `/k/${typed}`, {}, site.port)
    expect([
      typed,
      status,
      text.includes(content().languages.nl.share.opening.text),
      text.includes('href="/begin"'),
      text.includes('<script>alert'),
    ]).toEqual([typed, 200, true, true, false])
  }
})

test('a code is known whatever is put around it, and its link is shown in every language', async () => {
  const code = new URL(made.address).pathname.replace('/k/', '')
  const bare = code.replace('-', '')
  const [host, port] = [`localhost:${site.port}`, site.port]
  const bodyAt = async (target: string) => {
    const { status, body, location } = await askRaw(host, target, port)
    expect([target, status, location]).toEqual([target, 200, undefined])
    return body
  }
  for (const language of ['', '/en', '/tr', '/ar'] as const) {
    const plain = await bodyAt(`/k/${bare}${language}`)
    expect(plain).toContain(`<html lang="${language.slice(1) || 'nl'}"`)
    for (const written of [
      `/k/${code}${language}`,
      `/K/${bare.toUpperCase()}${language.toUpperCase()}`,
      `${language || '/nl'}/k/${bare}.`,
      `/k/%20${bare.slice(0, 3)}%20${bare.slice(3)}%20${language}/`,
      `/k/${bare.slice(0, 3)}%E2%80%93${bare.slice(3)}${language}%E2%80%8F`,
      `/k/%63${code.slice(1)}${language}`.replace('%63', `%${code.charCodeAt(0).toString(16)}`),
      ...[
        ')',
        ',',
        '!',
        ';',
        ':',
        "'",
        '*',
        '_',
        '~',
        '%22',
        '%3E',
        '%E2%80%A6',
        '%D8%8C',
        '%DB%94',
        '%C2%A0',
        '&utm_source=x',
        '/?fbclid=x',
      ].map((sign) => `/k/${code}${language}${sign}`),
    ])
      expect((await bodyAt(written)) === plain, written).toBe(true)
  }
  // There is no such language; and one part too many is no link.
  expect(await bodyAt(`/k/${code}/xx`)).toBe(await bodyAt(`/k/${bare}`))
  expect(await bodyAt(`/k/${code}/en/x`)).toContain('href="/begin"')
})

test('an address below that of links that can be read in two ways shows the first screen of a discreet link, in its language', async () => {
  for (const [path, language] of [
    ['/k/%00', 'nl'],
    ['/k/..%2f..%2fbeheer', 'nl'],
    ['/k/../beheer', 'nl'],
    ['/d/..%5creis', 'nl'],
    ['/ar/d/./reis', 'ar'],
    ['/tr/o/%2e%2e/reis', 'tr'],
  ] as const) {
    const { status, text } = await ask(`localhost:${site.port}`, path, {}, site.port)
    expect([path, status, /<html lang="(\w+)"/.exec(text)?.[1]]).toEqual([path, 200, language])
    // Like the screen of a link that is whole, it tells nothing of what the site is about.
    const whole = await ask(
      `localhost:${site.port}`,
      `${language === 'nl' ? '' : `/${language}`}/d/reis`,
      {},
      site.port,
    )
    expect([path, text.replace(/href="[^"]*"/g, '')]).toEqual([path, whole.text.replace(/href="[^"]*"/g, '')])
  }
})

test('a reader sees the links and their counts, and can change none', async ({ browser }) => {
  const reader = await signedIn(browser, 'reader')
  await reader.goto(here('/beheer/links'))
  await expect(linkInList(reader, 'Bibliotheek Zuid')).toContainText('Voorjaar 2027: ongeveer')
  await expect(reader.getByRole('button', { name: 'Maak de link', exact: true })).toHaveCount(0)
  const code = new URL(made.address).pathname.replace('/k/', '').replace('-', '')
  expect((await reader.request.get(here(`/beheer/links/${code}`))).status()).toBe(403)
})

test('the pages of links fit a telephone and break no rule of axe', async ({ browser }) => {
  const page = await signedIn(browser, 'manager')
  const found: string[] = []
  for (const path of [
    '/beheer/links',
    `/beheer/links/${new URL(made.address).pathname.replace('/k/', '').replace('-', '')}`,
  ]) {
    await page.goto(here(path))
    found.push(...(await problemsOf(page, path)))
  }
  expect(found).toEqual([])
})

test('the archive for partners is one file, with every poster in every language, and the page about it leads there', async ({
  page,
}) => {
  await page.goto(here('/materiaal'))
  const way = await page.locator('main a[download]').getAttribute('href')
  expect(way).toBe('/materiaal.zip')
  const { status, headers, wire } = await ask(`localhost:${site.port}`, way ?? '', {}, site.port)
  expect([status, headers['content-type']]).toEqual([200, 'application/zip'])
  const files = unzipSync(new Uint8Array(wire))
  for (const language of LANGUAGES)
    for (const name of [
      'poster-a4-site.pdf',
      'poster-a5-dagboek.pdf',
      'strookjes-site.pdf',
      'story-site.png',
      'banner-dagboek.png',
      'berichten.txt',
      'pers.txt',
      'venster.txt',
    ])
      expect(Object.keys(files)).toContain(`${language}/${name}`)
  expect(scanned(Buffer.from(files['nl/qr-site.png'] ?? []))).toBe('https://www.jouwja.example/')
})

test('the picture of an open card has the size that networks ask for, on both sites', async () => {
  for (const host of ['localhost', 'dagboek.localhost']) {
    for (const language of LANGUAGES) {
      const { status, headers, wire } = await ask(`${host}:${site.port}`, pathOfCard(language), {}, site.port)
      const { width, height } = PNG.sync.read(wire)
      expect([status, headers['content-type'], width, height]).toEqual([
        200,
        'image/png',
        CARD_PICTURE.width,
        CARD_PICTURE.height,
      ])
    }
  }
})
