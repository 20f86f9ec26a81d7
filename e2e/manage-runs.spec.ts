import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import Database from 'libsql'
import { content } from '#server/content/content.ts'
import { ask } from './ask.ts'
import { CountedSite, publishedTotals, refusedOf, somebody } from './counted-site.ts'
import { environmentWith } from './environment.ts'
import { ManagedSite, problemsOf } from './managed-site.ts'
import { invitationFor, settleIn } from './manager.ts'
import { MOMENT_HEADER } from './moment.ts'
import { attribute, elementsIn, PageSource } from './page-source.ts'

// One server and its calendar for all: what one test plans is part of what the next one finds.
test.describe.configure({ mode: 'serial' })

const { planned, runs } = content().languages.nl.fronts

let site: ManagedSite
let manager: Page
let reader: Page
test.beforeAll(async ({ browser }) => {
  site = await ManagedSite.start({ FIXED_MOMENT: 'on' })
  const signedIn = async (email: string, name: string, role: 'manager' | 'reader') => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await settleIn(page, site.address, invitationFor(site.settings, email, name, role), email)
    return page
  }
  manager = await signedIn('anna@example.org', 'Anna', 'manager')
  reader = await signedIn('lies@example.org', 'Lies', 'reader')
})
test.afterAll(() => site.stop())

/** Lets everything that a page asks for be answered as at this moment. */
async function at(page: Page, moment: string): Promise<void> {
  await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: moment })
}

/** A page of a site as any reader gets it at a moment. */
function read(name: 'help' | 'diary', path: string, moment: string) {
  return ask(
    `${name === 'help' ? 'localhost' : 'dagboek.localhost'}:${site.server.port}`,
    path,
    { [MOMENT_HEADER]: moment },
    site.server.port,
  )
}

/** The heading of the front of a site as any reader gets it at a moment. */
async function frontAt(name: 'help' | 'diary', moment: string): Promise<string> {
  const { headers, text } = await read(name, '/', moment)
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  return new PageSource(text).texts('h1')[0] ?? ''
}

async function fill(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, answer] of Object.entries(answers)) await page.getByLabel(label, { exact: true }).fill(answer)
}

function inCalendar(page: Page, name: string) {
  return page.locator('article').filter({ has: page.getByRole('heading', { name, exact: true }) })
}

test('a run is planned with everything that is wrong told at once, and both sites flip at midnight without a build', async () => {
  await at(manager, '2027-07-10T12:00:00+02:00')
  await manager.goto(`${site.address}/beheer/runs`)
  expect(await problemsOf(manager, 'the calendar')).toEqual([])
  await manager.getByRole('link', { name: 'Plan een run' }).click()
  await manager.getByText("Wat lezers op de voorpagina's zien").click()
  const texts = manager.getByRole('region', { name: "Wat lezers op de voorpagina's zien" }).getByRole('row')
  expect(await texts.allInnerTexts()).toEqual([
    'Wanneer\tjouw ja\tHet dagboek van Yarah',
    ...(['before', 'during', 'after'] as const).map((phase, index) =>
      [
        ['Aangekondigd', 'Tijdens de run', 'Terugblik'][index],
        ...[planned.help, planned.diary].map((site) => `${site[phase].title} ${site[phase].text}`),
      ].join('\t'),
    ),
  ])
  await fill(manager, {
    Naam: '  ',
    'Eerste dag': '2027-07-10',
    'Laatste dag': '2027-07-01',
    'Aangekondigd vanaf': '2027-07-12',
    'Terugblik tot en met': '2027-06-30',
  })
  await manager.getByRole('button', { name: 'Zet in de kalender' }).click()
  for (const problem of [
    'Geef de run een naam.',
    'De eerste dag moet nog komen.',
    'De laatste dag ligt voor de eerste.',
    'De aankondiging moet voor de eerste dag beginnen.',
    'De terugblik moet na de laatste dag eindigen.',
  ]) {
    await expect(manager.getByText(problem)).toBeVisible()
  }
  await expect(manager.getByLabel('Laatste dag', { exact: true })).toHaveValue('2027-07-01')
  expect(await problemsOf(manager, 'the form with problems')).toEqual([])

  await fill(manager, {
    Naam: 'Najaar <2027>',
    'Eerste dag': '2027-09-01',
    'Laatste dag': '2027-09-20',
    'Aangekondigd vanaf': '2027-08-15',
    'Terugblik tot en met': '2027-10-31',
  })
  await manager.getByRole('button', { name: 'Zet in de kalender' }).click()
  await expect(manager.getByText('Najaar <2027> staat in de kalender')).toBeVisible()
  await expect(inCalendar(manager, 'Najaar <2027>')).toContainText(
    '1 september 2027 tot en met 20 september 2027 (20 dagen)',
  )

  await expect(manager.locator('.runs-calendar .phase.during')).toHaveCount(2)

  const quiet = content().languages.nl.fronts.quiet
  for (const [moment, help, diary] of [
    ['2027-08-14T23:59:59+02:00', quiet.help, quiet.diary],
    ['2027-08-15T00:00:00+02:00', planned.help.before, planned.diary.before],
    ['2027-08-31T23:59:59+02:00', planned.help.before, planned.diary.before],
    ['2027-09-01T00:00:00+02:00', planned.help.during, planned.diary.during],
    ['2027-09-20T23:59:59+02:00', planned.help.during, planned.diary.during],
    ['2027-09-21T00:00:00+02:00', planned.help.after, planned.diary.after],
    ['2027-11-01T00:00:00+01:00', quiet.help, quiet.diary],
  ] as const) {
    expect([moment, await frontAt('help', moment), await frontAt('diary', moment)]).toEqual([
      moment,
      help.title,
      diary.title,
    ])
  }
  // The diary appears a page a day, in a page from memory and in one of the framework alike.
  const entry = async (day: number, moment: string) => (await read('diary', `/${day}`, moment)).status
  expect([
    await entry(2, '2027-09-01T12:00:00+02:00'),
    await entry(2, '2027-09-02T00:00:00+02:00'),
    await entry(32, '2027-09-20T12:00:00+02:00'),
    await entry(32, '2027-09-21T00:00:00+02:00'),
  ]).toEqual([404, 200, 404, 200])
})

test('a run to come is moved, taken away and put back; one that goes on can only end, after a page that asks; one that ended is fixed', async () => {
  await manager.goto(`${site.address}/beheer/runs`)
  await manager.getByRole('link', { name: 'Verander Najaar <2027>' }).click()
  await fill(manager, { 'Eerste dag': '2027-09-10' })
  await manager.getByRole('button', { name: 'Bewaar' }).click()
  await expect(inCalendar(manager, 'Najaar <2027>')).toContainText('10 september 2027')
  expect(await frontAt('help', '2027-09-05T12:00:00+02:00')).toBe(planned.help.before.title)

  await manager.getByRole('link', { name: 'Verander Najaar <2027>' }).click()
  await manager.getByRole('button', { name: 'Haal Najaar <2027> weg' }).click()
  await expect(manager.getByText('Najaar <2027> is weggehaald.')).toBeVisible()
  expect(await problemsOf(manager, 'the calendar with a run that was taken away')).toEqual([])
  expect(await frontAt('help', '2027-09-15T12:00:00+02:00')).not.toBe(planned.help.during.title)
  await manager.getByRole('button', { name: 'Zet Najaar <2027> terug' }).click()
  await expect(inCalendar(manager, 'Najaar <2027>')).toBeVisible()
  expect(await frontAt('help', '2027-09-15T12:00:00+02:00')).toBe(planned.help.during.title)

  // In April the run of the content goes on.
  await at(manager, '2027-04-10T12:00:00+02:00')
  expect(await frontAt('help', '2027-04-11T00:00:00+02:00')).toBe(runs['2027-spring']?.help?.during.title)
  await manager.goto(`${site.address}/beheer/runs`)
  await manager.getByRole('link', { name: 'Verander Voorjaar 2027' }).click()
  await expect(manager.getByLabel('Eerste dag')).toHaveCount(0)
  await expect(manager.getByRole('button', { name: 'Haal' })).toHaveCount(0)
  await manager.getByRole('link', { name: 'Terug naar de kalender' }).click()
  await manager.getByRole('link', { name: 'Beëindig Voorjaar 2027' }).click()
  expect(await problemsOf(manager, 'the page that asks once more')).toEqual([])
  await manager.getByRole('button', { name: 'Ja, beëindig vannacht' }).click()
  await expect(manager.getByText('Voorjaar 2027 eindigt vannacht om 00:00.')).toBeVisible()
  expect(await frontAt('help', '2027-04-10T23:59:59+02:00')).toBe(planned.help.during.title)
  expect(await frontAt('help', '2027-04-11T00:00:00+02:00')).toBe(planned.help.after.title)

  await at(manager, '2027-04-11T00:00:00+02:00')
  await manager.goto(`${site.address}/beheer/runs`)
  await expect(manager.getByRole('link', { name: /(Verander|Beëindig) Voorjaar 2027/ })).toHaveCount(0)
  for (const page of ['wijzigen', 'beeindigen'])
    expect((await manager.goto(`${site.address}/beheer/runs/${page}/2027-spring`))?.status()).toBe(404)

  await manager.goto(`${site.address}/beheer/logboek`)
  for (const line of [
    'Plande Najaar <2027>',
    'Veranderde Najaar <2027>',
    'Haalde Najaar <2027> weg',
    'Zette Najaar <2027> terug',
    'Liet Voorjaar 2027 om middernacht eindigen',
  ])
    await expect(manager.getByText(line)).toBeVisible()
})

test('a reader sees the calendar and previews, and can change nothing, not even with the form of a manager', async () => {
  await at(reader, '2027-07-10T12:00:00+02:00')
  await at(manager, '2027-07-10T12:00:00+02:00')
  await reader.goto(`${site.address}/beheer/runs`)
  await expect(inCalendar(reader, 'Najaar <2027>')).toBeVisible()
  await expect(reader.getByRole('link', { name: /^(Plan|Verander|Beëindig)/ })).toHaveCount(0)
  for (const path of ['nieuw', 'wijzigen/najaar-2027', 'beeindigen/2027-spring'])
    expect([path, (await reader.goto(`${site.address}/beheer/runs/${path}`))?.status()]).toEqual([path, 403])

  // What a browser without JavaScript sends: first as the reader, then as the manager it was made for.
  const address = `${site.address}/beheer/runs/wijzigen/najaar-2027`
  const moment = { [MOMENT_HEADER]: '2027-07-10T12:00:00+02:00' }
  const source = new PageSource(await (await manager.request.get(address, { headers: moment })).text())
  const form = source.elements('form').at(-1)
  const multipart = Object.fromEntries(
    [...(form ? elementsIn(form) : [])]
      .filter(({ tagName }) => tagName === 'input')
      .map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
  )
  expect(multipart.run).toBe('najaar-2027')
  const send = (page: Page) =>
    page.request.post(address, { multipart, headers: { ...moment, Origin: site.address }, maxRedirects: 0 })
  expect((await send(reader)).status()).toBeGreaterThanOrEqual(400)
  await manager.goto(`${site.address}/beheer/runs`)
  await expect(inCalendar(manager, 'Najaar <2027>')).toBeVisible()
  expect((await send(manager)).headers().location).toBe('/beheer/runs?weg=najaar-2027')
  await manager.reload()
  await expect(inCalendar(manager, 'Najaar <2027>')).toHaveCount(0)
  await manager.getByRole('button', { name: 'Zet Najaar <2027> terug' }).click()
  await expect(inCalendar(manager, 'Najaar <2027>')).toBeVisible()
})

test('the preview shows both sites at a moment, stays inside, is for nobody else, and is not counted', async ({
  browser,
}) => {
  const before = opens()
  await manager.goto(`${site.address}/beheer/runs/voorbeeld?dag=2027-09-10&tijd=00:00`)
  const [help, diary] = [manager.frameLocator('iframe >> nth=0'), manager.frameLocator('iframe >> nth=1')]
  await expect(help.locator('h1')).toHaveText(planned.help.during.title)
  await expect(diary.locator('h1')).toHaveText(planned.diary.during.title)
  await help.locator('main a[href$="/reis"]').first().click()
  await expect(help.locator('h1')).toHaveText('Ga je op reis?')
  await help.getByRole('link', { name: 'Verlaat deze site' }).first().click()
  await expect(help.getByText('In het voorbeeld gebeurt er niets.')).toBeVisible()
  await help.getByRole('link').click()
  await help.locator('footer a[href$="/naar/diary"]').click()
  await expect(help.locator('h1')).toHaveText(planned.diary.during.title)
  await expect(diary.locator('script')).toHaveCount(0)
  expect(manager.url()).toContain('/beheer/runs/voorbeeld')
  await expect(manager.getByTitle('jouw ja op 10 september 2027, 00:00 uur')).toBeVisible()
  // axe cannot work in frames without scripts, and what they show is checked as what it is: a reading page.
  await manager.locator('iframe').evaluateAll((frames) => frames.forEach((frame) => frame.remove()))
  expect(await problemsOf(manager, 'the preview')).toEqual([])

  await manager.goto(`${site.address}/beheer/runs/voorbeeld?dag=2027-02-30&tijd=25:00`)
  await expect(manager.getByText('Dit is geen dag of tijd.')).toBeVisible()

  const path = '/beheer/voorbeeld/help/2027-09-10T0000'
  const shown = await manager.request.get(site.address + path)
  expect([shown.status(), shown.headers()['cache-control']]).toEqual([200, 'no-store'])
  const policy = shown.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).toContain("script-src 'none'")
  for (const wrong of [
    '/beheer/voorbeeld/help/2027-09-10',
    '/beheer/voorbeeld/other/2027-09-10T0000',
    `${path}/beheer`,
  ])
    expect([wrong, (await manager.request.get(site.address + wrong)).status()]).toEqual([wrong, 404])
  expect((await manager.request.get(`${site.address}${path}/..%2F..%2Fpackage.json`)).status()).toBe(400)

  const stranger = await browser.newContext()
  const refused = await stranger.request.get(site.address + path, { maxRedirects: 0 })
  expect([refused.status(), refused.headers().location]).toEqual([307, '/beheer/aanmelden'])
  expect((await read('diary', path, '2027-07-10T12:00:00+02:00')).status).toBe(404)
  await stranger.close()

  // What was looked at is written at the next beat, and is not there; the page that a stranger did not find is.
  await site.server.stop()
  expect([...opens()].filter(([label, count]) => !label.startsWith('ignored') && count !== before.get(label))).toEqual(
    [],
  )
})

test('a run that is planned while two servers go on flips in both by the clock, and is counted', async ({
  browser,
}) => {
  const clock = { DATA_FOLDER: site.folder, TRUSTED_PROXIES: '1', CLOCK_STARTS_AT: '2028-05-31T23:59:15+02:00' }
  const servers = [await CountedSite.start(clock), await CountedSite.start(clock)] as const
  const page = await (await browser.newContext({ storageState: await manager.context().storageState() })).newPage()
  await page.goto(`http://localhost:${servers[0].port}/beheer/runs/nieuw`)
  await fill(page, {
    Naam: 'Zomer',
    'Eerste dag': '2028-06-01',
    'Laatste dag': '2028-06-01',
    'Terugblik tot en met': '2028-06-30',
  })
  await page.getByRole('button', { name: 'Zet in de kalender' }).click()
  await expect(page.getByText('Zomer staat in de kalender')).toBeVisible()
  for (const { port } of servers) {
    const title = async () => (await ask(`localhost:${port}`, '/', {}, port)).text.includes(planned.help.during.title)
    await expect.poll(title, { timeout: 90_000, intervals: [500] }).toBe(true)
  }
  const people = Array.from({ length: 400 }, (_, number) => number)
  expect(
    await refusedOf(people, 16, (number) => servers[number % 2 === 0 ? 0 : 1].open('localhost', '/', somebody(number))),
  ).toEqual([])
  for (const server of servers) await server.stop()

  const later = await CountedSite.start({ ...clock, CLOCK_STARTS_AT: '2028-06-02T00:01:00+02:00' })
  await later.stop()
  const total = (await publishedTotals(site.folder, undefined)).find(
    ({ run, site: which }) => run === 'zomer-2028' && which === 'help',
  )
  expect(total?.notes).toEqual([])
  expect(Math.abs((total?.estimate.value ?? 0) - people.length)).toBeLessThan(4 * (total?.estimate.error ?? 0))
  const printed = execFileSync(
    'node',
    ['--import', 'tsx', 'server/counts/counts-command.ts', 'days', 'zomer-2028', 'help'],
    { encoding: 'utf8', env: environmentWith(site.settings) },
  )
  expect(printed).toMatch(/^2028-06-01 {2}about \d+/)
})

/** The counters without identity as they stand in the file. */
function opens(): Map<string, number> {
  const database = new Database(join(site.folder, 'counts.sqlite'))
  const rows = database.prepare('select series, site, label, period, count from tally_cell').all() as {
    series: string
    site: string
    label: string
    period: string
    count: number
  }[]
  database.close()
  return new Map(
    rows.map(({ series, label, period, count, ...row }) => [`${series} ${row.site} ${label} ${period}`, count]),
  )
}
