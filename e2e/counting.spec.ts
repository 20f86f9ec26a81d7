import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import Database from 'libsql'
import pg from 'pg'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { acceptingBuild } from './accepting-build.ts'
import { CountedSite, publishedTotals, refusedOf, somebody } from './counted-site.ts'
import { INHERITED } from './environment.ts'
import { CHROMIUM_OPENS } from './hidden-visits.ts'

let folder: string
let sites: CountedSite[] = []
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counting-'))
})
test.afterEach(async () => {
  for (const site of sites) await site.stop()
  sites = []
  rmSync(folder, { recursive: true, force: true })
})

async function start(settings: Record<string, string>): Promise<CountedSite> {
  const site = await CountedSite.start({ DATA_FOLDER: folder, ...settings })
  sites.push(site)
  return site
}

/** Every counter without identity as it stands in the file, by site, series, label and period. */
function tallies(): Map<string, number> {
  const database = new Database(join(folder, 'counts.sqlite'))
  const rows = database.prepare('select site, series, label, period, count from tally_cell').all() as {
    site: string
    series: string
    label: string
    period: string
    count: number
  }[]
  database.close()
  return new Map(rows.map(({ site, series, label, period, count }) => [`${site} ${series} ${label} ${period}`, count]))
}

/** What changed between two states of the counters. */
function added(before: Map<string, number>, after: Map<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...after].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const).filter(([, count]) => count !== 0),
  )
}

test.describe('a reader in a real browser', () => {
  // By itself Chromium says in its name that nobody is looking.
  test.use({
    userAgent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
    extraHTTPHeaders: {},
  })

  test('is one visit and one open of each page, however she reads; the pages about her safety and the exit are not counted', async ({
    page,
  }) => {
    const site = await start({ CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' })
    const before = tallies()
    await page.goto(`http://localhost:${site.port}/`)
    const read = async (path: string) => {
      const answered = page.waitForResponse((response) => response.url().endsWith(path))
      await page.locator(`a[href="${path}"]`).first().click()
      await answered
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    }
    await read('/reis')
    await read('/bellen')
    await read('/deze-site')
    await read('/reis')
    await page.reload()
    await page.goto('about:blank')
    await site.stop()
    expect(added(before, tallies())).toEqual({
      'help visits  2027-04-06': 1,
      'help languages nl 2027-04': 1,
      'help opens front 2027-04': 1,
      'help opens travel 2027-04': 1,
      'help opens helplines 2027-04': 1,
      'help ignored again 2027-W14': 1,
      'help ignored reload 2027-W14': 1,
    })
  })

  test('is counted without JavaScript too, and comes to the other site as a visit there', async ({ browser }) => {
    const site = await start({ CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' })
    const before = tallies()
    const context = await browser.newContext({ javaScriptEnabled: false, userAgent: somebody(1).userAgent })
    const page = await context.newPage()
    await page.goto(`http://localhost:${site.port}/`)
    await page.locator('a[href="/bellen"]').first().click()
    await page.goto(`http://localhost:${site.port}/naar/diary/3`)
    await expect(page.locator('h1')).toBeVisible()
    await context.close()
    await site.stop()
    const changes = added(before, tallies())
    expect(changes).toMatchObject({
      'help visits  2027-04-06': 1,
      'help opens front 2027-04': 1,
      'help opens helplines 2027-04': 1,
      'diary visits  2027-04-06': 1,
      'diary opens entry-3 2027-04': 1,
    })
  })

  test('whose browser fetched the page ahead on a search engine, and who then opens it, is one visitor of one page', async ({
    page,
  }) => {
    const site = await start({ CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' })
    const before = tallies()
    const here = `http://localhost:${site.port}/`
    // Google asks so for its first results (Speculation Rules); another host makes it another site.
    const results = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(
        `<!doctype html><title>results</title><script type="speculationrules">{"prefetch":[{"source":"list","urls":["${here}"],"eagerness":"immediate"}]}</script><a href="${here}">jouw ja</a>`,
      )
    })
    results.listen(0, '127.0.0.1')
    await once(results, 'listening')
    try {
      const { port } = results.address() as AddressInfo
      const asked = page.context().waitForEvent('response', (response) => response.url() === here)
      await page.goto(`http://127.0.0.1:${port}/`)
      expect((await asked).status()).toBe(503)
      await page.getByRole('link').click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    } finally {
      results.close()
    }
    // The proxies that fetch ahead for search engines are asked not to.
    const advice = await page.request.get(`${here}.well-known/traffic-advice`)
    expect(advice.headers()['content-type']).toBe('application/trafficadvice+json')
    expect(await advice.json()).toEqual([{ user_agent: 'prefetch-proxy', disallow: true }])
    await page.goto('about:blank')
    await site.stop()
    expect(added(before, tallies())).toEqual({
      'help visits  2027-04-06': 1,
      'help languages nl 2027-04': 1,
      'help opens front 2027-04': 1,
      'help ignored prefetch 2027-W14': 1,
    })
  })

  test('who asks not to be counted is not, and a page fetched ahead is not either', async ({ browser }) => {
    const site = await start({ CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' })
    const before = tallies()
    const context = await browser.newContext({ userAgent: somebody(1).userAgent, extraHTTPHeaders: { 'Sec-GPC': '1' } })
    const page = await context.newPage()
    await page.goto(`http://localhost:${site.port}/`)
    await context.close()
    await site.open('localhost', '/', somebody(2), { 'Sec-Purpose': 'prefetch;prerender' })
    await site.open('localhost', '/', { userAgent: 'WhatsApp/2.24.1 A' })
    await site.open('localhost', '/niets', somebody(3))
    await site.stop()
    expect(added(before, tallies())).toEqual({
      'help ignored opt-out 2027-W14': 1,
      'help ignored prefetch 2027-W14': 1,
      'help ignored preview 2027-W14': 1,
      'help ignored missing-page 2027-W14': 1,
    })
  })
})

test('visits that are hidden from the history of a browser are counted as those that are not', async () => {
  const build = acceptingBuild()
  const counted: Record<string, number>[] = []
  for (const [hide, status] of [
    ['off', 200],
    ['chromium', 404],
  ] as const) {
    const settings = { CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00', HIDE_VISITS: hide }
    const site = await CountedSite.start({ DATA_FOLDER: folder, ...settings }, build.folder)
    sites.push(site)
    const before = tallies()
    const person = { userAgent: CHROMIUM_OPENS['User-Agent'] }
    expect(await site.open('localhost', '/', person, CHROMIUM_OPENS)).toBe(status)
    expect(await site.open('dagboek.localhost', '/3', person, CHROMIUM_OPENS)).toBe(status)
    await site.open('localhost', '/bellen', person, { ...CHROMIUM_OPENS, 'Sec-Fetch-Site': 'same-origin' })
    await site.open('localhost', '/bellen', person, { ...CHROMIUM_OPENS, 'Cache-Control': 'max-age=0' })
    await site.open('localhost', '/bellen', person, { ...CHROMIUM_OPENS, 'Sec-Purpose': 'prefetch' })
    await site.open('localhost', '/niets', person, CHROMIUM_OPENS)
    await site.stop()
    counted.push(added(before, tallies()))
  }
  build.remove()
  expect(counted[0]).toMatchObject({
    'help visits  2027-04-06': 1,
    'diary visits  2027-04-06': 1,
    'help opens helplines 2027-04': 1,
    'help ignored missing-page 2027-W14': 1,
  })
  expect(counted[1]).toEqual(counted[0])
})

test('counting can be switched off, and then leaves no folder', async () => {
  const site = await start({ VISITOR_COUNTS: 'off', DATA_FOLDER: join(folder, 'nothing') })
  expect(await site.open('localhost', '/', somebody(1))).toBe(200)
  await site.stop()
  expect(readdirSync(folder)).toEqual([])
})

for (const store of ['embedded', 'postgres'] as const) {
  test.describe(`with ${store === 'embedded' ? 'the embedded file' : 'PostgreSQL'}`, () => {
    let server: PostgresForTests | undefined
    let settings: Record<string, string>
    test.beforeEach(async () => {
      server = store === 'postgres' ? await PostgresForTests.start() : undefined
      settings = { TRUSTED_PROXIES: '1', ...(server ? { DATABASE_URL: await newDatabase(server.url()) } : {}) }
    })
    test.afterEach(async () => {
      for (const site of sites) await site.stop()
      await server?.remove()
    })

    const totals = () => publishedTotals(folder, settings.DATABASE_URL)

    test('a replay with known truth is published within its intervals: over 3,000 visitors of one site and 1,500 of the other, in three days', async () => {
      const days = ['2027-04-05', '2027-04-06', '2027-04-07']
      const truth = { help: new Set<number>(), diary: new Set<number>() }
      let requests = 0
      for (const [index, day] of days.entries()) {
        const clock = { CLOCK_STARTS_AT: `${day}T12:00:00+02:00` }
        // Two processes share a run in PostgreSQL; the file has one.
        const processes = [
          await start({ ...settings, ...clock }),
          ...(server ? [await start({ ...settings, ...clock })] : []),
        ]
        const visits: { number: number; host: 'localhost' | 'dagboek.localhost'; path: string }[] = []
        const add = (number: number, site: 'help' | 'diary') => {
          truth[site].add(number)
          visits.push({ number, host: site === 'help' ? 'localhost' : 'dagboek.localhost', path: '/' })
          if (number % 5 === 0) visits.push({ number, host: 'localhost', path: '/bellen' })
          if (number % 5 === 0) truth.help.add(number)
        }
        // Half of those who came before come again.
        for (let number = 0; number < 3034; number += 1)
          if (number % days.length === index || (number % days.length < index && number % 2 === 0)) add(number, 'help')
        for (let number = 5000; number < 6500; number += 1) if (number % days.length === index) add(number, 'diary')
        const refused = await refusedOf(visits, 16, ({ number, host, path }) => {
          requests += 1
          return (processes[requests % processes.length] as CountedSite).open(host, path, somebody(number))
        })
        expect(refused).toEqual([])
        for (const process of processes) await process.stop()
      }
      const last = await start({ ...settings, CLOCK_STARTS_AT: '2027-04-26T00:01:00+02:00' })
      await last.stop()

      const found = await totals()
      for (const site of ['help', 'diary'] as const) {
        const total = found.find((candidate) => candidate.site === site)
        const error = (total?.estimate.value ?? 0) - truth[site].size
        console.log(
          `${store}: ${site} site ${total?.estimate.value} published, ${truth[site].size} in truth, standard error ${total?.estimate.error.toFixed(0)}, ${requests} requests`,
        )
        expect(Math.abs(error)).toBeLessThan(4 * (total?.estimate.error ?? 0))
        expect(total?.estimate.error).toBeLessThan(0.08 * truth[site].size)
      }
      // Read again, by another process: the same strings.
      expect(JSON.stringify(await totals())).toBe(JSON.stringify(found))
      const printed = execFileSync('node', ['--import', 'tsx', 'server/counts/counts-command.ts'], {
        encoding: 'utf8',
        env: { ...INHERITED, NODE_ENV: 'production', DATA_FOLDER: folder, ...settings },
      })
      expect(printed).toContain('2027-spring, help site: about 3,')
      expect(printed).toContain('2014, diary site: 19,433 visitors, published before')
    })

    test('ten thousand visits leave no address, no browser and no time finer than a day, in any file or log', async () => {
      const site = await start({ ...settings, CLOCK_STARTS_AT: '2027-04-06T12:34:56+02:00' })
      const people = Array.from({ length: 10_000 }, (_, number) => somebody(number))
      expect(
        await refusedOf(people, 16, (person) =>
          site.open('localhost', '/', person, { Referer: 'https://chat.example/geheim' }),
        ),
      ).toEqual([])
      await site.stop()
      if (server) {
        const client = new pg.Client(settings.DATABASE_URL)
        await client.connect()
        await client.query('checkpoint')
        await client.end()
        await server.stop()
      }

      const places = server ? [folder, join(server.folder, 'data')] : [folder]
      const files = places.flatMap((place) =>
        readdirSync(place, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => ({
            name: join(entry.parentPath, entry.name),
            bytes: readFileSync(join(entry.parentPath, entry.name)),
          })),
      )
      const written = [...files, { name: 'log', bytes: Buffer.from(site.log) }]
      const holders = (words: readonly (string | Buffer)[]) =>
        words.flatMap((word) =>
          written.filter(({ bytes }) => bytes.includes(word)).map(({ name }) => `${String(word)} in ${name}`),
        )

      expect(holders(['tally_cell']).length, 'the search reads the database').toBeGreaterThan(0)
      expect(holders(['jouw ja: http']).length, 'the search reads the log').toBeGreaterThan(0)
      const everyHundredth = people.filter((_, index) => index % 100 === 0)
      expect(holders(everyHundredth.map(({ address }) => address))).toEqual([])
      expect(
        holders([
          'Mozilla',
          'AppleWebKit',
          'Chrome/1',
          'Android',
          'chat.example',
          'geheim',
          'nl-NL,nl;q=0.9',
          '100.64.',
        ]),
      ).toEqual([])
      // What the site writes itself: our own files, the tables of the database, and the log.
      const ours = server
        ? await rowsOf(server, settings.DATABASE_URL ?? '')
        : files.map(({ bytes }) => bytes.toString('latin1')).join('\n')
      for (const text of [ours, site.log]) {
        expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/)
        expect(text).not.toMatch(/\b([01]\d|2[0-3]):[0-5]\d:[0-5]\d\b/)
        // Seconds and milliseconds since 1970, as of now and as of the clock of this server.
        expect(text).not.toMatch(/\b1[78]\d{8}(\d{3})?\b/)
      }
      expect(Buffer.byteLength(ours)).toBeGreaterThan(1000)
    })
  })
}

/** Everything in the tables, as text. */
async function rowsOf(server: PostgresForTests, url: string): Promise<string> {
  await server.goOn()
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  )
  const texts = []
  for (const { name } of rows)
    texts.push(
      ...(await client.query<{ row: string }>(`select t::text as row from ${name} t`)).rows.map(({ row }) => row),
    )
  await client.end()
  return texts.join('\n')
}
