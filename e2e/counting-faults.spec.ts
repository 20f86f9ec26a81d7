import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import Database from 'libsql'
import pg from 'pg'
import type { RunTotal } from '#server/counts/totals.ts'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { CountedSite, publishedTotals, refusedOf, somebody } from './counted-site.ts'

// What goes wrong on a real machine, done to real processes, files and databases. In every test readers go on reading.

const NOON = { CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' }
const AFTER_THE_RUN = { CLOCK_STARTS_AT: '2027-04-26T00:01:00+02:00' }
/** The longest that a visit is only in memory, with a moment for the write itself. Unit: milliseconds. */
const UNTIL_WRITTEN = 11_500

let folder: string
let sites: CountedSite[] = []
let server: PostgresForTests | undefined
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counting-'))
})
test.afterEach(async () => {
  for (const site of sites) await site.kill()
  sites = []
  await server?.remove()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function start(settings: Record<string, string>): Promise<CountedSite> {
  const site = await CountedSite.start({ DATA_FOLDER: folder, TRUSTED_PROXIES: '1', ...settings })
  sites.push(site)
  return site
}

/** So many people open the front page; every one of them must get it. */
async function come(site: CountedSite, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index)
  expect(await refusedOf(numbers, 8, (number) => site.open('localhost', '/', somebody(number)))).toEqual([])
}

async function helpTotal(url?: string): Promise<RunTotal> {
  const total = (await publishedTotals(folder, url)).find(({ site }) => site === 'help')
  if (!total) throw new Error('nothing was published')
  return total
}

/** Within four standard errors. */
function expectNear({ estimate }: RunTotal, truth: number): void {
  expect(
    Math.abs(estimate.value - truth),
    `${estimate.value} published, ${truth} in truth, standard error ${estimate.error.toFixed(0)}`,
  ).toBeLessThan(4 * estimate.error)
}

test('kill -9 in the middle of load loses ten seconds at most, and the next start counts nobody twice', async () => {
  const first = await start(NOON)
  await come(first, 0, 1500)
  await wait(UNTIL_WRITTEN)
  // Those who came in time for a beat that happens to fall here are written too, and rightly.
  let came = 1500
  const load = refusedOf(
    Array.from({ length: 38_500 }, (_, index) => 1500 + index),
    8,
    (number) => {
      came += 1
      return first.open('localhost', '/', somebody(number))
    },
  ).catch(() => 'cut off')
  await wait(300)
  await first.kill()
  expect(await load).toBe('cut off')

  const database = new Database(join(folder, 'counts.sqlite'))
  expect(database.pragma('integrity_check', { simple: true })).toMatchObject({ integrity_check: 'ok' })
  database.close()

  const second = await start(NOON)
  await come(second, 0, 1500)
  await second.stop()
  await (await start(AFTER_THE_RUN)).stop()
  const { value, error } = (await helpTotal()).estimate
  expect(value).toBeGreaterThan(1500 - 4 * error)
  expect(value).toBeLessThan(came + 4 * error)
})

test('a full disk: readers notice nothing, the log says so once, and what was seen meanwhile is counted when there is room', async () => {
  const site = await start(NOON)
  await come(site, 0, 500)
  await wait(UNTIL_WRITTEN)
  const size = statSync(join(folder, 'counts.sqlite')).size
  // From here on no file of the server can be written beyond its first page, as on a disk without room.
  execFileSync('prlimit', ['--pid', String(site.pid), '--fsize=4096:unlimited'])
  await come(site, 500, 1500)
  await wait(2 * UNTIL_WRITTEN)
  expect(
    site.log.match(
      /Counting waits, reading goes on; what was seen is kept in memory\. The store answered SQLITE_\w+\./g,
    ),
  ).toHaveLength(1)
  execFileSync('prlimit', ['--pid', String(site.pid), '--fsize=unlimited:unlimited'])
  await wait(UNTIL_WRITTEN)
  expect(site.log).toContain('Counting goes on.')
  await site.stop()
  expect(statSync(join(folder, 'counts.sqlite')).size).toBeGreaterThanOrEqual(size)
  await (await start(AFTER_THE_RUN)).stop()
  expectNear(await helpTotal(), 1500)
})

test('PostgreSQL stopped and started again: readers notice nothing, and nothing is lost', async () => {
  server = await PostgresForTests.start()
  const settings = { ...NOON, DATABASE_URL: await newDatabase(server.url()) }
  const site = await start(settings)
  await come(site, 0, 500)
  await wait(UNTIL_WRITTEN)
  await server.stop()
  await come(site, 500, 1500)
  await wait(UNTIL_WRITTEN)
  expect(site.log).toContain('Counting waits, reading goes on')
  expect(site.log).not.toContain('postgres://')
  await server.goOn()
  await wait(UNTIL_WRITTEN)
  expect(site.log).toContain('Counting goes on.')
  await site.stop()
  await (await start({ ...settings, ...AFTER_THE_RUN })).stop()
  const total = await helpTotal(settings.DATABASE_URL)
  expect(total.notes).toEqual([{ kind: 'counted-from', day: '2027-04-06' }])
  expectNear(total, 1500)
})

test('PostgreSQL that fails loses the raw counts of the day on purpose, keeps what was published, and the total says so', async () => {
  server = await PostgresForTests.start()
  const settings = { DATABASE_URL: await newDatabase(server.url()) }
  const yesterday = await start({ ...settings, CLOCK_STARTS_AT: '2027-04-05T12:00:00+02:00' })
  await come(yesterday, 0, 800)
  await yesterday.stop()
  const site = await start({ ...settings, ...NOON })
  await server.crash()
  await server.goOn()
  await come(site, 800, 1600)
  await wait(2 * UNTIL_WRITTEN)
  expect(site.log).toContain(
    'The raw counts of run 2027-spring, help site were lost with the database, as they must be when it fails.',
  )
  await come(site, 1600, 2600)
  await site.stop()
  await (await start({ ...settings, ...AFTER_THE_RUN })).stop()
  const total = await helpTotal(settings.DATABASE_URL)
  expect(total.notes.map((note) => (note.kind === 'counted-from' ? note.day : note.kind))).toEqual([
    '2027-04-05',
    '2027-04-06',
  ])
  // Those of the day before, and those who came after; those in between may be lost or not.
  expect(total.estimate.value).toBeGreaterThan(1800 - 4 * total.estimate.error)
  expect(total.estimate.value).toBeLessThan(2600 + 4 * total.estimate.error)
})

test('a server that starts before its database waits for it, and counts from then on', async () => {
  server = await PostgresForTests.start()
  const settings = { ...NOON, DATABASE_URL: await newDatabase(server.url()) }
  await server.stop()
  const site = await start(settings)
  await come(site, 0, 50)
  expect(site.log).toContain('Counting has not begun, reading goes on')
  await server.goOn()
  await wait(UNTIL_WRITTEN)
  expect(site.log).toContain('Counting goes on.')
  await come(site, 0, 1000)
  await site.stop()
  await (await start({ ...settings, ...AFTER_THE_RUN })).stop()
  expectNear(await helpTotal(settings.DATABASE_URL), 1000)
})

test('midnight with two processes on one database under load: every day is published once, and nobody is lost', async () => {
  server = await PostgresForTests.start()
  const settings = { DATABASE_URL: await newDatabase(server.url()) }
  const overMidnight = { ...settings, CLOCK_STARTS_AT: '2027-04-06T23:59:45+02:00' }
  const [one, two] = await Promise.all([start(overMidnight), start(overMidnight)])
  // Half an hour of visits in one minute, to both, with many who come to both.
  for (let part = 0; part < 12; part += 1) {
    await Promise.all([come(one, part * 150, part * 150 + 150), come(two, part * 150 + 75, part * 150 + 225)])
    await wait(4000)
  }
  await wait(UNTIL_WRITTEN)
  const client = new pg.Client(settings.DATABASE_URL)
  await client.connect()
  const { rows } = await client.query<{ period: string; times: number }>(
    "select period, count(*)::int as times from published_visitors where site = 'help' group by period order by period",
  )
  await client.end()
  expect(rows).toEqual([{ period: '2027-04-06', times: 1 }])
  await Promise.all([one.stop(), two.stop()])

  // A clock that was set back over midnight changes nothing of what was published.
  const before = await helpTotal(settings.DATABASE_URL)
  const setBack = await start({ ...settings, CLOCK_STARTS_AT: '2027-04-06T23:50:00+02:00' })
  await come(setBack, 0, 1000)
  await setBack.stop()
  expect(await helpTotal(settings.DATABASE_URL)).toEqual(before)

  const [last, another] = await Promise.all([
    start({ ...settings, ...AFTER_THE_RUN }),
    start({ ...settings, ...AFTER_THE_RUN }),
  ])
  await Promise.all([last.stop(), another.stop()])
  const total = await helpTotal(settings.DATABASE_URL)
  expect(new Set(total.periods.map(({ period }) => period)).size).toBe(20)
  expectNear(total, 12 * 150 + 75)
})
