import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { addDays, parseDay } from '#campaign/day.ts'
import { periodsBetween } from '#campaign/period.ts'
import { SIZES } from '#counting/parameters.ts'
import { randomTape } from '#counting/random-tape.ts'
import { content } from '#server/content/content.ts'
import { runTotals } from '#server/counts/totals.ts'
import type { Flip } from '#store/count-store.ts'
import { PostgresForTests } from '#store/postgres-for-tests.ts'
import { embeddedBook, postgresBook, type Book } from './count-books.ts'
import { startProductionServer, type MeasuredProcess } from './measured-process.ts'
import { median, ratios, spread } from './middle.ts'
import { openAsPeople } from './visits.ts'

// `npm run bench:counting`: what the count costs, in time and in bytes (bench/README.md).

const CLOCK = '2027-04-06T12:00:00+02:00'
const CONNECTIONS = 20
const WARM_UP_SECONDS = 3
const ROUNDS = 30
/** Short, and many: on a busy machine the speed changes within seconds, and the servers of one round are to meet the same. */
const ROUND_SECONDS = 0.8
/** How people come, and the least part of the requests that the counting server must answer. */
const WAYS = [
  { name: 'each visitor by a connection of her own', kept: false, least: 0.9 },
  { name: 'connections kept open, as by a proxy', kept: true, least: 0.75 },
] as const

const CROWDS = [10_000, 100_000, 1_000_000]
const FIRST_DAY = parseDay('2027-03-25')
const LAST_DAY = parseDay('2027-04-25')
const MOST_GROWTH = { bytes: 1.1, time: 2 }
/** Each question is asked so often, and the median counts. */
const TIMES = { totals: 40, countDistinct: 3 }

const STORES = ['embedded file', 'PostgreSQL'] as const
type StoreName = (typeof STORES)[number]

interface CountedServer {
  readonly name: 'no count' | StoreName
  readonly process: MeasuredProcess
  /** What the count is kept in, to see afterwards that the visits were counted. */
  readonly book: Book | undefined
}

interface Round {
  readonly perSecond: number
  /** Microseconds of processor for one request. */
  readonly cpu: number
  readonly loader: number
}

const failures: string[] = []
try {
  await main()
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error))
}
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'counting-'))
  try {
    const postgres = await PostgresForTests.start()
    try {
      await compareSpeed(folder, postgres)
      await compareGrowth(folder, postgres)
    } finally {
      await postgres.remove()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function compareSpeed(folder: string, postgres: PostgresForTests): Promise<void> {
  const books = {
    'embedded file': embeddedBook(join(folder, 'served')),
    PostgreSQL: await postgresBook(postgres.url(), join(folder, 'served-postgres')),
  }
  const common = { TRUSTED_PROXIES: '1', CLOCK_STARTS_AT: CLOCK }
  const servers: CountedServer[] = []
  try {
    servers.push({
      name: 'no count',
      process: await startProductionServer({ ...common, VISITOR_COUNTS: 'off' }),
      book: undefined,
    })
    for (const name of STORES)
      servers.push({
        name,
        process: await startProductionServer({ ...common, ...books[name].settings }),
        book: books[name],
      })
    const opened = new Map(servers.map((server) => [server, 0]))
    for (const way of WAYS) await compareServers(servers, opened, way)
    for (const server of servers) await checkThatVisitsWereCounted(server, opened.get(server) ?? 0)
  } finally {
    for (const { process: server } of servers) await server.stop()
    for (const book of Object.values(books)) await book.close()
  }
}

/** @param opened how many pages of each server were opened before; brought up to date */
async function compareServers(
  servers: readonly CountedServer[],
  opened: Map<CountedServer, number>,
  way: (typeof WAYS)[number],
): Promise<void> {
  const rounds = new Map(servers.map((server) => [server, [] as Round[]]))
  const load = async (server: CountedServer, seconds: number) => {
    const page = { port: server.process.port, host: `localhost:${server.process.port}`, path: '/' }
    const before = await server.process.cpuTime()
    const first = opened.get(server) ?? 0
    const { count, perSecond, loader } = await openAsPeople(
      page,
      CONNECTIONS,
      way.kept,
      seconds,
      (opening) => first + opening,
    )
    opened.set(server, first + count)
    return { perSecond, loader, cpu: ((await server.process.cpuTime()) - before) / count }
  }
  for (const server of servers) await load(server, WARM_UP_SECONDS)
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever goes first changes, so that a machine which slows down or speeds up favours none.
    const order = servers.map((_, index) => servers[(index + round) % servers.length] as CountedServer)
    for (const server of round % 2 === 0 ? order : order.toReversed())
      rounds.get(server)?.push(await load(server, ROUND_SECONDS))
  }

  console.log(
    `The front of the help site during a run, ${way.name}; ${CONNECTIONS} at a time, ${ROUNDS} rounds of ${ROUND_SECONDS} s by turns.\n`,
  )
  console.log(row('', 'requests/s', 'µs cpu/req.', 'loader busy', 'requests/s ÷ no count', 'cpu ÷ no count'))
  const [off] = [...rounds.values()] as [Round[]]
  for (const [server, own] of rounds) {
    const speed = ratios(own, off, ({ perSecond }) => perSecond)
    const against = server.book ? [spread(speed), spread(ratios(own, off, ({ cpu }) => cpu))] : []
    const of = (pick: (round: Round) => number) => median(own.map(pick))
    console.log(
      row(
        server.name,
        of(({ perSecond }) => perSecond).toFixed(0),
        of(({ cpu }) => cpu).toFixed(0),
        `${(of(({ loader }) => loader) * 100).toFixed(0)} %`,
        ...against,
      ),
    )
    if (server.book && median(speed) < way.least)
      failures.push(
        `With ${server.name}, ${way.name}, the server answers ${median(speed).toFixed(2)} × as many requests as without a count; ${way.least} is the least.`,
      )
  }
  console.log('')
}

/** A comparison with a server that did not count says nothing, and is a failure of the command. */
async function checkThatVisitsWereCounted(
  { name, book, process: server }: CountedServer,
  opened: number,
): Promise<void> {
  await server.finish()
  const visits = book ? await book.visitsCounted() : opened
  // The cell was born with noise, and somebody may be stopped by the limit of the neighbourhood.
  if (visits < opened * 0.98)
    failures.push(
      `With ${name} only ${visits} of ${opened} requests were counted as visits, so the comparison says nothing.`,
    )
}

async function compareGrowth(folder: string, postgres: PostgresForTests): Promise<void> {
  const found = new Map<string, { bytes: number; time: number }>()
  console.log(
    'A run of 32 days of size large, all visitors pushed through the store; beside it a table with one salted hash for each page view.\n',
  )
  console.log(row('', 'visitors', 'kB kept', 'kB of hashes', '÷ hashes', 'ms for totals', 'ms for hashes', '÷ hashes'))
  // The first one is thrown away: a program that was not warm would make the smallest crowd look slow.
  for (const [index, visitors] of [CROWDS[0] ?? 0, ...CROWDS].entries()) {
    for (const name of STORES) {
      const place = join(folder, `${index}`)
      const book = name === 'PostgreSQL' ? await postgresBook(postgres.url(), place) : embeddedBook(place)
      try {
        const bytes = await pushThrough(book, visitors)
        const time = await medianTime(TIMES.totals, async () => runTotals(await book.store(), content().runs))
        await book.writeHashes(visitors)
        const hashes = {
          bytes: await book.bytesOfHashes(),
          time: await medianTime(TIMES.countDistinct, () => book.countDistinct()),
        }
        if (index === 0) continue
        found.set(`${name} ${visitors}`, { bytes, time })
        const kB = (count: number) => (count / 1000).toFixed(0)
        console.log(
          row(
            name,
            String(visitors),
            kB(bytes),
            kB(hashes.bytes),
            (bytes / hashes.bytes).toFixed(3),
            time.toFixed(2),
            hashes.time.toFixed(1),
            (time / hashes.time).toFixed(3),
          ),
        )
      } finally {
        await book.close()
        await rm(place, { recursive: true, force: true })
      }
    }
  }
  const [least = 0, most = 0] = [CROWDS[0], CROWDS.at(-1)]
  for (const name of STORES) {
    const growth = (pick: (one: { bytes: number; time: number }) => number) =>
      pick(found.get(`${name} ${most}`) ?? { bytes: Number.NaN, time: Number.NaN }) /
      pick(found.get(`${name} ${least}`) ?? { bytes: 1, time: 1 })
    const [bytes, time] = [growth((one) => one.bytes), growth((one) => one.time)]
    console.log(
      `${name}, from ${least} to ${most} visitors: bytes × ${bytes.toFixed(3)}, time of the totals × ${time.toFixed(2)}`,
    )
    if (!(bytes <= MOST_GROWTH.bytes))
      failures.push(
        `With ${name} the bytes grow by ${bytes.toFixed(2)} from ${least} to ${most} visitors; ${MOST_GROWTH.bytes} is the most.`,
      )
    if (!(time <= MOST_GROWTH.time))
      failures.push(
        `With ${name} the time of the totals grows by ${time.toFixed(2)} from ${least} to ${most} visitors; ${MOST_GROWTH.time} is the most.`,
      )
  }
}

/**
 * A whole run: each day its visitors, one batch, and the day is closed.
 * @returns the bytes on the last evening, when there is most: the raw bits, and what was published of all days before
 */
async function pushThrough(book: Book, visitors: number): Promise<number> {
  const random = randomTape(visitors)
  const store = await book.store()
  const sketch = { run: '2027-spring', site: 'help', number: 1 } as const
  const days = periodsBetween(FIRST_DAY, LAST_DAY, 'day')
  await store.begin({ ...sketch, size: 'large', keyCheck: '', periods: days })
  await store.openTallies(days.map((period) => ({ site: 'help', series: 'visits', label: '', period })))
  let bytes = 0
  for (const [index, { id, firstDay }] of days.entries()) {
    const today = Math.floor((visitors * (index + 1)) / days.length) - Math.floor((visitors * index) / days.length)
    const flips = Array.from({ length: today }, (): Flip => {
      const [a = 0, b = 0, c = 0] = random(4)
      return { sketch, bucket: (a * 65_536 + b * 256 + c) % SIZES.large.buckets, day: firstDay }
    })
    await store.write({
      writer: 'bench',
      number: index + 1,
      flips,
      tallies: [{ site: 'help', series: 'visits', label: '', period: id, by: today }],
    })
    // PostgreSQL does this by itself within a minute; the days of this run are shorter.
    await book.cleanUp()
    if (index === days.length - 1) bytes = await book.bytesOfCount()
    await store.closeBefore(addDays(firstDay, 1))
    await book.cleanUp()
  }
  return bytes
}

async function medianTime(times: number, question: () => Promise<unknown>): Promise<number> {
  const found: number[] = []
  for (let time = 0; time < times; time += 1) {
    const start = performance.now()
    await question()
    found.push(performance.now() - start)
  }
  return median(found)
}

function row(first: string, ...cells: string[]): string {
  return `  ${first.padEnd(15)}${cells.map((cell) => cell.padStart(cell.length > 13 ? 23 : 14)).join('')}`
}
