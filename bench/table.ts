import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { growing, type Growing } from './growing.ts'
import { mostGrowth, SIZES, type Grown } from './growth.ts'
import { CONNECTIONS } from './load.ts'
import { MadeUpStores } from './made-up-stores.ts'
import { median, ratios } from './middle.ts'
import { SLOW, type Transfer } from './phone.ts'
import { printTable } from './print-table.ts'
import { measureServers, ROUND_SECONDS, ROUNDS, type MeasuredPage, type MeasuredServers } from './servers.ts'

// `npm run bench:table`: our pages beside the least and beside the usual, and how everything grows (bench/README.md).

/** Processor time of our server for one request, over that of the bare one: what the docs say, with room for a busy machine. */
const MOST_WORK = 4
/** What the first ten packets of a connection hold (14 kB); the headers, which go before, are counted too. */
const MOST_BYTES = 14_336

/** What the docs say, and whether it held. */
interface Claim {
  readonly sentence: string
  readonly holds: boolean
}

/** A column of the first table. */
interface Column {
  readonly head: string
  /** One value of a round, or the one value there is; nothing where it was not measured. */
  readonly values: (page: MeasuredPage) => readonly number[]
  readonly digits: number
}

const COLUMNS: readonly Column[] = [
  { head: 'requests/s', values: ({ rounds }) => rounds.map(({ perSecond }) => perSecond), digits: 0 },
  { head: 'µs cpu/req.', values: ({ rounds }) => rounds.map(({ cpu }) => cpu), digits: 0 },
  { head: 'loader %', values: ({ rounds }) => rounds.map(({ loader }) => loader * 100), digits: 0 },
  { head: 'MB start', values: ({ memory }) => [memory.start / 1e6], digits: 0 },
  { head: 'MB load', values: ({ memory }) => memory.underLoad.map((bytes) => bytes / 1e6), digits: 0 },
  { head: 'kB 1st', values: ({ visit }) => (visit ? [visit.first.bytes / 1000] : []), digits: 1 },
  { head: 'req. 1st', values: ({ visit }) => (visit ? [visit.first.requests] : []), digits: 0 },
  { head: 'kB 2nd', values: ({ visit }) => (visit ? [visit.second.bytes / 1000] : []), digits: 1 },
  { head: 'req. 2nd', values: ({ visit }) => (visit ? [visit.second.requests] : []), digits: 0 },
  { head: 's readable', values: ({ visit }) => visit?.waiting.map(({ readable }) => readable / 1000) ?? [], digits: 2 },
  { head: 's complete', values: ({ visit }) => visit?.waiting.map(({ complete }) => complete / 1000) ?? [], digits: 2 },
]

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'table-'))
  try {
    console.log(
      `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; load of the machine before: ${loadOfMachine()}.\n`,
    )
    const servers = await measureServers(folder)
    printServers(servers)
    const grown = await measureGrowth(folder)
    printGrowth(grown)
    console.log(`Load of the machine afterwards: ${loadOfMachine()}.\n`)
    const claims = [...claimsOfServers(servers), ...claimsOfGrowth(grown)]
    for (const { sentence, holds } of claims) if (!holds) console.error(`This does not hold: ${sentence}`)
    console.log(`${claims.filter(({ holds }) => holds).length} of ${claims.length} claims hold.`)
    if (claims.some(({ holds }) => !holds)) process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true })
  }
}

function printServers({ own, framework }: MeasuredServers): void {
  console.log(
    `${CONNECTIONS} connections, ${ROUNDS} rounds of ${ROUND_SECONDS} s by turns; a phone with ${SLOW.bitsPerSecond / 1000} kbit/s, ${SLOW.latency} ms and a processor ${SLOW.slowdown} × slower, ${ROUNDS} visits by turns. Medians.\n`,
  )
  const lines = own.flatMap(({ ours, bare }) => [
    figures(ours),
    over(ours, bare, '  ÷ bare'),
    over(ours, framework, '  ÷ default Next'),
    figures(bare),
    over(bare, framework, '  ÷ default Next'),
  ])
  printTable(['', ...COLUMNS.map(({ head }) => head)], [...lines, figures(framework)])
}

function figures(page: MeasuredPage): string[] {
  return [page.name, ...COLUMNS.map(({ values, digits }) => written(median(values(page)), digits))]
}

function over(page: MeasuredPage, other: MeasuredPage, name: string): string[] {
  return [name, ...COLUMNS.map((column) => written(ratioIn(column, page, other), 2))]
}

/** The median of what one page took over what the other one took in the same round; no number where one of them was not measured. */
function ratioIn({ values }: Column, page: MeasuredPage, other: MeasuredPage): number {
  const [own, others] = [values(page), values(other)]
  return own.length === 0 || others.length === 0 ? Number.NaN : median(ratios(own, others, (value) => value))
}

async function measureGrowth(folder: string): Promise<(Growing & Grown)[]> {
  const stores = new MadeUpStores(folder)
  try {
    const grown: (Growing & Grown)[] = []
    for (const row of growing(stores)) grown.push({ ...row, ...(await row.measure()) })
    return grown
  } finally {
    await stores.close()
  }
}

function printGrowth(grown: readonly (Growing & Grown)[]): void {
  console.log('How it grows: with content, links and visitors that are made up, through the functions of the site.\n')
  const head = [
    '',
    'with',
    'may grow',
    'unit',
    ...SIZES.map((size) => `× ${size}`),
    ...SIZES.slice(1).map((size) => `× ${size} ÷ × 1`),
  ]
  const digits = { µs: 1, kB: 0 } as const
  printTable(
    head,
    grown.map(({ name, with: what, growth, unit, values, ratios }) => [
      name,
      what,
      growth,
      unit,
      ...values.map((value) => written(unit === 'kB' ? value / 1000 : value, digits[unit])),
      ...ratios.slice(1).map((ratio) => written(ratio, 2)),
    ]),
  )
}

function claimsOfServers({ own, framework }: MeasuredServers): Claim[] {
  const ratio = (head: string, page: MeasuredPage, other: MeasuredPage) => {
    const column = COLUMNS.find((candidate) => candidate.head === head)
    return column ? ratioIn(column, page, other) : Number.NaN
  }
  return own.flatMap(({ path, counted, ours, bare }): Claim[] => [
    {
      sentence: `${path} takes one request of at most ${MOST_BYTES} bytes, and so does the page after it.`,
      holds: isSmall(ours.visit?.first) && isSmall(ours.visit?.second),
    },
    { sentence: `${path} transfers fewer bytes than a default page.`, holds: ratio('kB 1st', ours, framework) < 1 },
    {
      sentence: `${path} takes less processor time than a default page.`,
      holds: ratio('µs cpu/req.', ours, framework) < 1,
    },
    {
      sentence: `${path} takes at most ${MOST_WORK} × the processor time of a bare server.`,
      holds: ratio('µs cpu/req.', ours, bare) <= MOST_WORK,
    },
    // Only this one has the same words as the default page.
    ...(counted
      ? [
          {
            sentence: `${path} can be read sooner than the default page with its words.`,
            holds: ratio('s readable', ours, framework) < 1,
          },
          {
            sentence: `${path} is complete sooner than the default page with its words.`,
            holds: ratio('s complete', ours, framework) < 1,
          },
        ]
      : []),
  ])
}

function isSmall(transfer: Transfer | undefined): boolean {
  return transfer?.requests === 1 && transfer.bytes <= MOST_BYTES
}

function claimsOfGrowth(grown: readonly (Growing & Grown)[]): Claim[] {
  return grown.flatMap(({ name, with: what, growth, ratios }) =>
    SIZES.map((size, index) => ({
      sentence: `"${name}" with ${size} times as many ${what}, is ${written(ratios[index] ?? Number.NaN, 2)} × as much; ${mostGrowth(growth, size)} is the most.`,
      // Less than nothing is no amount.
      holds: (ratios[index] ?? Number.NaN) > 0 && (ratios[index] ?? Number.NaN) <= mostGrowth(growth, size),
    })).slice(1),
  )
}

/** The processes that wanted a processor on average, in the last one, five and fifteen minutes. */
function loadOfMachine(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')
}

/** Empty where nothing was measured, and for a ratio to nothing: a page that was fetched ahead costs nothing any more. */
function written(value: number, digits: number): string {
  return !Number.isFinite(value) ? '' : value.toFixed(digits)
}
