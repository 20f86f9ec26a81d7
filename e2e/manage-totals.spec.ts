import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { parseDay } from '#campaign/day.ts'
import { randomTape } from '#counting/random-tape.ts'
import { content } from '#server/content/content.ts'
import type { ContentRun } from '#server/content/read.ts'
import { KeyFiles } from '#server/counts/key-files.ts'
import { writtenAs } from '#server/counts/totals.ts'
import { simulate } from '#server/demonstration/simulation.ts'
import { openManagement } from '#server/management/management.ts'
import { shareLetter } from '#server/management/shared-letters.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { CountedSite } from './counted-site.ts'
import { problemsOf } from './managed-site.ts'
import { giveSession, sessionCookie, signedInPage } from './session-of.ts'

// One store for all, filled by made-up people through the real counting: what one test changes the next one finds.
test.describe.configure({ mode: 'serial' })

const CLOCK_STARTS_AT = '2027-04-06T12:00:00+02:00'
const AUTUMN: ContentRun = {
  id: 'najaar-2026',
  name: 'Najaar 2026',
  firstDay: parseDay('2026-10-08'),
  lastDay: parseDay('2026-11-08'),
  sites: ['help', 'diary'],
  visitors: 'standard',
}
const FLOOD = parseDay('2027-04-01')

let folder: string
let site: CountedSite
let manager: Page
test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'totals-'))
  const random = randomTape('made-up people of a test')
  const store = await openEmbeddedStore(join(folder, 'counts.sqlite'), random)
  await store.takeOver(content().earlierTotals)
  const people = {
    store,
    keys: new KeyFiles(join(folder, 'keys'), random),
    content: content(),
    runs: [...content().runs, AUTUMN],
    crowds: { help: { run: 1200, quiet: 12 }, diary: { run: 4000, quiet: 12 } },
    flood: FLOOD,
    random,
    report: () => {},
  }
  await simulate(people, parseDay('2026-10-07'), parseDay('2026-11-10'))
  await simulate(people, parseDay('2027-03-08'), parseDay('2027-04-06'))
  await store.close()
  site = await CountedSite.start({ DATA_FOLDER: folder, CLOCK_STARTS_AT })
  manager = await signedIn(browser, 'manager')
})
test.afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

function signedIn(browser: Browser, role: 'manager' | 'reader'): Promise<Page> {
  return signedInPage(browser, folder, role, address(site))
}

function address({ port }: CountedSite): string {
  return `http://localhost:${port}`
}

/** Why a number is not shown, as a file says it. */
function reasonOf(row: Record<string, string>): 'nothing' | 'few' {
  return row.visitors_not_shown_because === 'too few to show' ? 'few' : 'nothing'
}

/** The number of a site as the overview shows it. */
function numberOf(page: Page, name: string) {
  return page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name, exact: true, level: 3 }) })
    .locator('.big-number')
}

const DIARY = 'Het dagboek van Yarah'

test('a manager reads the numbers of a run, what is closed, and earlier runs beside it', async () => {
  await manager.goto('/beheer')
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('Bezoekers: Voorjaar 2027')
  await expect(manager.locator('main')).toContainText(
    'Gesloten tot en met 5 april; de dag van 6 april sluit vannacht na 00:00.',
  )
  await expect(numberOf(manager, DIARY)).toHaveText(/^ongeveer [\d.]+ \([\d.]+–[\d.]+\)$/)

  // Every chart has its numbers in a table, the same ones.
  const table = manager.getByRole('region', { name: `De getallen van ${DIARY}` }).first()
  await manager.getByText(`De getallen van ${DIARY}`).first().click()
  await expect(table.getByRole('row')).toHaveCount(13)
  const compared = manager.getByRole('region', { name: `Bezoekers van ${DIARY} per run` })
  await expect(compared.getByRole('row').nth(1)).toContainText('Voorjaar 2027 (deze)')
  await expect(compared.getByRole('row').nth(2)).toContainText('najaar-2026')
  await expect(compared).toContainText('2014 (eerder gepubliceerd)25 maart – 29 september 201419.433')
  await expect(manager.locator('main')).toContainText('Dit zijn keren dat een pagina openging, geen bezoekers.')
  await expect(manager.locator('main')).toContainText('te weinig om te tonen, hooguit 160')

  // Chosen with the keyboard alone.
  const choice = manager.getByLabel('Kies een run of een jaar')
  await choice.focus()
  await choice.selectOption('Alle runs van 2014')
  await manager.keyboard.press('Tab')
  await manager.keyboard.press('Enter')
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('Bezoekers: 2014')
  await expect(numberOf(manager, DIARY)).toHaveText('Niet door deze site geteld')
  await expect(manager.locator('main')).toContainText('Eerder gepubliceerd: 19.433.')
  await manager.goto("/beheer?toon=' or 1=1")
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('Die run is er niet')
})

test('a flooded day is left out with a reason that every total, letter and file tells, and taken in again', async ({
  browser,
}) => {
  await manager.goto('/beheer')
  const before = await numberOf(manager, DIARY).innerText()
  await manager.getByText(`De getallen van ${DIARY}`).first().click()
  const colleague = await signedInPage(browser, folder, 'manager', address(site), { javaScriptEnabled: false })
  await colleague.goto(`/beheer/weglaten?run=2027-spring&site=diary&periode=${FLOOD}`)
  await colleague.getByLabel('Waarom?').fill('Een school met tachtig computers')
  await manager.getByRole('link', { name: `Laat 1 april 2027 van ${DIARY} weg` }).click()
  await manager.getByRole('button', { name: 'Laat weg' }).click()
  await expect(manager.getByText('Schrijf waarom, in één zin.')).toBeVisible()
  const reason = '=2+2: een robot, zei "men"'
  await manager.getByLabel('Waarom?').fill(reason)
  await manager.getByRole('button', { name: 'Laat weg' }).click()

  await expect(manager.getByText(`Zonder 1 april 2027: ${reason}`)).toBeVisible()
  const without = await numberOf(manager, DIARY).innerText()
  expect(without).not.toBe(before)
  // Whoever was about to leave out the same day gets both reasons, and the first one stays.
  await colleague.getByRole('button', { name: 'Laat weg' }).click()
  await expect(colleague.locator('main').getByRole('alert')).toContainText('Een collega liet deze dag al weg')
  const reasons = colleague.getByRole('region', { name: 'De twee redenen' }).getByRole('row').last()
  await expect(reasons).toContainText(reason)
  await expect(reasons).toContainText('Een school met tachtig computers')
  await expect(colleague.getByLabel('Waarom?')).toHaveValue('Een school met tachtig computers')
  await colleague.context().close()

  await manager.getByRole('link', { name: 'Maak de zin en de bestanden voor een brief' }).click()
  const sentence = await manager.getByLabel('Zin in het Nederlands').inputValue()
  expect(sentence).toMatch(
    /^Totaal aantal bezoekers van de campagnesites van 25 maart tot en met 25 april 2027, geteld tot en met 5 april 2027: www\.jouwja\.example: ongeveer [\d.]+ \([\d.]+–[\d.]+\), www\.dagboekvanyarah\.example: ongeveer /,
  )
  expect(sentence).toContain(without)
  await expect(manager.getByLabel('Zin in het Engels')).toHaveValue(
    /^Total number of visitors of the campaign sites from 25 March to 25 April 2027, counted up to and including 5 April 2027: www\.jouwja\.example: about [\d,]+ \(/,
  )
  await expect(manager.locator('.sheet-of-letter')).toContainText(`${DIARY}: Zonder 1 april 2027: ${reason}`)

  // The file for a spreadsheet says of every day what the screen says.
  const days = await manager.getByRole('region', { name: 'Dag voor dag' }).getByRole('row').allInnerTexts()
  const csv = await (await manager.request.get('/beheer/brief/bestand/bezoekers.csv?toon=2027-spring')).text()
  const rows: Record<string, string>[] = parse(csv, {
    bom: true,
    columns: true,
    delimiter: ';',
    record_delimiter: '\r\n',
  })
  const inWords = (row: Record<string, string>) =>
    writtenAs(
      row.visitors_at_most === ''
        ? {
            kind: 'about',
            about: Number(row.visitors_about),
            low: Number(row.visitors_95_percent_low),
            high: Number(row.visitors_95_percent_high),
          }
        : { kind: reasonOf(row), atMost: Number(row.visitors_at_most) },
      'nl',
    )
  const ofSite = (name: string) => rows.filter(({ site: of, level }) => of === name && level === 'day')
  expect(ofSite('help').map(({ first_day }) => first_day)).toEqual(ofSite('diary').map(({ first_day }) => first_day))
  expect(
    days.slice(1).map((day) =>
      day
        .split('\t')
        .slice(1)
        .map((cell) => cell.replace(/ – Weggelaten.*$/, '')),
    ),
  ).toEqual(ofSite('help').map((row, index) => [inWords(row), inWords(ofSite('diary')[index] ?? {})]))
  expect(rows.filter(({ level }) => level === 'total').map(inWords)).toContain(without)
  expect(rows.find(({ period, site: of }) => period === FLOOD && of === 'diary')?.left_out_because).toBe(`'${reason}`)

  await manager.goto('/beheer/logboek')
  await expect(manager.getByRole('row').nth(1)).toContainText(
    `Liet weg uit het totaal: 1 april 2027, ${DIARY}, 2027-spring. ${reason}`,
  )

  await manager.goto(`/beheer/weglaten?run=2027-spring&site=diary&periode=${FLOOD}`)
  await manager.getByRole('button', { name: 'Neem weer mee' }).click()
  await expect(numberOf(manager, DIARY)).toHaveText(before)
  await expect(manager.getByText(reason)).toHaveCount(0)
})

test('the files are what they say they are, for who is signed in only', async ({ browser }) => {
  const files = {
    'bezoekers.csv': 'text/csv; charset=utf-8; header=present',
    'bezoekers.json': 'application/json',
    'help.svg': 'image/svg+xml',
    'diary.png': 'image/png',
  }
  const stranger = await browser.newContext({ baseURL: address(site) })
  for (const [file, type] of Object.entries(files)) {
    const way = `/beheer/brief/bestand/${file}?toon=2027-spring`
    const answer = await manager.request.get(way)
    expect([file, answer.status(), answer.headers()['content-type'], answer.headers()['cache-control']]).toEqual([
      file,
      200,
      type,
      'no-store',
    ])
    expect(answer.headers()['content-disposition']).toBe(`attachment; filename="${file.replace('.', '-2027-spring.')}"`)
    const refused = await stranger.request.get(way, { maxRedirects: 0 })
    expect([refused.status(), refused.headers().location]).toEqual([307, '/beheer/aanmelden'])
  }
  for (const file of ['help.pdf', 'somebody.svg', 'counts.sqlite', 'bezoekers.csv?toon=nothing'])
    expect((await manager.request.get(`/beheer/brief/bestand/${file}`)).status()).toBe(404)
  expect((await manager.request.get('/beheer/brief/bestand/..%2F..%2Fpackage.json')).status()).toBe(400)
  await stranger.close()
})

test('a colleague without an account reads a shared sheet with its password until it ends, and nothing else', async ({
  browser,
}) => {
  await manager.goto('/beheer/brief')
  await manager.getByLabel('Tot en met welke dag?').fill('2027-12-31')
  await manager.getByRole('button', { name: 'Maak een link' }).click()
  await expect(manager.getByText('Kies een dag vanaf vandaag, hoogstens 90 dagen verder.')).toBeVisible()
  await manager.getByLabel('Tot en met welke dag?').fill('2027-04-20')
  await manager.getByRole('button', { name: 'Maak een link' }).click()
  const way = await manager.getByLabel('Link', { exact: true }).inputValue()
  const password = await manager.getByLabel('Wachtwoord', { exact: true }).inputValue()
  const sentence = await manager.getByLabel('Zin in het Nederlands').inputValue()

  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const colleague = await context.newPage()
  await colleague.goto(way)
  await colleague.getByLabel('Wachtwoord').fill('een-gok')
  await colleague.getByRole('button', { name: 'Lees het vel' }).click()
  await expect(colleague.getByText('Dit wachtwoord klopt niet.')).toBeVisible()
  await expect(colleague.locator('.sheet-of-letter')).toHaveCount(0)
  await colleague.getByLabel('Wachtwoord').fill(password)
  await colleague.getByRole('button', { name: 'Lees het vel' }).click()
  await expect(colleague.getByText(sentence).first()).toBeVisible()
  expect(await context.cookies()).toEqual([])
  expect(await problemsOf(colleague, 'a shared sheet')).toEqual([])
  await colleague.goto(`${address(site)}/beheer`)
  await expect(colleague).toHaveURL(`${address(site)}/beheer/aanmelden`)

  // Taken back, ended, and never made: all the same page.
  await manager.reload()
  await manager.getByRole('button', { name: 'Trek in' }).click()
  await expect(manager.getByText('Er zijn geen links die nu werken.')).toBeVisible()
  const here = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
  const ended = await shareLetter(here, {
    choice: '2027-spring',
    madeBy: 'Mina',
    madeOn: parseDay('2027-04-01'),
    lastDay: parseDay('2027-04-05'),
  })
  await here.store.close()
  await here.totals.close()
  const gone = []
  for (const place of [way, `${address(site)}${ended.path}`, `${address(site)}/gedeeld/nothing`]) {
    const answer = await colleague.goto(place)
    gone.push(`${answer?.status()} ${await colleague.locator('main').innerText()}`)
  }
  expect(gone).toEqual(
    Array.from(
      { length: 3 },
      () => '404 Hier is niets\n\nDeze link werkt niet (meer). Vraag je collega om een nieuwe.',
    ),
  )
  expect(site.log).not.toContain('gedeeld')
  await context.close()
})

test('without JavaScript a sheet is shared and read', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: address(site) })
  await giveSession(context, folder, 'manager')
  const page = await context.newPage()
  await page.goto('/beheer/brief')
  await page.getByRole('button', { name: 'Maak een link' }).click()
  const way = await page.getByLabel('Link', { exact: true }).inputValue()
  const password = await page.getByLabel('Wachtwoord', { exact: true }).inputValue()
  await page.goto('/beheer/brief')
  const sheet = await page.locator('.sheet-of-letter').innerText()
  await context.clearCookies()
  await page.goto(way)
  for (const typed of ['een-gok', password]) {
    await expect(page.locator('.sheet-of-letter')).toHaveCount(0)
    await page.getByLabel('Wachtwoord').fill(typed)
    await page.getByRole('button', { name: 'Lees het vel' }).click()
  }
  expect(await page.locator('.sheet-of-letter').innerText()).toBe(sheet)
  await context.close()
})

test('a reader reads totals and letters, and can neither leave out a day nor share', async ({ browser }) => {
  const reader = await signedIn(browser, 'reader')
  await reader.goto('/beheer')
  await expect(reader.getByRole('link', { name: /^Laat .* weg$/ })).toHaveCount(0)
  await reader.goto('/beheer/brief')
  await expect(reader.getByLabel('Zin in het Nederlands')).toBeVisible()
  await expect(reader.getByRole('button', { name: 'Maak een link' })).toHaveCount(0)
  const strike = await reader.goto(`/beheer/weglaten?run=2027-spring&site=diary&periode=${FLOOD}`)
  expect(strike?.status()).toBe(403)
  // The form of a manager, sent with the session of a reader.
  await manager.goto(`/beheer/weglaten?run=2027-spring&site=diary&periode=${FLOOD}`)
  await manager.getByLabel('Waarom?').fill('niet van mij')
  await giveSession(manager.context(), folder, 'reader')
  await manager.getByRole('button', { name: 'Laat weg' }).click()
  await expect(manager.getByRole('button', { name: 'Laat weg' })).toHaveCount(0)
  await reader.goto('/beheer')
  await expect(reader.getByText('niet van mij')).toHaveCount(0)
  await giveSession(manager.context(), folder, 'manager')
  await reader.context().close()
})

test('reading twice, from two processes and after a restart, gives the same strings', async () => {
  const ways = [
    '/beheer',
    '/beheer?toon=jaar:2027',
    '/beheer/brief',
    '/beheer/brief/bestand/bezoekers.csv',
    '/beheer/brief/bestand/bezoekers.json',
    '/beheer/brief/bestand/diary.svg',
  ]
  const { name, value } = await sessionCookie(folder, 'manager')
  const read = async ({ port }: CountedSite) =>
    Promise.all(
      ways.map(async (way) => {
        const text = await (
          await fetch(`http://127.0.0.1:${port}${way}`, { headers: { cookie: `${name}=${value}` } })
        ).text()
        // What follows the main part is for the scripts of the framework, which names the chance of the request.
        return /<main[\s\S]*<\/main>/.exec(text)?.[0].replace(/<form[\s\S]*?<\/form>/g, '') ?? text
      }),
    )
  const first = await read(site)
  expect(first.map((text) => text.length > 100)).toEqual(ways.map(() => true))
  expect(await read(site)).toEqual(first)
  const other = await CountedSite.start({ DATA_FOLDER: folder, CLOCK_STARTS_AT })
  expect(await read(other)).toEqual(first)
  await other.stop()
  await site.stop()
  site = await CountedSite.start({ DATA_FOLDER: folder, CLOCK_STARTS_AT })
  expect(await read(site)).toEqual(first)
})

test('the screens suit everybody, and the letter is one printed page', async ({ browser }) => {
  const page = await signedIn(browser, 'manager')
  const problems: string[] = []
  for (const way of [
    '/beheer',
    '/beheer?toon=jaar:2027',
    '/beheer/brief',
    `/beheer/weglaten?run=2027-spring&site=diary&periode=${FLOOD}`,
  ]) {
    await page.goto(way)
    for (const summary of await page.locator('summary').all()) await summary.click()
    problems.push(...(await problemsOf(page, way)))
  }
  expect(problems).toEqual([])
  // The most that a sheet must hold: 32 days, and on each site two days that were left out, with reasons as long as they may be.
  const here = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
  const reasons = ['help 10-12', 'help 10-13', 'diary 10-12', 'diary 11-01'].map((of) =>
    `${of}: ${'een robot vroeg alle bladzijden zonder ophouden '.repeat(4)}`.slice(0, 200).trim(),
  )
  for (const reason of reasons) {
    const [, site = '', day = ''] = /^(help|diary) (\S+):/.exec(reason) ?? []
    await here.totals.strike({
      run: AUTUMN.id,
      site: site as 'help' | 'diary',
      period: `2026-${day}`,
      reason,
      day: parseDay('2026-11-09'),
    })
  }
  await here.store.close()
  await here.totals.close()
  await page.goto(`/beheer/brief?toon=${AUTUMN.id}`)
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  for (const reason of reasons)
    await expect(page.locator('.sheet-of-letter li').filter({ hasText: reason })).toBeVisible()
  await page.emulateMedia({ media: null })
  for (const run of ['2027-spring', 'najaar-2026', 'jaar:2027']) {
    await page.goto(`/beheer/brief?toon=${run}`)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect([run, pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length]).toEqual([run, 1])
  }
  await page.context().close()
})

test('a new installation says what will come, and made-up numbers say on every screen that they are', async ({
  browser,
}) => {
  const place = mkdtempSync(join(tmpdir(), 'totals-new-'))
  const store = await openEmbeddedStore(join(place, 'counts.sqlite'), randomTape('new'))
  await store.markAsDemonstration(parseDay('2026-12-01'))
  await store.close()
  const fresh = await CountedSite.start({ DATA_FOLDER: place, CLOCK_STARTS_AT: '2026-12-01T12:00:00+01:00' })
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    await page.goto(`${address(fresh)}/beheer`)
    await expect(page.getByText('Dit is een voorbeeld. Alle getallen zijn verzonnen.')).toBeVisible()
    await giveSession(context, place, 'manager')
    await page.goto(`${address(fresh)}/beheer`)
    await expect(page.getByText('Deze site heeft nog geen dag gesloten, dus er is nog geen getal.')).toBeVisible()
    await expect(page.getByText('De run Voorjaar 2027 begint op 25 maart 2027.')).toBeVisible()
    await expect(page.getByText('Dit is een voorbeeld. Alle getallen zijn verzonnen.')).toBeVisible()
    expect(await problemsOf(page, 'a new installation')).toEqual([])
    await page.goto(`${address(fresh)}/beheer/brief`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Hier is nog niets van gesloten, dus er is nog geen zin voor een brief.',
    )
    await context.close()
  } finally {
    await fresh.stop()
    rmSync(place, { recursive: true, force: true })
  }
})
